import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { columnsIn, nestRow } from "../db/nested-row.ts";
import { named } from "../db/query-name.ts";
import { findProjectsAt, type ProjectRow, projectColumns } from "../project/index.ts";
import { collectionColumns } from "./artifact-columns-reader.ts";
import { collectionKey } from "./artifact-name-rules.ts";
import { collectionTables } from "./artifact-reader.ts";
import type { CollectionRow } from "./artifact-rows.ts";

export type CollectionFound = CollectionRow & { readonly project: ProjectRow };

const columns = sql`${columnsIn("collection", collectionColumns)}, ${columnsIn("project", projectColumns)}`;

/**
 * The collection of that name, whatever its case; else the one that had the name last and still is somewhere: it may have
 * moved to another project, of which the caller has to ask anew. Asks no policy.
 */
export async function findCollectionByAnyName(
	db: Database,
	projectId: string,
	name: string,
): Promise<CollectionFound | undefined> {
	const key = collectionKey(name);
	const query = sql<object>`select ${columns} from ${collectionTables}
		join project p on p.id = c.project_id join entity e on e.id = p.entity_id left join registry r on r.project_id = p.id
		where c.name_key is not null and c.id = coalesce(
			(select id from artifact_collection where project_id = ${projectId} and name_key = ${key}),
			(select collection_id from artifact_former_name where project_id = ${projectId} and name_key = ${key}))`;
	const [row] = (await named("artifact.collectionByAnyName", query).execute(db)).rows;
	if (row === undefined) return undefined;
	const { collection, project } = nestRow<{ collection: CollectionRow; project: ProjectRow }>(row);
	return { ...collection, project };
}

/** All aliases that a collection's versions have in it, by name. */
export async function readAliasesIn(db: Database, collectionId: string): Promise<string[]> {
	const query = sql<{ alias: string }>`
		select alias from artifact_alias where collection_id = ${collectionId} order by alias`;
	return (await named("artifact.aliasesIn", query).execute(db)).rows.map(({ alias }) => alias);
}

/** The living versions in a collection. */
export async function readArtifactsIn(db: Database, collectionId: string): Promise<string[]> {
	const query = sql<{ id: string }>`
		select a.id from artifact_member m join artifact a on a.id = m.artifact_id
		where m.collection_id = ${collectionId} and a.state = 'COMMITTED' order by m.version_index`;
	return (await named("artifact.artifactsIn", query).execute(db)).rows.map(({ id }) => id);
}

/** The projects of collections; asks no policy. */
export async function findProjectsOfCollections(db: Database, ids: readonly string[]): Promise<ProjectRow[]> {
	return await findProjectsAt(
		db,
		sql`select id as key, project_id from artifact_collection where id = any(${[...ids]}::uuid[])`,
	);
}
