import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

/** Bytes that a project possesses under a verified XXH128 digest. */
export type Xxh128Blob = { readonly sha256: string; readonly md5Hex: string; readonly size: number };

type Recorded = {
	readonly projectId: string;
	readonly xxh128Hex?: string | undefined;
	readonly sha256: string;
	readonly size: number;
};

/** Names a digest in a project, among those that `recordXxh128s` answers with. */
export const xxh128Key = (projectId: string, xxh128Hex: string) => `${projectId}${xxh128Hex}`;

/** Which of these XXH128 digests (hex) a project possesses bytes for, by digest. */
export async function findProjectXxh128Blobs(
	db: Database,
	projectId: string,
	digests: readonly string[],
): Promise<Map<string, Xxh128Blob>> {
	if (digests.length === 0) return new Map();
	const query = sql<Xxh128Blob & { xxh128: string }>`
		select x.xxh128, x.sha256, b.md5 as "md5Hex", x.size from project_blob_xxh128 x join blob b on b.sha256 = x.sha256
		where x.project_id = ${projectId} and x.xxh128 = any(${[...digests]}::text[])`;
	const { rows } = await named("blob.xxh128OfProject", query).execute(db);
	return new Map(rows.map(({ xxh128, ...blob }) => [xxh128, { ...blob, size: Number(blob.size) }]));
}

/**
 * Records by which digests projects possess bytes, where these came with one; whose bytes each names by then, by
 * `xxh128Key`. Recording twice changes nothing; the order of the keys keeps two writers from a deadlock.
 */
export async function recordXxh128s(db: Database, blobs: readonly Recorded[]): Promise<ReadonlyMap<string, string>> {
	const named128 = blobs.flatMap((blob) =>
		blob.xxh128Hex === undefined ? [] : [{ ...blob, xxh128Hex: blob.xxh128Hex }],
	);
	if (named128.length === 0) return new Map();
	const [projectIds, digests] = [named128.map((blob) => blob.projectId), named128.map((blob) => blob.xxh128Hex)];
	const [sha256s, sizes] = [named128.map((blob) => blob.sha256), named128.map((blob) => blob.size)];
	const given = sql`unnest(${projectIds}::uuid[], ${digests}::text[], ${sha256s}::text[], ${sizes}::bigint[])
		as given (project_id, xxh128, sha256, size)`;
	const insert = sql`
		insert into project_blob_xxh128 (project_id, xxh128, sha256, size)
		select distinct on (project_id, xxh128) * from ${given} order by project_id, xxh128
		on conflict (project_id, xxh128) do nothing`;
	await named("blob.recordXxh128", insert).execute(db);
	// A statement of its own: it sees what others wrote while the first one waited for them.
	const held = sql<{ key: string; sha256: string }>`
		select held.project_id || held.xxh128 as key, held.sha256 from project_blob_xxh128 held join ${given} using (project_id, xxh128)`;
	const { rows } = await named("blob.recordedXxh128", held).execute(db);
	return new Map(rows.map(({ key, sha256 }) => [key, sha256]));
}
