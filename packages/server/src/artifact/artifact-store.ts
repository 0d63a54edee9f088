import { sql } from "kysely";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { DomainError } from "../errors.ts";
import { emitting, eventsFrom } from "../jobs/outbox.ts";
import { collectionKey } from "./artifact-name-rules.ts";
import { findType } from "./artifact-reader.ts";
import type { CollectionKind, MembershipRow } from "./artifact-rows.ts";

/** The type's id, made if it is new. */
export async function ensureType(ctx: Ctx, projectId: string, name: string): Promise<string> {
	const found = await findType(ctx.db, projectId, name);
	if (found !== undefined) return found.id;
	const insert = ctx.db
		.insertInto("artifact_type")
		.values({ id: ctx.ids.uuid(), project_id: projectId, name, created_at: ctx.clock() })
		.onConflict((conflict) => conflict.columns(["project_id", "name"]).doUpdateSet({ name }))
		.returning("id");
	return (await named("artifact.insertType", insert).executeTakeFirstOrThrow()).id;
}

/** Makes the collection unless one of that name is there, which the caller reads then; the id of a new one. */
export async function insertCollection(
	ctx: Ctx,
	collection: { projectId: string; typeId: string; kind: CollectionKind; name: string; createdBy: string | null },
): Promise<string | undefined> {
	const now = ctx.clock();
	const insert = ctx.db
		.insertInto("artifact_collection")
		.values({
			id: ctx.ids.uuid(),
			project_id: collection.projectId,
			type_id: collection.typeId,
			kind: collection.kind,
			name: collection.name,
			name_key: collectionKey(collection.name),
			created_by: collection.createdBy,
			created_at: now,
			updated_at: now,
		})
		.onConflict((conflict) => conflict.columns(["project_id", "name_key"]).doNothing())
		.returning("id");
	return (await named("artifact.insertCollection", insert).executeTakeFirst())?.id;
}

/** The version that distributed writers share, while it is pending. */
export async function findPendingDistributed(
	db: Database,
	collectionId: string,
	distributedId: string,
): Promise<string | undefined> {
	const query = db
		.selectFrom("artifact")
		.select("id")
		.where("collection_id", "=", collectionId)
		.where("distributed_id", "=", distributedId)
		.where("state", "=", "PENDING");
	return (await named("artifact.pendingDistributed", query).executeTakeFirst())?.id;
}

/**
 * Adds what a further writer of a shared pending version asks for to what the earlier ones did: every alias and tag, and
 * what nobody has said yet of the version.
 */
export async function joinPending(
	db: Database,
	id: string,
	wanted: {
		aliases: readonly string[];
		tags: readonly string[];
		description: string | null;
		metadata: string | null;
		ttlSeconds: number | null;
	},
): Promise<void> {
	const update = sql`
		update artifact set
			description = coalesce(description, ${wanted.description}::text),
			metadata = coalesce(metadata, ${wanted.metadata}::json),
			ttl_seconds = coalesce(ttl_seconds, ${wanted.ttlSeconds}::int),
			requested_aliases = array(select distinct unnest(requested_aliases || ${[...wanted.aliases]}::text[])),
			requested_tags = array(select distinct unnest(requested_tags || ${[...wanted.tags]}::text[]))
		where id = ${id}`;
	await named("artifact.joinPending", update).execute(db);
}

/**
 * What was asked for at creation, with the row locked until the transaction ends. The row is written anew, so that
 * `publishVersion`, where it waits for the lock, learns that something happened.
 */
export async function lockArtifact(db: Database, id: string) {
	const lock = db
		.updateTable("artifact")
		.set(({ ref }) => ({ state: ref("state") }))
		.where("id", "=", id)
		.returning([
			"id",
			"state",
			"digest",
			"requested_aliases as aliases",
			"requested_tags as tags",
			"run_id as runId",
			"merged_into_id as mergedIntoId",
		]);
	return await named("artifact.lock", lock).executeTakeFirst();
}

/**
 * Locks a collection until the transaction ends: numbers, members and aliases change one at a time. The row is written
 * anew, so that `publishVersion`, where it waits for the lock, learns that something happened.
 */
export async function lockCollection(db: Database, id: string): Promise<{ readonly projectId: string }> {
	const lock = db
		.updateTable("artifact_collection")
		.set(({ ref }) => ({ next_version_index: ref("next_version_index") }))
		.where("id", "=", id)
		.returning("project_id as projectId");
	return await named("artifact.lockCollection", lock).executeTakeFirstOrThrow();
}

/** As `lockCollection`, of one whose project was asked for rights: refuses when it has just moved to another. */
export async function lockInPlace(
	db: Database,
	{ id, projectId, name }: { readonly id: string; readonly projectId: string; readonly name: string },
): Promise<void> {
	if ((await lockCollection(db, id)).projectId === projectId) return;
	throw new DomainError("CONFLICT", `"${name}" has just been moved to another registry: try again`);
}

