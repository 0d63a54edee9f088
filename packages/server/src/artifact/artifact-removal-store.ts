import { sql } from "kysely";
import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

/** Which versions go: one, all that were logged to a sequence or in a project, or all that a run made and no other that is there. */
export type VersionsGoing =
	| { readonly artifactId: string }
	| { readonly sequenceId: string }
	| { readonly projectId: string }
	| { readonly runId: string; readonly projectId: string };

/** A place that a version which goes has in a collection, with the aliases it has there. */
export type PlaceGoing = {
	readonly memberId: string;
	readonly artifactId: string;
	readonly collectionId: string;
	readonly versionIndex: number;
	readonly aliases: readonly string[];
};

function versions(going: VersionsGoing) {
	if ("artifactId" in going) return sql`a.id = ${going.artifactId}`;
	if ("sequenceId" in going) return sql`a.collection_id = ${going.sequenceId}`;
	if (!("runId" in going)) return sql`a.project_id = ${going.projectId}`;
	return sql`a.project_id = ${going.projectId} and a.id in (
		select id from artifact where run_id = ${going.runId}
		union select artifact_id from run_artifact where run_id = ${going.runId} and direction = 'PRODUCED'
	) and not exists (
		select from run_artifact made join run maker on maker.id = made.run_id
		where made.artifact_id = a.id and made.direction = 'PRODUCED' and made.run_id <> ${going.runId}
			and maker.deleted_at is null
	)`;
}

/**
 * Locks the collections that versions are in, then the versions, until the transaction ends: nobody links, commits or
 * names them meanwhile. Deleting locks in one order; others that meet it the other way round are run again.
 */
export async function lockGoing(db: Database, going: VersionsGoing): Promise<void> {
	// Written anew, as by `lockCollection`.
	const collections = sql`
		with going as (
			select c.id from artifact_collection c where c.id in (
				select m.collection_id from artifact a join artifact_member m on m.artifact_id = a.id where ${versions(going)}
				union select a.collection_id from artifact a where ${versions(going)})
			order by c.id for update
		)
		update artifact_collection c set next_version_index = c.next_version_index from going where c.id = going.id`;
	await named("artifact.lockPlacesGoing", collections).execute(db);
	const rows = sql`select a.id from artifact a where ${versions(going)} and a.state <> 'DELETED' order by a.id for update`;
	await named("artifact.lockGoing", rows).execute(db);
	// Links that were made while the versions were waited for.
	await named("artifact.lockPlacesGoing", collections).execute(db);
}

/** The places that living versions have in any collection, or that they have in a collection of links. */
export async function findPlacesGoing(
	db: Database,
	going: VersionsGoing | { readonly portfolioId: string },
): Promise<PlaceGoing[]> {
	const those = "portfolioId" in going ? sql`m.collection_id = ${going.portfolioId}` : versions(going);
	const query = sql<PlaceGoing>`
		select m.id as "memberId", m.artifact_id as "artifactId", m.collection_id as "collectionId",
			m.version_index as "versionIndex",
			array(select l.alias from artifact_alias l where l.member_id = m.id order by l.alias) as aliases
		from artifact a join artifact_member m on m.artifact_id = a.id
		where ${those} and a.state = 'COMMITTED' order by m.collection_id, m.version_index`;
	return (await named("artifact.placesGoing", query).execute(db)).rows;
}

/** Takes all aliases off members, and notes on each which it had. */
export async function freeAliasesOf(db: Database, memberIds: readonly string[]): Promise<void> {
	const free = sql`
		with freed as (
			delete from artifact_alias where member_id = any(${[...memberIds]}::uuid[]) returning member_id, alias
		)
		update artifact_member m set freed_aliases = f.aliases
		from (select member_id, array_agg(alias order by alias) as aliases from freed group by member_id) f
		where m.id = f.member_id`;
	await named("artifact.freeAliases", free).execute(db);
}

/** Makes versions ghosts: what is said of them and their edges stay, nobody finds them by name. */
export async function markDeleted(ctx: Ctx, going: VersionsGoing, now = ctx.clock()): Promise<void> {
	const update = sql`
		update artifact a set state = 'DELETED', deleted_at = ${now}, deleted_by = ${userIdOf(ctx.actor)}, updated_at = ${now}
		where ${versions(going)} and a.state <> 'DELETED'`;
	await named("artifact.markDeleted", update).execute(ctx.db);
	const waiting = sql`
		delete from artifact_pending_link l using artifact a where a.id = l.artifact_id and ${versions(going)}`;
	await named("artifact.dropPendingLinks", waiting).execute(ctx.db);
}

