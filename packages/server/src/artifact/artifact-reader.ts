import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { columnsIn, nestRow } from "../db/nested-row.ts";
import { afterKey } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import { findProjectsAt, type ProjectRow } from "../project/index.ts";
import { collectionColumns, collectionList } from "./artifact-columns-reader.ts";
import { collectionKey } from "./artifact-name-rules.ts";
import type {
	AliasRow,
	ArtifactRow,
	ArtifactState,
	CollectionKind,
	CollectionRow,
	DigestAlgorithm,
	MembershipRow,
	TagRow,
	TypeRow,
} from "./artifact-rows.ts";
import { countMembers } from "./collection-facts-reader.ts";

const collectionColumnsNested = columnsIn("collection", collectionColumns);
/** Collections with their types, deleted ones too: a version keeps the name of the collection it was in. */
export const collectionTables = sql`artifact_collection c join artifact_type t on t.id = c.type_id`;

type PageArgs = { readonly limit: number; readonly after: readonly [number] | null };

/** Versions by id, in any state. An id whose content was committed by another version first finds that one. */
export async function findArtifactsByIds(db: Database, ids: readonly string[]): Promise<Map<string, ArtifactRow>> {
	const query = selectArtifacts(db)
		.innerJoin("artifact as asked", (join) => join.on(sql`a.id`, "=", sql`coalesce(asked.merged_into_id, asked.id)`))
		.select("asked.id as askedId")
		.where(isAny("asked.id", ids));
	const rows = await named("artifact.byIds", query).execute();
	return new Map(rows.map(({ askedId, ...row }) => [askedId, row]));
}

/** The living version of a collection with that content. */
export async function findCommittedByDigest(
	db: Database,
	collectionId: string,
	{ digest, digestAlgorithm }: Pick<ArtifactRow, "digest" | "digestAlgorithm">,
): Promise<ArtifactRow | undefined> {
	const query = selectArtifacts(db)
		.where("a.collection_id", "=", collectionId)
		.where("a.digest", "=", digest)
		.where("a.digest_algorithm", "=", digestAlgorithm)
		.where("a.state", "=", "COMMITTED")
		.orderBy("own.version_index", "desc")
		.limit(1);
	return await named("artifact.committedByDigest", query).executeTakeFirst();
}

/** The committed or pending version that a client named itself before the server knew it. */
export async function findByClientId(
	db: Database,
	clientId: string,
): Promise<{ artifactId: string | null; collectionId: string | null } | undefined> {
	const query = db
		.selectFrom("artifact_client_id")
		.select(["artifact_id as artifactId", "collection_id as collectionId"])
		.where("client_id", "=", clientId);
	return await named("artifact.byClientId", query).executeTakeFirst();
}

export async function findCollectionsByIds(db: Database, ids: readonly string[]): Promise<CollectionRow[]> {
	const query = sql<CollectionRow>`select ${collectionList} from ${collectionTables} where ${isAny("c.id", ids)}`;
	return (await named("artifact.collectionsByIds", query).execute(db)).rows;
}

/** A collection by name, whatever its case. */
export async function findCollection(
	db: Database,
	projectId: string,
	name: string,
): Promise<CollectionRow | undefined> {
	const query = sql<CollectionRow>`select ${collectionList} from ${collectionTables}
		where c.project_id = ${projectId} and c.name_key = ${collectionKey(name)}`;
	return (await named("artifact.collectionByName", query).execute(db)).rows[0];
}

/** Collections of a project, or of one of its types, by name, each with its project and tags. */
export async function pageCollections(
	db: Database,
	scope: { project: ProjectRow; typeId?: string; kinds?: readonly CollectionKind[] },
	page: { limit: number; after: readonly [string, string] | null },
): Promise<{ rows: CollectionRow[]; total: number }> {
	const { project, typeId, kinds } = scope;
	// An artifact whose first version was never committed is not there yet; an empty collection of links is.
	const isListed = sql`c.project_id = ${project.id} and c.name_key is not null and (c.kind = 'PORTFOLIO' or c.next_version_index > 0)
		and ${typeId === undefined ? sql`true` : sql`c.type_id = ${typeId}`}
		and ${kinds === undefined ? sql`true` : sql`c.kind = any(${[...kinds]}::text[])`}`;
	const further = page.after === null ? sql`true` : afterKey(["c.name_key", "c.id"], [...page.after]);
	// The number in one row even where the page is empty.
	const query = sql<object>`
		select counted.total, ${collectionColumnsNested}, coalesce(tagged.tags, '[]') as "collection.tags"
		from (select count(*) as total from artifact_collection c where ${isListed}) counted
		left join lateral (
			select c.* from artifact_collection c where ${isListed} and ${further}
			order by c.name_key, c.id limit ${page.limit}
		) c on true
		left join artifact_type t on t.id = c.type_id
		left join lateral (
			select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name) as tags
			from artifact_collection_tag g where g.collection_id = c.id
		) tagged on true
		order by c.name_key, c.id`;
	const found = (await named("artifact.pageCollections", query).execute(db)).rows.map((row) =>
		nestRow<{ total: number; collection: CollectionRow | null }>(row),
	);
	const rows = found.flatMap(({ collection }) => (collection === null ? [] : [{ ...collection, project }]));
	return { rows, total: found[0]?.total ?? 0 };
}