/** Gives a version the next number of a locked collection. Numbers are never reused. */
export async function insertMember(
	ctx: Ctx,
	member: { collectionId: string; artifactId: string; createdBy: string | null },
): Promise<MembershipRow> {
	const { collectionId, artifactId, createdBy } = member;
	const [id, createdAt] = [ctx.ids.uuid(), ctx.clock()];
	const insert = sql<{ versionIndex: number }>`
		with alive as (
			-- Waits for one who is deleting it, and then finds nothing.
			select id from artifact where id = ${artifactId} and state = 'COMMITTED' for key share
		), taken as (
			update artifact_collection set next_version_index = next_version_index + 1, updated_at = ${createdAt}
			where id = ${collectionId} and name_key is not null returning next_version_index - 1 as version_index
		)
		insert into artifact_member (id, collection_id, artifact_id, version_index, created_by, created_at)
		select ${id}::uuid, ${collectionId}::uuid, ${artifactId}::uuid, version_index, ${createdBy}::uuid, ${createdAt}::timestamptz
		from taken, alive returning version_index as "versionIndex"`;
	const [row] = (await named("artifact.insertMember", insert).execute(ctx.db)).rows;
	if (row === undefined) {
		throw new DomainError(
			"GONE",
			"this version, or the collection it was to join, has just been deleted: log it again",
		);
	}
	return { id, collectionId, artifactId, versionIndex: row.versionIndex, createdAt };
}

export async function deleteMember(db: Database, memberId: string): Promise<void> {
	await named("artifact.deleteMember", db.deleteFrom("artifact_member").where("id", "=", memberId)).execute();
}

/** Puts aliases on a member, taking each from whoever held it; answers who that was, for those that moved. */
export async function putAliases(
	ctx: Ctx,
	place: { collectionId: string; memberId: string },
	aliases: readonly string[],
): Promise<Array<{ alias: string; fromArtifactId: string | null }>> {
	if (aliases.length === 0) return [];
	const rows = aliases.map((alias) => sql`(${ctx.ids.uuid()}::uuid, ${alias})`);
	const put = sql<{ alias: string; fromArtifactId: string | null }>`
		with wanted (id, alias) as (values ${sql.join(rows)}),
		before as (
			select l.alias, l.member_id, m.artifact_id from artifact_alias l join artifact_member m on m.id = l.member_id
			where l.collection_id = ${place.collectionId} and l.alias in (select alias from wanted)
		),
		put as (
			insert into artifact_alias (collection_id, alias, id, member_id, created_at)
			select ${place.collectionId}::uuid, alias, id, ${place.memberId}::uuid, ${ctx.clock()}::timestamptz from wanted
			on conflict (collection_id, alias) do update set member_id = excluded.member_id, created_at = excluded.created_at
			where artifact_alias.member_id <> excluded.member_id
			returning alias
		)
		select put.alias, before.artifact_id as "fromArtifactId" from put left join before using (alias)`;
	return (await named("artifact.putAliases", put).execute(ctx.db)).rows;
}

/** Takes aliases off a member; answers those it had. */
export async function removeAliases(db: Database, memberId: string, aliases: readonly string[]): Promise<string[]> {
	if (aliases.length === 0) return [];
	const remove = db
		.deleteFrom("artifact_alias")
		.where("member_id", "=", memberId)
		.where(sql<boolean>`alias = any(${[...aliases]}::text[])`)
		.returning("alias");
	return (await named("artifact.removeAliases", remove).execute()).map(({ alias }) => alias);
}

/** Puts tags on a version; answers those that it did not have. */
export async function addTags(ctx: Ctx, artifactId: string, tags: readonly string[]): Promise<string[]> {
	if (tags.length === 0) return [];
	const insert = ctx.db
		.insertInto("artifact_tag")
		.values(
			[...new Set(tags)].map((name) => ({
				id: ctx.ids.uuid(),
				artifact_id: artifactId,
				name,
				created_at: ctx.clock(),
			})),
		)
		.onConflict((conflict) => conflict.columns(["artifact_id", "name"]).doNothing())
		.returning("name");
	return (await named("artifact.addTags", insert).execute()).map(({ name }) => name);
}

/** Takes tags off a version; answers those that it had. */
export async function removeTags(db: Database, artifactId: string, tags: readonly string[]): Promise<string[]> {
	if (tags.length === 0) return [];
	const remove = db
		.deleteFrom("artifact_tag")
		.where("artifact_id", "=", artifactId)
		.where(sql<boolean>`name = any(${[...tags]}::text[])`)
		.returning("name");
	return (await named("artifact.removeTags", remove).execute()).map(({ name }) => name);
}

