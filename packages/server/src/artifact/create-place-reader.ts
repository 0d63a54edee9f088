import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../context.ts";
import { columnsIn, nestRow } from "../db/nested-row.ts";
import { named } from "../db/query-name.ts";
import { isAtAddress, type ProjectRow, projectColumns, projectTables } from "../project/index.ts";
import { artifactColumns, collectionColumns, memberColumns } from "./artifact-columns-reader.ts";
import { collectionKey } from "./artifact-name-rules.ts";
import type { ArtifactRow, CollectionRow, DigestAlgorithm, MembershipRow } from "./artifact-rows.ts";

export type PlaceWanted = {
	readonly entityName: string;
	readonly projectName: string;
	readonly runName: string | null;
	readonly collectionName: string;
	/** Hex, over the manifest's entries. */
	readonly digest: string;
	readonly digestAlgorithm: DigestAlgorithm;
};

/** Where a version is to be logged, as far as it is there. */
export type Place = {
	readonly project: ProjectRow;
	readonly runId: string | null;
	readonly collection: CollectionRow | null;
	/** The newest version of the collection. */
	readonly newest: { readonly member: MembershipRow; readonly artifact: ArtifactRow } | null;
	/** The living version of the collection that has this content. */
	readonly equal: ArtifactRow | null;
};

type Found = {
	readonly project: ProjectRow;
	readonly runId: string | null;
	readonly collection: CollectionRow | null;
	readonly artifact: ArtifactRow | null;
	readonly member: MembershipRow | null;
	readonly isNewest: boolean | null;
	readonly isEqual: boolean | null;
};

const placeColumns = sql`${columnsIn("project", projectColumns)}, ${columnsIn("collection", collectionColumns)},
	${columnsIn("artifact", artifactColumns)}, ${columnsIn("member", memberColumns)}`;

/** All that a new version has to know of the place it is logged to, in one statement. Asks no policy. */
export async function findPlace(ctx: Ctx, wanted: PlaceWanted): Promise<Place | null> {
	const isAt = isAtAddress(ctx.actor, wanted);
	if (isAt === null || `${wanted.runName ?? ""}${wanted.collectionName}`.includes("\u0000")) return null;
	const isEqual = (of: RawBuilder<unknown>) =>
		sql`${of}.digest = ${wanted.digest} and ${of}.digest_algorithm = ${wanted.digestAlgorithm}`;
	// "offset 0" keeps the order of the joins: one made up while the tables were small would read all of a collection.
	const query = sql<object>`
		select ${placeColumns}, a.is_newest as "isNewest", ${isEqual(sql`a`)} as "isEqual",
			(select u.id from run u where u.project_id = p.id and u.name = ${wanted.runName} and u.deleted_at is null) as "runId"
		from ${projectTables}
		left join (artifact_collection c join artifact_type t on t.id = c.type_id)
			on c.project_id = p.id and c.name_key = ${collectionKey(wanted.collectionName)}
		left join lateral (
			(select v.*, m.id as member_id, true as is_newest from artifact_member m
				cross join lateral (select * from artifact where id = m.artifact_id and state = 'COMMITTED' offset 0) v
				where m.collection_id = c.id order by m.version_index desc limit 1)
			union all
			(select v.*, m.id, false
				from (select * from artifact v where v.collection_id = c.id and ${isEqual(sql`v`)} and v.state = 'COMMITTED' offset 0) v
				cross join lateral (select id, version_index from artifact_member
					where artifact_id = v.id and collection_id = v.collection_id offset 0) m
				order by m.version_index desc limit 1)
		) a on true
		left join artifact_member own on own.id = a.member_id
		where ${isAt}`;
	const rows = (await named("artifact.place", query).execute(ctx.db)).rows.map((row) => nestRow<Found>(row));
	const [first] = rows;
	if (first === undefined) return null;
	const newest = rows.find(({ isNewest }) => isNewest);
	return {
		project: first.project,
		runId: first.runId,
		collection: first.collection,
		newest: newest?.artifact && newest.member ? { member: newest.member, artifact: newest.artifact } : null,
		equal: rows.find(({ isEqual }) => isEqual)?.artifact ?? null,
	};
}
