import { type RawBuilder, sql } from "kysely";
import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { columnsIn, nestRow } from "../db/nested-row.ts";
import { named } from "../db/query-name.ts";
import { artifactColumns, artifactList, collectionColumns, memberColumns } from "./artifact-columns-reader.ts";
import { collectionKey } from "./artifact-name-rules.ts";
import type { ArtifactRow, CollectionRow, DigestAlgorithm, MembershipRow } from "./artifact-rows.ts";

/** What is said of a new version. */
export type NewVersion = {
	readonly id: string;
	readonly projectId: string;
	readonly digest: string;
	readonly digestAlgorithm: DigestAlgorithm;
	readonly description: string | null;
	readonly metadata: string | null;
	readonly ttlSeconds: number | null;
	readonly historyStep: number | null;
	readonly distributedId: string | null;
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	readonly clientId: string | null;
	readonly sequenceClientId: string | null;
};

export type NewArtifact = NewVersion & { readonly collectionId: string; readonly runId: string | null };

/**
 * Makes a pending version, and remembers what the client calls it and its collection, unless another project has these
 * names. One statement, so it needs no transaction of its own.
 */
export async function insertArtifact(ctx: Ctx, artifact: NewArtifact): Promise<ArtifactRow> {
	const spot = sql`(select ${artifact.collectionId}::uuid as collection_id, ${artifact.runId}::uuid as run_id) spot`;
	const insert = sql<ArtifactRow>`
		with ${making(ctx, artifact, spot)}
		select ${artifactList} from made a left join artifact_member own on false`;
	const [row] = (await named("artifact.insert", insert).execute(ctx.db)).rows;
	if (row === undefined) throw new Error(`version ${artifact.id} was made and is not there`);
	return row;
}

export type PlaceInProject = {
	readonly runName: string | null;
	readonly collectionName: string;
	readonly typeName: string;
};

/** A version that was made, its collection, and the newest of the others in it. */
export type MadeAtPlace = {
	readonly artifact: ArtifactRow;
	readonly collection: CollectionRow;
	readonly newest: { readonly member: MembershipRow; readonly artifact: ArtifactRow } | null;
};

type MadeRow = {
	readonly made: ArtifactRow;
	readonly collection: CollectionRow;
	readonly artifact: ArtifactRow | null;
	readonly member: MembershipRow | null;
};

const madeColumns = Object.fromEntries(
	Object.entries({ ...artifactColumns, versionIndex: "null::int" }).map(
		([name, text]) => [name, text.replace(/^a\./, "made.")] as const,
	),
);
const columns = sql`${columnsIn("made", madeColumns)}, ${columnsIn("collection", collectionColumns)},
	${columnsIn("artifact", artifactColumns)}, ${columnsIn("member", memberColumns)}`;

/**
 * As `insertArtifact`, where the run and the collection of that name are there, and the collection takes such versions and
 * has none of equal content; null where it is not like that, and nothing was made.
 */
export async function insertAtPlace(
	ctx: Ctx,
	artifact: NewVersion,
	place: PlaceInProject,
): Promise<MadeAtPlace | null> {
	const { runName } = place;
	if (`${runName ?? ""}${place.collectionName}${place.typeName}`.includes("\u0000")) return null;
	const spot = sql`(
		select c.id as collection_id, u.id as run_id
		from artifact_collection c join artifact_type t on t.id = c.type_id
		left join run u on u.project_id = c.project_id and u.name = ${runName} and u.deleted_at is null
		where c.project_id = ${artifact.projectId} and c.name_key = ${collectionKey(place.collectionName)}
			and c.kind = 'SEQUENCE' and t.name = ${place.typeName} and (u.id is not null or ${runName}::text is null)
			and not exists (select from artifact equal where equal.collection_id = c.id and equal.digest = ${artifact.digest}
				and equal.digest_algorithm = ${artifact.digestAlgorithm} and equal.state = 'COMMITTED')
	) spot`;
	const query = sql<object>`
		with ${making(ctx, artifact, spot)}
		select ${columns}
		from made join artifact_collection c on c.id = made.collection_id join artifact_type t on t.id = c.type_id
		left join lateral (
			select v.*, m.id as member_id from artifact_member m
			cross join lateral (select * from artifact where id = m.artifact_id and state = 'COMMITTED' offset 0) v
			where m.collection_id = c.id order by m.version_index desc limit 1
		) a on true
		left join artifact_member own on own.id = a.member_id`;
	const [row] = (await named("artifact.insertAtPlace", query).execute(ctx.db)).rows;
	if (row === undefined) return null;
	const { made, collection, artifact: newest, member } = nestRow<MadeRow>(row);
	return { artifact: made, collection, newest: newest && member && { artifact: newest, member } };
}

/** The parts of a statement that make the version for the row of `spot`: its collection, and the run that logs it. */
function making(ctx: Ctx, artifact: NewVersion, spot: RawBuilder<unknown>): RawBuilder<unknown> {
	const [now, createdBy] = [ctx.clock(), userIdOf(ctx.actor)];
	return sql`made as (
			insert into artifact (id, project_id, collection_id, state, digest, digest_algorithm, description, metadata, ttl_seconds,
				history_step, distributed_id, requested_aliases, requested_tags, run_id, created_by, created_at, updated_at)
			select ${artifact.id}::uuid, ${artifact.projectId}::uuid, spot.collection_id, 'PENDING', ${artifact.digest},
				${artifact.digestAlgorithm}, ${artifact.description}, ${artifact.metadata}::json, ${artifact.ttlSeconds}::int,
				${artifact.historyStep}::bigint, ${artifact.distributedId}, ${[...artifact.aliases]}::text[],
				${[...artifact.tags]}::text[], spot.run_id, ${createdBy}::uuid, ${now}::timestamptz, ${now}::timestamptz
			from ${spot}
			returning *
		), remembered as (${rememberingClientIds(artifact, sql`made of`)})`;
}

/** Names that a client gave to a version and its collection before the server knew them. */
type ClientIds = {
	readonly id: string;
	readonly projectId: string;
	readonly collectionId: string;
	readonly clientId: string | null;
	readonly sequenceClientId: string | null;
};

/** Remembers names the client gave; one already taken in another project stays with it. */
export async function rememberClientIds(db: Database, ids: ClientIds): Promise<void> {
	if (ids.clientId === null && ids.sequenceClientId === null) return;
	const from = sql`(select ${ids.collectionId}::uuid as collection_id) of`;
	await named("artifact.rememberClientIds", rememberingClientIds(ids, from)).execute(db);
}

/** From rows of `of`, with the `collection_id` that the second of the names is for. */
function rememberingClientIds(ids: Omit<ClientIds, "collectionId">, from: RawBuilder<unknown>): RawBuilder<unknown> {
	return sql`
		insert into artifact_client_id (client_id, project_id, artifact_id, collection_id)
		select given.client_id, ${ids.projectId}::uuid, given.artifact_id, given.collection_id
		from ${from} cross join lateral (values (${ids.clientId}::text, ${ids.id}::uuid, null::uuid),
			(${ids.sequenceClientId}, null, of.collection_id)) given (client_id, artifact_id, collection_id)
		where given.client_id is not null
		on conflict (client_id) do update set artifact_id = excluded.artifact_id, collection_id = excluded.collection_id
		where artifact_client_id.project_id = excluded.project_id`;
}
