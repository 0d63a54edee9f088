import { type RawBuilder, sql } from "kysely";
import { packedPlace } from "../blob-store/pack-index-store.ts";
import type { Database } from "../db/database.ts";
import { afterKey } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import type { ChangeKind, ChangeRow, ChangeTotal, ListedEntry } from "./entry-rows.ts";

/** A folder named by what its entries' paths begin with, its slash included; empty for the top. */
type FolderPage = {
	readonly artifactId: string;
	readonly prefix: string;
	readonly limit: number;
	readonly after: string | null;
};

/** Entries below a folder. Where texts are in the order of their codes, the planner makes a range of the index of it. */
function below(artifactId: string, prefix: string): RawBuilder<boolean> {
	const inFolder = prefix === "" ? sql`` : sql`and path ^@ ${prefix}`;
	return sql<boolean>`artifact_id = ${artifactId} ${inFolder}`;
}

/** What is left of the path below the folder. */
const restOf = (prefix: string) => sql`substr(path, ${[...prefix].length + 1}::int)`;

/** Folders directly in a folder by name, each with all that is below it. */
export async function pageFolders(db: Database, { artifactId, prefix, limit, after }: FolderPage) {
	const further = after === null ? sql`` : sql`and split_part(rest, '/', 1) collate "C" > ${after}`;
	const query = sql<{ name: string; size: number; fileCount: number }>`
		select split_part(rest, '/', 1) collate "C" as name, sum(size)::bigint as size, count(*) as "fileCount"
		from (select ${restOf(prefix)} as rest, size from manifest_entry where ${below(artifactId, prefix)}) entry
		where strpos(rest, '/') > 0 ${further} group by 1 order by 1 limit ${limit}`;
	return (await named("artifact.pageFolders", query).execute(db)).rows;
}

/** Files and references directly in a folder, by path. */
export async function pageFolderEntries(db: Database, page: FolderPage): Promise<ListedEntry[]> {
	const { artifactId, prefix, limit, after } = page;
	const query = selectListed(db)
		.where(below(artifactId, prefix))
		.where(sql<boolean>`strpos(${restOf(prefix)}, '/') = 0`)
		.orderBy("path")
		.limit(limit);
	const further = after === null ? query : query.where(afterKey(["path"], [after]));
	return await named("artifact.pageFolderEntries", further).execute();
}

/** Files and references whose path or name is like a pattern of SQL, whatever the case; by path. */
export async function findEntriesLike(
	db: Database,
	search: {
		readonly artifactId: string;
		readonly like: string;
		readonly limit: number;
		readonly after: string | null;
	},
): Promise<ListedEntry[]> {
	const { artifactId, like, limit, after } = search;
	const query = selectListed(db)
		.where("artifact_id", "=", artifactId)
		.where(sql<boolean>`(path ilike ${like} or path ilike ${`%/${like}`})`)
		.orderBy("path")
		.limit(limit);
	const further = after === null ? query : query.where(afterKey(["path"], [after]));
	return await named("artifact.entriesLike", further).execute();
}

export async function findEntry(db: Database, artifactId: string, path: string): Promise<ListedEntry | undefined> {
	const query = selectListed(db).where("artifact_id", "=", artifactId).where("path", "=", path);
	return await named("artifact.entryByPath", query).executeTakeFirst();
}

function selectListed(db: Database) {
	return db
		.selectFrom("manifest_entry")
		.leftJoin("packed_blob", "packed_blob.sha256", "manifest_entry.sha256")
		.select(["path", "digest", "manifest_entry.size", "ref", "manifest_entry.sha256"])
		.select(packedPlace.as("place"));
}

/** Two versions side by side; the digests of two clients may be of different kinds, then the bytes decide. */
function sideBySide(before: string, after: string): RawBuilder<unknown> {
	const columns = sql`path, size, ref, digest, sha256`;
	return sql`
		(select ${columns} from manifest_entry where artifact_id = ${before}) b
		full join (select ${columns} from manifest_entry where artifact_id = ${after}) a using (path)
		cross join lateral (select case
			when b.digest is null then 'ADDED' when a.digest is null then 'REMOVED'
			when a.ref is distinct from b.ref then 'CHANGED'
			when a.sha256 is not null and b.sha256 is not null then case when a.sha256 <> b.sha256 then 'CHANGED' end
			when a.digest <> b.digest then 'CHANGED' end as kind) change`;
}

type Compared = { readonly before: string; readonly after: string };

export async function pageChanges(
	db: Database,
	{ before, after }: Compared,
	page: { readonly kinds: readonly ChangeKind[]; readonly limit: number; readonly afterPath: string | null },
): Promise<ChangeRow[]> {
	const further = page.afterPath === null ? sql`` : sql`and path > ${page.afterPath}`;
	const query = sql<ChangeRow>`
		select path, change.kind, b.size as "sizeBefore", a.size as "sizeAfter" from ${sideBySide(before, after)}
		where change.kind = any(${[...page.kinds]}::text[]) ${further} order by path limit ${page.limit}`;
	return (await named("artifact.pageChanges", query).execute(db)).rows;
}

export async function countChanges(db: Database, { before, after }: Compared): Promise<ChangeTotal[]> {
	const query = sql<ChangeTotal>`
		select change.kind, count(*), coalesce(sum(b.size), 0)::bigint as "sizeBefore", coalesce(sum(a.size), 0)::bigint as "sizeAfter"
		from ${sideBySide(before, after)} where change.kind is not null group by 1 order by 1`;
	return (await named("artifact.countChanges", query).execute(db)).rows;
}
