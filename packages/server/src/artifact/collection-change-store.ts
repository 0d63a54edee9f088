import { sql } from "kysely";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { collectionKey } from "./artifact-name-rules.ts";
import type { TagRow } from "./artifact-rows.ts";

const uniqueViolation = "23505";

/** A name in a project, and the type of that name there. */
export type CollectionPlace = { readonly projectId: string; readonly typeId: string; readonly name: string };

/**
 * Gives a locked collection another name or project, its old name leading on to it. A name that led to another collection
 * is taken anew by this. False when a living one has that name: then the transaction is lost, and the caller must end it.
 */
export async function placeCollection(
	ctx: Ctx,
	collection: { readonly id: string; readonly projectId: string; readonly name: string },
	{ projectId, typeId, name }: CollectionPlace,
): Promise<boolean> {
	const [oldKey, newKey, now] = [collectionKey(collection.name), collectionKey(name), ctx.clock()];
	const { id } = collection;
	const update = sql`
		update artifact_collection set project_id = ${projectId}, type_id = ${typeId}, name = ${name}, name_key = ${newKey},
			updated_at = ${now} where id = ${id}`;
	try {
		await named("artifact.placeCollection", update).execute(ctx.db);
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === uniqueViolation) return false;
		throw error;
	}
	const taken = sql`delete from artifact_former_name where project_id = ${projectId} and name_key = ${newKey}`;
	await named("artifact.takeName", taken).execute(ctx.db);
	if (oldKey === newKey && collection.projectId === projectId) return true;
	const leave = sql`
		insert into artifact_former_name (project_id, name_key, collection_id, created_at)
		values (${collection.projectId}, ${oldKey}, ${id}, ${now})
		on conflict (project_id, name_key) do update set collection_id = excluded.collection_id, created_at = excluded.created_at`;
	await named("artifact.leaveName", leave).execute(ctx.db);
	return true;
}

export async function describeCollection(ctx: Ctx, id: string, description: string | null): Promise<void> {
	const update = ctx.db
		.updateTable("artifact_collection")
		.set({ description, updated_at: ctx.clock() })
		.where("id", "=", id);
	await named("artifact.describeCollection", update).execute();
}

export async function retypeCollection(ctx: Ctx, id: string, typeId: string): Promise<void> {
	const update = ctx.db
		.updateTable("artifact_collection")
		.set({ type_id: typeId, updated_at: ctx.clock() })
		.where("id", "=", id);
	await named("artifact.retypeCollection", update).execute();
}

/** The collections that living versions of a sequence are linked to. */
export async function findPortfoliosOf(db: Database, sequenceId: string): Promise<string[]> {
	const query = sql<{ id: string }>`
		select distinct m.collection_id as id from artifact a join artifact_member m on m.artifact_id = a.id
		where a.collection_id = ${sequenceId} and a.state = 'COMMITTED' and m.collection_id <> ${sequenceId}`;
	return (await named("artifact.portfoliosOf", query).execute(db)).rows.map(({ id }) => id);
}

/** Tags of collections, by name. */
export async function findTagsOfCollections(
	db: Database,
	collectionIds: readonly string[],
): Promise<Array<TagRow & { readonly collectionId: string }>> {
	const query = sql<TagRow & { collectionId: string }>`
		select id, collection_id as "collectionId", name from artifact_collection_tag
		where collection_id = any(${[...collectionIds]}::uuid[]) order by name`;
	return (await named("artifact.tagsOfCollections", query).execute(db)).rows;
}

/** Puts tags on a collection; answers those that it did not have. */
export async function addCollectionTags(ctx: Ctx, collectionId: string, tags: readonly string[]): Promise<string[]> {
	if (tags.length === 0) return [];
	const values = tags.map((name) => ({
		collection_id: collectionId,
		name,
		id: ctx.ids.uuid(),
		created_at: ctx.clock(),
	}));
	const insert = ctx.db
		.insertInto("artifact_collection_tag")
		.values(values)
		.onConflict((conflict) => conflict.columns(["collection_id", "name"]).doNothing())
		.returning("name");
	return (await named("artifact.addCollectionTags", insert).execute()).map(({ name }) => name);
}

/** Takes tags off a collection; answers those that it had. */
export async function removeCollectionTags(
	db: Database,
	collectionId: string,
	tags: readonly string[],
): Promise<string[]> {
	const remove = db
		.deleteFrom("artifact_collection_tag")
		.where("collection_id", "=", collectionId)
		.where(sql<boolean>`name = any(${[...tags]}::text[])`)
		.returning("name");
	return (await named("artifact.removeCollectionTags", remove).execute()).map(({ name }) => name);
}
