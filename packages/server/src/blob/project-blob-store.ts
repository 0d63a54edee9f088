import { type RawBuilder, sql } from "kysely";
import type { PackPlace } from "../blob-store/pack-format.ts";
import { placing } from "../blob-store/pack-index-store.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { DomainError } from "../errors.ts";
import { recordXxh128s, xxh128Key } from "./project-xxh128-store.ts";

/** Bytes that a project possesses. */
export type ProjectBlob = { readonly sha256: string; readonly size: number };

export type BlobOfProject = {
	readonly projectId: string;
	readonly sha256: string;
	readonly md5Hex: string;
	/** Verified; where a manifest names the bytes by it. */
	readonly xxh128Hex?: string | undefined;
	readonly size: number;
	/** Where the blob store has just put the bytes, where that is still to be noted. */
	readonly place?: PackPlace | null;
};

const foreignKeyViolation = "23503";
/** Digests asked for in one query. */
const batchSize = 10_000;
/** Which of these MD5 digests (hex) a project possesses bytes for, by digest. */
export async function findProjectBlobs(
	db: Database,
	projectId: string,
	md5s: readonly string[],
): Promise<Map<string, ProjectBlob>> {
	const found = new Map<string, ProjectBlob>();
	for (let at = 0; at < md5s.length; at += batchSize) {
		const batch = md5s.slice(at, at + batchSize);
		const query = named(
			"blob.findOfProject",
			sql<{ md5: string; sha256: string; size: number }>`
				select md5, sha256, size from project_blob
				where project_id = ${projectId} and md5 = any(${batch}::text[])`,
		);
		const { rows } = await query.execute(db);
		for (const row of rows) {
			found.set(row.md5, { sha256: row.sha256, size: Number(row.size) });
		}
	}
	return found;
}

/** The parts of a statement that write the rows of all these; `recorded` has those that were not there before. */
function recording(blobs: readonly BlobOfProject[]): RawBuilder<unknown> {
	const [projectIds, md5s] = [blobs.map((blob) => blob.projectId), blobs.map((blob) => blob.md5Hex)];
	const [sha256s, sizes] = [blobs.map((blob) => blob.sha256), blobs.map((blob) => blob.size)];
	const packs = blobs.map(({ place }) => place?.pack ?? null);
	const starts = blobs.map(({ place }) => place?.start ?? null);
	return sql`arrived as (
			select * from unnest(${projectIds}::uuid[], ${md5s}::text[], ${sha256s}::text[], ${sizes}::bigint[],
				${packs}::uuid[], ${starts}::bigint[]) as t (project_id, md5, sha256, size, pack, start)
		), placed as (
			${placing(sql`arrived where pack is not null`)}
		), bytes as (
			insert into blob (sha256, md5, size)
			select distinct sha256, md5, size from arrived order by sha256
			on conflict (sha256) do nothing
		), recorded as (
			insert into project_blob (project_id, md5, sha256, size)
			select distinct project_id, md5, sha256, size from arrived order by project_id, md5
			on conflict (project_id, md5) do nothing
			returning project_id, md5, sha256
		)`;
}

/**
 * A part of the statement that records bytes, of the noun that waited for them: it writes its own rows, which it returns,
 * for each row of `possessed`: one, once the project has the bytes.
 */
export type Completing = (possessed: RawBuilder<unknown>) => RawBuilder<unknown>;

/** Records one upload, and in the same statement what its noun makes of it: says why not, or whether that wrote anything. */
export async function recordAndComplete(
	db: Database,
	blob: BlobOfProject,
	{ name, completing }: { readonly name: string; readonly completing: Completing },
): Promise<DomainError | boolean> {
	const { projectId, md5Hex } = blob;
	const query = sql<{ sha256: string | null; isComplete: boolean }>`
		with ${recording([blob])}, held as (
			select sha256 from recorded union all
			select sha256 from project_blob where project_id = ${projectId} and md5 = ${md5Hex}
		), possessed as (
			select from held where sha256 = ${blob.sha256}
		), completed as (${completing(sql`possessed`)})
		select (select sha256 from held limit 1) as sha256, exists (select from completed) as "isComplete"`;
	const { rows } = await named(name, query)
		.execute(db)
		.catch((error: unknown) => {
			throw isForeignKeyViolation(error) ? projectGone(error) : error;
		});
	const { sha256 = null, isComplete = false } = rows[0] ?? {};
	if (sha256 !== null) return sha256 === blob.sha256 ? isComplete : collision("MD5", md5Hex);
	// Somebody else's row, written while this statement ran.
	const held = (await findProjectBlobs(db, projectId, [md5Hex])).get(md5Hex);
	if (held !== undefined && held.sha256 !== blob.sha256) return collision("MD5", md5Hex);
	const alone = sql`with completed as (${completing(sql`(select) possessed`)}) select from completed`;
	return (await named(`${name}.alone`, alone).execute(db)).rows.length > 0;
}

/**
 * Writes the rows of all these in one statement, and says for each why not, or null. The order of the keys keeps two
 * writers from a deadlock. GONE when a project of them does not exist: then nothing is written.
 */
export async function recordAll(db: Database, blobs: readonly BlobOfProject[]): Promise<Array<DomainError | null>> {
	const query = named(
		"blob.record",
		sql<{ key: string; sha256: string }>`
			with ${recording(blobs)}
			select project_id || md5 as key, sha256 from recorded
			union all
			select arrived.project_id || arrived.md5, held.sha256 from arrived cross join lateral (
				select sha256 from project_blob b where b.project_id = arrived.project_id and b.md5 = arrived.md5 limit 1
			) held`,
	);
	const { rows } = await query.execute(db).catch((error: unknown) => {
		throw isForeignKeyViolation(error) ? projectGone(error) : error;
	});
	const byMd5 = new Map(rows.map((row) => [row.key, row.sha256]));
	const refusals = await Promise.all(
		blobs.map(async (blob) => {
			const key = `${blob.projectId}${blob.md5Hex}`;
			// In neither set: somebody else's row, written while this statement ran.
			const sha256 =
				byMd5.get(key) ?? (await findProjectBlobs(db, blob.projectId, [blob.md5Hex])).get(blob.md5Hex)?.sha256;
			return sha256 === undefined || sha256 === blob.sha256 ? null : collision("MD5", blob.md5Hex);
		}),
	);
	const held = await recordXxh128s(
		db,
		blobs.filter((_blob, at) => refusals[at] === null),
	);
	return blobs.map((blob, at) => {
		if (refusals[at] !== null || blob.xxh128Hex === undefined) return refusals[at] ?? null;
		const isSame = held.get(xxh128Key(blob.projectId, blob.xxh128Hex)) === blob.sha256;
		return isSame ? null : collision("XXH128", blob.xxh128Hex);
	});
}

function collision(algorithm: string, digest: string): DomainError {
	return new DomainError(
		"CONFLICT",
		`The project holds other bytes with the same ${algorithm} digest ${digest}: a forged collision. ` +
			"Change the file by at least one byte, or log it to another project.",
	);
}

function projectGone(cause: unknown): DomainError {
	return new DomainError("GONE", "The project this upload was for was deleted meanwhile.", { cause });
}

function isForeignKeyViolation(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === foreignKeyViolation;
}