export async function findType(db: Database, projectId: string, name: string): Promise<TypeRow | undefined> {
	const query = selectTypes(db).where("project_id", "=", projectId).where("name", "=", name);
	return await named("artifact.typeByName", query).executeTakeFirst();
}

/** Types of a project by name: few, so unpaged. */
export async function listTypes(db: Database, projectId: string): Promise<TypeRow[]> {
	return await named("artifact.types", selectTypes(db).where("project_id", "=", projectId).orderBy("name")).execute();
}

/** All living memberships of the versions given: the own sequence's first. */
export async function findMembersOf(db: Database, artifactIds: readonly string[]): Promise<MembershipRow[]> {
	const query = selectMembers(db).where(isAny("m.artifact_id", artifactIds)).orderBy("m.created_at").orderBy("m.id");
	return await named("artifact.membersOf", query).execute();
}

/** Living members by their ids. */
export async function findMembersByIds(db: Database, ids: readonly string[]): Promise<MembershipRow[]> {
	return await named("artifact.membersByIds", selectMembers(db).where(isAny("m.id", ids))).execute();
}

/** The projects in which versions are: where they were logged, and where they are linked to; `key` is the id asked for. */
export async function findProjectsOfArtifacts(
	db: Database,
	artifactIds: readonly string[],
): Promise<Map<string, ProjectRow[]>> {
	const places = sql`
		select asked.id as key, a.project_id from artifact asked
		join artifact a on a.id = coalesce(asked.merged_into_id, asked.id) where asked.id = any(${[...artifactIds]}::uuid[])
		union select asked.id, c.project_id from artifact asked
		join artifact_member m on m.artifact_id = coalesce(asked.merged_into_id, asked.id)
		join artifact_collection c on c.id = m.collection_id where asked.id = any(${[...artifactIds]}::uuid[])`;
	return Map.groupBy(await findProjectsAt(db, places), (project) => project.key);
}

/** Living members of a collection, newest first unless asked otherwise. */
export async function pageMembers(
	db: Database,
	collectionId: string,
	page: PageArgs & { ascending?: boolean },
): Promise<{ rows: MembershipRow[]; total: number }> {
	const direction = page.ascending === true ? "asc" : "desc";
	let listed = selectMembers(db)
		.where("m.collection_id", "=", collectionId)
		.orderBy("m.version_index", direction)
		.limit(page.limit);
	if (page.after !== null) listed = listed.where(afterKey(["m.version_index"], [...page.after], direction));
	const [rows, total] = await Promise.all([
		named("artifact.pageMembers", listed).execute(),
		countMembers(db, [collectionId]),
	]);
	return { rows, total: total[0]?.total ?? 0 };
}

/** The newest living member of each collection. */
export async function findNewestMembers(db: Database, collectionIds: readonly string[]): Promise<MembershipRow[]> {
	const query = selectMembers(db)
		.distinctOn("m.collection_id")
		// Not `isAny`: for one collection the planner then reads every version.
		.where("m.collection_id", "in", collectionIds)
		.orderBy("m.collection_id")
		.orderBy("m.version_index", "desc");
	return await named("artifact.newestMembers", query).execute();
}

/** Aliases of the members given, oldest first. */
export async function findAliasesOfMembers(db: Database, memberIds: readonly string[]): Promise<AliasRow[]> {
	const query = selectAliases(db).where(isAny("l.member_id", memberIds)).orderBy("l.created_at").orderBy("l.alias");
	return await named("artifact.aliasesOfMembers", query).execute();
}

/** Aliases of versions, in every collection they are in. */
export async function findAliasesOfArtifacts(db: Database, artifactIds: readonly string[]): Promise<AliasRow[]> {
	const query = sql<AliasRow>`
		select l.id, l.alias, l.collection_id as "collectionId", m.id as "memberId", m.artifact_id as "artifactId"
		-- By their key for each member (offset 0 keeps it so): the planner would rather read every alias there is.
		from artifact_member m, lateral (
			select id, alias, collection_id, created_at from artifact_alias where member_id = m.id offset 0) l
		where ${isAny("m.artifact_id", artifactIds)} order by l.created_at, l.alias`;
	return (await named("artifact.aliasesOfArtifacts", query).execute(db)).rows;
}

