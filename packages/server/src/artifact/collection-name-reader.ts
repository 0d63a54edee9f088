import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { findProjectsAt, type ProjectRow } from "../project/index.ts";
import { collectionList } from "./artifact-columns-reader.ts";
import { collectionKey } from "./artifact-name-rules.ts";
import { collectionTables } from "./artifact-reader.ts";
import type { CollectionRow } from "./artifact-rows.ts";

/** The collection of that name, whatever its case; else the one that had the name last and still is there. */
export async function findCollectionByAnyName(
	db: Database,
	projectId: string,
	name: string,
): Promise<CollectionRow | undefined> {
	const key = collectionKey(name);
	const query = sql<CollectionRow>`select ${collectionList} from ${collectionTables}
		where c.name_key is not null and c.id = coalesce(
			(select id from artifact_collection where project_id = ${projectId} and name_key = ${key}),
			(select collection_id from artifact_former_name where project_id = ${projectId} and name_key = ${key}))`;
	return (await named("artifact.collectionByAnyName", query).execute(db)).rows[0];
}

/** All aliases that a collection's versions have in it, by name. */
export async function readAliasesIn(db: Database, collectionId: string): Promise<string[]> {
	const query = sql<{ alias: string }>`
		select alias from artifact_alias where collection_id = ${collectionId} order by alias`;
	return (await named("artifact.aliasesIn", query).execute(db)).rows.map(({ alias }) => alias);
}

/** The projects of collections; asks no policy. */
export async function findProjectsOfCollections(db: Database, ids: readonly string[]): Promise<ProjectRow[]> {
	return await findProjectsAt(
		db,
		sql`select id as key, project_id from artifact_collection where id = any(${[...ids]}::uuid[])`,
	);
}