/** Makes a collection one that is found under no name. Names that led past it lead nowhere from now on. */
export async function markCollectionDeleted(ctx: Ctx, collectionId: string): Promise<void> {
	const now = ctx.clock();
	const drop = sql`
		delete from artifact_former_name f using artifact_collection c
		where c.id = ${collectionId} and f.project_id = c.project_id and f.name_key = c.name_key`;
	await named("artifact.dropShadowedName", drop).execute(ctx.db);
	const update = sql`
		update artifact_collection set name_key = null, deleted_at = ${now}, deleted_by = ${userIdOf(ctx.actor)}, updated_at = ${now}
		where id = ${collectionId}`;
	await named("artifact.markCollectionDeleted", update).execute(ctx.db);
}

/** Takes every link out of a collection of links whose aliases are freed, and keeps what they were. */
export async function takeLinksOut(db: Database, collectionId: string): Promise<void> {
	const take = sql`
		with taken as (
			delete from artifact_member where collection_id = ${collectionId}
			returning version_index, artifact_id, created_by, created_at, freed_aliases
		)
		insert into artifact_former_member (collection_id, version_index, artifact_id, aliases, created_by, created_at)
		select ${collectionId}::uuid, version_index, artifact_id, freed_aliases, created_by, created_at from taken`;
	await named("artifact.takeLinksOut", take).execute(db);
	const waiting = sql`delete from artifact_pending_link where collection_id = ${collectionId}`;
	await named("artifact.dropLinksPending", waiting).execute(db);
}

/** The version of a number, if it is deleted. */
export async function findDeletedVersion(
	db: Database,
	collectionId: string,
	versionIndex: number,
): Promise<string | undefined> {
	const query = sql<{ id: string }>`
		select a.id from artifact_member m join artifact a on a.id = m.artifact_id
		where m.collection_id = ${collectionId} and m.version_index = ${versionIndex} and a.state = 'DELETED'`;
	return (await named("artifact.findDeletedVersion", query).execute(db)).rows[0]?.id;
}

/** Locks every collection of a project until the transaction ends. */
export async function lockCollectionsOfProject(db: Database, projectId: string): Promise<void> {
	const query = sql`
		with going as (
			select id from artifact_collection where project_id = ${projectId} and name_key is not null order by id for update
		)
		update artifact_collection c set next_version_index = c.next_version_index from going where c.id = going.id`;
	await named("artifact.lockCollectionsOfProject", query).execute(db);
}

/** The places outside a project that its living versions are linked to. */
export async function findPlacesElsewhere(db: Database, projectId: string): Promise<PlaceGoing[]> {
	const query = sql<PlaceGoing>`
		select m.id as "memberId", m.artifact_id as "artifactId", m.collection_id as "collectionId",
			m.version_index as "versionIndex",
			array(select l.alias from artifact_alias l where l.member_id = m.id order by l.alias) as aliases
		from artifact a join artifact_member m on m.artifact_id = a.id join artifact_collection c on c.id = m.collection_id
		where a.project_id = ${projectId} and a.state = 'COMMITTED' and c.project_id <> ${projectId}
		order by m.collection_id, m.version_index`;
	return (await named("artifact.placesElsewhere", query).execute(db)).rows;
}

/**
 * Makes all collections of a project ones that are found under no name: their aliases are taken, noted on the places, and
 * links into them are taken out. The versions are marked by `markDeleted`.
 */
export async function emptyProject(
	ctx: Ctx,
	{ projectId, at }: { readonly projectId: string; readonly at: Date },
): Promise<void> {
	const ofProject = sql`select c.id from artifact_collection c where c.project_id = ${projectId}`;
	const free = sql`
		with freed as (
			delete from artifact_alias where collection_id in (${ofProject}) returning member_id, alias
		)
		update artifact_member m set freed_aliases = f.aliases
		from (select member_id, array_agg(alias order by alias) as aliases from freed group by member_id) f
		where m.id = f.member_id`;
	await named("artifact.freeAliasesOfProject", free).execute(ctx.db);
	const links = sql`
		with taken as (
			delete from artifact_member m using artifact_collection c
			where c.project_id = ${projectId} and c.kind = 'PORTFOLIO' and m.collection_id = c.id
			returning m.collection_id, m.version_index, m.artifact_id, m.created_by, m.created_at, m.freed_aliases
		)
		insert into artifact_former_member (collection_id, version_index, artifact_id, aliases, created_by, created_at)
		select collection_id, version_index, artifact_id, freed_aliases, created_by, created_at from taken`;
	await named("artifact.takeLinksOutOfProject", links).execute(ctx.db);
	const waiting = sql`delete from artifact_pending_link where collection_id in (${ofProject})`;
	await named("artifact.dropLinksIntoProject", waiting).execute(ctx.db);
	const names = sql`delete from artifact_former_name where project_id = ${projectId}`;
	await named("artifact.dropNamesOfProject", names).execute(ctx.db);
	const collections = sql`
		update artifact_collection set name_key = null, deleted_at = ${at}, deleted_by = ${userIdOf(ctx.actor)}, updated_at = ${at}
		where project_id = ${projectId} and name_key is not null`;
	await named("artifact.markCollectionsDeleted", collections).execute(ctx.db);
}