/** Aliases of a collection by name. */
export async function pageAliases(
	db: Database,
	collectionId: string,
	page: { limit: number; after: readonly [string] | null },
): Promise<AliasRow[]> {
	let query = selectAliases(db).where("l.collection_id", "=", collectionId).orderBy("l.alias").limit(page.limit);
	if (page.after !== null) query = query.where(afterKey(["l.alias"], [...page.after]));
	return await named("artifact.pageAliases", query).execute();
}

export async function findTagsOf(
	db: Database,
	artifactIds: readonly string[],
): Promise<Array<TagRow & { readonly artifactId: string }>> {
	const query = db
		.selectFrom("artifact_tag")
		.select(["id", "artifact_id as artifactId", "name"])
		.where(isAny("artifact_id", artifactIds))
		.orderBy("name");
	return await named("artifact.tagsOf", query).execute();
}

/** Names of the collections of a project, for "did you mean"; at most 1000. */
export async function listCollectionNames(db: Database, projectId: string): Promise<string[]> {
	const query = db
		.selectFrom("artifact_collection")
		.select("name")
		.where("project_id", "=", projectId)
		.where("name_key", "is not", null)
		.orderBy("updated_at", "desc")
		.limit(1000);
	return (await named("artifact.collectionNames", query).execute()).map(({ name }) => name);
}

/** Collections whose newest versions hold a file of that name, for "did you mean". */
export async function findCollectionsHoldingEntry(db: Database, projectId: string, path: string): Promise<string[]> {
	const query = sql<{ name: string }>`
		select distinct c.name from artifact_collection c
		join artifact a on a.collection_id = c.id and a.state = 'COMMITTED'
		join manifest_entry e on e.artifact_id = a.id and e.path = ${path}
		where c.project_id = ${projectId} order by c.name limit 3`;
	return (await named("artifact.collectionsHoldingEntry", query).execute(db)).rows.map(({ name }) => name);
}

/** `in`, for any number of ids: one parameter each would be too many, and for none there is no SQL. */
function isAny(column: string, ids: readonly string[]): RawBuilder<SqlBool> {
	return sql<SqlBool>`${sql.ref(column)} = any(${[...ids]}::uuid[])`;
}

function selectArtifacts(db: Database) {
	return db
		.selectFrom("artifact as a")
		.leftJoin("artifact_member as own", (join) =>
			join.onRef("own.artifact_id", "=", "a.id").onRef("own.collection_id", "=", "a.collection_id"),
		)
		.select([
			"a.id",
			"a.project_id as projectId",
			"a.collection_id as collectionId",
			"a.description",
			"a.digest",
			"a.ttl_seconds as ttlSeconds",
			"a.history_step as historyStep",
			"a.size",
			"a.file_count as fileCount",
			"a.manifest_sha256 as manifestSha256",
			"a.base_artifact_id as baseArtifactId",
			"a.run_id as runId",
			"a.created_by as createdBy",
			"a.created_at as createdAt",
			"a.updated_at as updatedAt",
			"own.version_index as versionIndex",
			sql<ArtifactState>`a.state`.as("state"),
			sql<DigestAlgorithm>`a.digest_algorithm`.as("digestAlgorithm"),
			sql<string | null>`a.metadata::text`.as("metadata"),
		]);
}

function selectTypes(db: Database) {
	return db
		.selectFrom("artifact_type")
		.select(["id", "project_id as projectId", "name", "description", "created_at as createdAt"]);
}

/** Members whose version is alive. */
function selectMembers(db: Database) {
	return db
		.selectFrom("artifact_member as m")
		.innerJoin("artifact as a", "a.id", "m.artifact_id")
		.select([
			"m.id",
			"m.collection_id as collectionId",
			"m.artifact_id as artifactId",
			"m.version_index as versionIndex",
			"m.created_at as createdAt",
		])
		.where(sql<SqlBool>`a.state = 'COMMITTED'`);
}

function selectAliases(db: Database) {
	return db
		.selectFrom("artifact_alias as l")
		.innerJoin("artifact_member as m", "m.id", "l.member_id")
		.select([
			"l.id",
			"l.alias",
			"l.collection_id as collectionId",
			"l.member_id as memberId",
			"m.artifact_id as artifactId",
		]);
}
