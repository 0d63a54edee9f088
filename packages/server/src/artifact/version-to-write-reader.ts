import { type RawBuilder, sql } from "kysely";
import { packedPlace } from "../blob-store/pack-index-store.ts";
import type { Database } from "../db/database.ts";
import { columnsIn, nestRow } from "../db/nested-row.ts";
import { named } from "../db/query-name.ts";
import { type ProjectRow, projectColumns, projectTables } from "../project/index.ts";
import { artifactColumns, collectionColumns } from "./artifact-columns-reader.ts";
import type { ArtifactRow, CollectionRow } from "./artifact-rows.ts";
import type { ManifestRow } from "./manifest-store.ts";

/** A version with all that a change of it has to know; `more` is what one kind of change asks besides. */
export type VersionToWrite<M = unknown> = {
	readonly artifact: ArtifactRow;
	readonly collection: CollectionRow;
	/** Those it is in: its own, and where it is linked to. */
	readonly projects: readonly ProjectRow[];
	readonly more: M;
};

/** What a commit asks of a version besides. */
export type CommitFacts = {
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	/** Writers may still join it. */
	readonly isShared: boolean;
	readonly hasPendingLinks: boolean;
	/** Those that were uploaded, in the order in which they were announced. */
	readonly manifests: readonly UploadedManifest[];
};

export type UploadedManifest = ManifestRow & {
	readonly sha256: string;
	readonly size: number;
	/** Where the blob store keeps it, where it says so. */
	readonly place: string | null;
};

/** A version in any state, in one statement; one whose content another committed first is that one. Asks no policy. */
export async function findVersionToWrite(db: Database, id: string): Promise<VersionToWrite | undefined> {
	return await read(db, "artifact.toWrite", id, sql`null as more`);
}

/** A version, and which of these bytes (hex MD5) its project possesses. Asks no policy. */
export async function findVersionToUpload(
	db: Database,
	id: string,
	md5s: readonly string[],
): Promise<VersionToWrite<readonly string[]> | undefined> {
	// A list within a subselect has no length for the planner, so it plans once, not anew for each list.
	const held = sql<{ more: readonly string[] }>`array(
		select b.md5 from project_blob b where b.project_id = a.project_id and b.md5 = any((select ${[...md5s]}::text[])::text[])
	) as more`;
	return await read(db, "artifact.toUpload", id, held);
}

/** A version, what was asked for with it, and its manifests. Asks no policy. */
export async function findVersionToCommit(db: Database, id: string): Promise<VersionToWrite<CommitFacts> | undefined> {
	const facts = sql<{ more: CommitFacts }>`json_build_object(
		'aliases', a.requested_aliases, 'tags', a.requested_tags, 'isShared', a.distributed_id is not null,
		'hasPendingLinks', exists (select from artifact_pending_link l where l.artifact_id = a.id),
		'manifests', coalesce((
			select json_agg(json_build_object('id', m.id, 'artifactId', m.artifact_id, 'name', m.name, 'type', m.type,
				'digest', m.digest, 'baseArtifactId', m.base_artifact_id, 'sha256', m.sha256, 'size', b.size,
				'place', ${packedPlace}) order by m.created_at, m.id)
			from manifest m join blob b on b.sha256 = m.sha256 left join packed_blob on packed_blob.sha256 = m.sha256
			where m.artifact_id = a.id), '[]'::json)
	) as more`;
	return await read(db, "artifact.toCommit", id, facts);
}

type PlaceRow<M> = Omit<VersionToWrite<M>, "projects"> & { readonly project: ProjectRow };

const placeColumns = sql`${columnsIn("artifact", artifactColumns)}, ${columnsIn("collection", collectionColumns)},
	${columnsIn("project", projectColumns)}`;

async function read<M>(
	db: Database,
	name: string,
	id: string,
	more: RawBuilder<{ more: M }>,
): Promise<VersionToWrite<M> | undefined> {
	// Fewer tables side by side than the planner weighs at once: with more it may read whole ones.
	const query = sql<object>`
		select ${placeColumns}, ${more}
		from artifact a
		join artifact_collection c on c.id = a.collection_id
		join artifact_type t on t.id = c.type_id
		left join artifact_member own on own.artifact_id = a.id and own.collection_id = a.collection_id
		cross join lateral (
			select a.project_id union
			select l.project_id from artifact_member m join artifact_collection l on l.id = m.collection_id
			where m.artifact_id = a.id
		) place
		join (${projectTables}) on p.id = place.project_id
		where a.id = coalesce((select merged_into_id from artifact where id = ${id}), ${id}::uuid)`;
	const rows = (await named(name, query).execute(db)).rows.map((row) => nestRow<PlaceRow<M>>(row));
	const [first] = rows;
	if (first === undefined) return undefined;
	const { artifact, collection, more: facts } = first;
	return { artifact, collection, projects: rows.map(({ project }) => project), more: facts };
}
