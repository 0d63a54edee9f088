import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

/** What stands behind the GraphQL type File, whoever has it: a run, a version, an upload. */
export type FileNode = {
	/** The global id, as it goes over the wire. */
	readonly id: string;
	readonly name: string;
	readonly displayName: string;
	readonly sha256: string | null;
	readonly size: number;
	readonly mimetype: string | null;
	readonly updatedAt: Date;
	readonly md5Hex: string | null;
	readonly digest: string | null;
	/** Self-authorising. */
	readonly directUrl: string;
	/** Fetched with the viewer's own credentials. */
	readonly url: string | null;
	readonly uploadUrl: string | null;
	readonly uploadHeaders: string[];
	readonly storagePath: string | null;
};

/** A file of a run whose bytes are here. */
export type RunFileRow = {
	readonly id: string;
	readonly name: string;
	readonly sha256: string;
	readonly md5Hex: string;
	readonly size: number;
	readonly mimetype: string | null;
	readonly updatedAt: Date;
};

export type RunFileSearch = {
	readonly runId: string;
	/** Empty: all. */
	readonly names: readonly string[];
	/** Of SQL's LIKE, without an escape character. */
	readonly pattern: string | null;
};

const columns = sql`f.id, f.name, f.sha256, f.md5 as "md5Hex", f.size, f.mimetype, f.updated_at as "updatedAt"`;

function condition(search: RunFileSearch) {
	const names = search.names.length === 0 ? sql`` : sql` and f.name = any(${[...search.names]}::text[])`;
	// Without an escape character there is no pattern that PostgreSQL refuses.
	const pattern = search.pattern === null ? sql`` : sql` and f.name like ${search.pattern} escape ''`;
	return sql`f.run_id = ${search.runId} and f.sha256 is not null${names}${pattern}`;
}

export async function listRunFileRows(
	db: Database,
	search: RunFileSearch,
	page: { readonly limit: number; readonly after: readonly [string] | null },
): Promise<RunFileRow[]> {
	const after = page.after === null ? sql`` : sql` and f.name > ${page.after[0]}`;
	const { rows } = await named(
		"run.listFiles",
		sql<RunFileRow>`select ${columns} from run_file f where ${condition(search)}${after}
			order by f.name limit ${page.limit}`,
	).execute(db);
	return rows;
}

/** Whose these files are, as far as they exist and their bytes are here. */
export async function findRunIdsOfFiles(
	db: Database,
	fileIds: readonly string[],
): Promise<{ readonly fileCount: number; readonly runIds: readonly string[] }> {
	const { rows } = await named(
		"run.findRunsOfFiles",
		sql<{ runId: string; count: number }>`select run_id as "runId", count(*)::int as count from run_file
			where id = any(${[...fileIds]}::uuid[]) and sha256 is not null group by run_id`,
	).execute(db);
	return { fileCount: rows.reduce((sum, row) => sum + row.count, 0), runIds: rows.map((row) => row.runId) };
}

export async function countRunFiles(db: Database, search: RunFileSearch): Promise<number> {
	const { rows } = await named(
		"run.countFiles",
		sql<{ count: number }>`select count(*)::int as count from run_file f where ${condition(search)}`,
	).execute(db);
	return rows[0]?.count ?? 0;
}