/** Lets a pending version stand for the one that has the same content and was committed first. */
export async function markMerged(db: Database, id: string, intoId: string, now: Date): Promise<void> {
	const update = db
		.updateTable("artifact")
		.set({ state: "DELETED", merged_into_id: intoId, updated_at: now })
		.where("id", "=", id);
	await named("artifact.markMerged", update).execute();
}

/** Changes what is said of a version; a key that is absent stays as it is. */
export async function updateArtifactFacts(
	db: Database,
	id: string,
	change: { description?: string | null; metadata?: string | null; ttl_seconds?: number | null; updated_at: Date },
): Promise<void> {
	await named("artifact.updateFacts", db.updateTable("artifact").set(change).where("id", "=", id)).execute();
}

export type NewEdge = {
	readonly runId: string;
	readonly artifactId: string;
	readonly direction: "USED" | "PRODUCED";
	readonly collectionId: string;
	readonly usedAs: string | null;
};

/** Records an edge of the lineage graph; false when it was there already. */
export async function recordEdge(ctx: Ctx, edge: NewEdge): Promise<boolean> {
	const insert = sql`
		insert into run_artifact (run_id, artifact_id, direction, collection_id, used_as, at)
		values (${edge.runId}, ${edge.artifactId}, ${edge.direction}, ${edge.collectionId}, ${edge.usedAs}, ${ctx.clock()})
		on conflict (run_id, artifact_id, direction) do nothing returning run_id`;
	return (await named("artifact.recordEdge", insert).execute(ctx.db)).rows.length === 1;
}

export type NewUse = Omit<NewEdge, "direction" | "runId"> & {
	readonly projectId: string;
	readonly run: { readonly projectId: string; readonly name: string };
};

/**
 * Records that a run used a version and, where that is news, says so; false where there is no such run. One statement, so
 * it needs no transaction.
 */
export async function recordUse(ctx: Ctx, use: NewUse): Promise<boolean> {
	const { artifactId, collectionId, projectId, run } = use;
	const used = eventsFrom({
		type: "artifact.used",
		id: sql`${ctx.ids.uuid()}::uuid`,
		payload: { artifactId, runId: sql<string>`run_id`, collectionId, projectId },
		from: sql`recorded`,
	});
	const query = sql`
		with user_run as (
			select id from run where project_id = ${run.projectId} and name = ${run.name} and deleted_at is null
		), recorded as (
			insert into run_artifact (run_id, artifact_id, direction, collection_id, used_as, at)
			select id, ${artifactId}::uuid, 'USED', ${collectionId}::uuid, ${use.usedAs}, ${ctx.clock()}::timestamptz from user_run
			on conflict (run_id, artifact_id, direction) do nothing returning run_id
		), told as (${emitting(ctx, [used])})
		select id from user_run`;
	return (await named("artifact.recordUse", query).execute(ctx.db)).rows.length === 1;
}

/** Gives the producers of a pending version to the one that it is merged into; those who had not been that one's. */
export async function copyProducers(db: Database, fromId: string, toId: string): Promise<string[]> {
	const copy = sql<{ runId: string }>`
		insert into run_artifact (run_id, artifact_id, direction, collection_id, used_as, at)
		select run_id, ${toId}::uuid, direction, collection_id, used_as, at from run_artifact
		where artifact_id = ${fromId} and direction = 'PRODUCED'
		on conflict (run_id, artifact_id, direction) do nothing returning run_id as "runId"`;
	return (await named("artifact.copyProducers", copy).execute(db)).rows.map(({ runId }) => runId);
}

/** Asks for a link that is made when the version is committed. */
export async function insertPendingLink(
	ctx: Ctx,
	link: { artifactId: string; collectionId: string; aliases: readonly string[]; createdBy: string | null },
): Promise<void> {
	const insert = ctx.db
		.insertInto("artifact_pending_link")
		.values({
			artifact_id: link.artifactId,
			collection_id: link.collectionId,
			aliases: [...link.aliases],
			created_by: link.createdBy,
			created_at: ctx.clock(),
		})
		.onConflict((conflict) =>
			conflict.columns(["artifact_id", "collection_id"]).doUpdateSet({
				aliases: sql`array(select distinct unnest(artifact_pending_link.aliases || excluded.aliases))`,
			}),
		);
	await named("artifact.insertPendingLink", insert).execute();
}

/** Takes the links that wait for a version. */
export async function takePendingLinks(db: Database, artifactId: string) {
	const take = db
		.deleteFrom("artifact_pending_link")
		.where("artifact_id", "=", artifactId)
		.returning(["collection_id as collectionId", "aliases", "created_by as createdBy"]);
	return await named("artifact.takePendingLinks", take).execute();
}
