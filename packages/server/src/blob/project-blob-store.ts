import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { DomainError } from "../errors.ts";

/** Bytes that a project possesses. */
export type ProjectBlob = { readonly sha256: string; readonly size: number };

export type BlobOfProject = {
	readonly projectId: string;
	readonly sha256: string;
	readonly md5Hex: string;
	readonly size: number;
};

const foreignKeyViolation = "23503";
/** Digests asked for in one query. */
const batchSize = 10_000;

/**
 * Records that a project possesses verified bytes; recording twice changes nothing. One statement, so it needs no
 * transaction of its own. CONFLICT when the project holds other bytes of the same MD5, GONE when there is no such project.
 */
export async function recordBlob(db: Database, blob: BlobOfProject): Promise<void> {
	const query = named(
		"blob.record",
		sql<{ sha256: string }>`
			with bytes as (
				insert into blob (sha256, md5, size) values (${blob.sha256}, ${blob.md5Hex}, ${blob.size})
				on conflict (sha256) do nothing
			)
			insert into project_blob (project_id, md5, sha256, size)
			values (${blob.projectId}, ${blob.md5Hex}, ${blob.sha256}, ${blob.size})
			on conflict (project_id, md5) do nothing
			returning sha256`,
	);
	const { rows } = await query.execute(db).catch((error: unknown) => {
		throw isForeignKeyViolation(error)
			? new DomainError("GONE", "The project this upload was for was deleted meanwhile.", { cause: error })
			: error;
	});
	if (rows.length > 0) {
		return;
	}
	const held = (await findProjectBlobs(db, blob.projectId, [blob.md5Hex])).get(blob.md5Hex);
	if (held !== undefined && held.sha256 !== blob.sha256) {
		throw new DomainError(
			"CONFLICT",
			`The project holds other bytes with the same MD5 digest ${blob.md5Hex}: a forged collision. ` +
				"Change the file by at least one byte, or log it to another project.",
		);
	}
}

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

function isForeignKeyViolation(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === foreignKeyViolation;
}
