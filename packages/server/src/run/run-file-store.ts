import { sql } from "kysely";
import type { Completing } from "../blob/index.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

export type AnnouncedFile = { readonly id: string; readonly name: string; readonly mimetype: string | null };

/**
 * Notes that files of the run of that name will come; what is known of those that are there already stays. Answers with
 * the run's id, or undefined where there is no such run.
 */
export async function announceRunFiles(
	db: Database,
	run: { readonly projectId: string; readonly name: string },
	announced: { readonly files: readonly AnnouncedFile[]; readonly now: Date },
): Promise<string | undefined> {
	const { files, now } = announced;
	const { rows } = await named(
		"run.announceFiles",
		sql<{ id: string }>`with owner as (
				select id from run where project_id = ${run.projectId} and name = ${run.name} and deleted_at is null for key share),
			announced as (insert into run_file (run_id, id, name, mimetype, created_at, updated_at)
				select owner.id, f.id, f.name, f.mimetype, ${now}::timestamptz, ${now}::timestamptz
				from owner cross join unnest(${files.map((file) => file.id)}::uuid[], ${files.map((file) => file.name)}::text[],
					${files.map((file) => file.mimetype)}::text[]) as f(id, name, mimetype)
				on conflict (run_id, name) do nothing)
			select id from owner`,
	).execute(db);
	return rows[0]?.id;
}

export type ReceivedFile = AnnouncedFile & {
	readonly runId: string;
	readonly sha256: string;
	readonly md5Hex: string;
	readonly size: number;
	readonly now: Date;
};

/** Notes the bytes that a file has now; nothing where its run was deleted meanwhile. */
export function savingRunFile(file: ReceivedFile): Completing {
	return (possessed) => sql`insert into run_file (run_id, id, name, sha256, md5, size, mimetype, created_at, updated_at)
		select owner.id, ${file.id}::uuid, ${file.name}::text, ${file.sha256}::text, ${file.md5Hex}::text,
			${file.size}::bigint, ${file.mimetype}::text, ${file.now}::timestamptz, ${file.now}::timestamptz
		from ${possessed}, (select id from run where id = ${file.runId} and deleted_at is null for key share) owner
		on conflict (run_id, name) do update set sha256 = excluded.sha256, md5 = excluded.md5,
			size = excluded.size, updated_at = excluded.updated_at
		returning run_id`;
}

export async function deleteFilesOfRun(
	db: Database,
	runIds: readonly string[],
	fileIds: readonly string[],
): Promise<void> {
	await named(
		"run.deleteFiles",
		sql`delete from run_file where id = any(${[...fileIds]}::uuid[]) and run_id = any(${[...runIds]}::uuid[])`,
	).execute(db);
}

/** Which of these names have their bytes. */
export async function findArrivedNames(db: Database, runId: string, names: readonly string[]): Promise<Set<string>> {
	const { rows } = await named(
		"run.findArrivedNames",
		sql<{ name: string }>`select name from run_file
			where run_id = ${runId} and name = any(${[...names]}::text[]) and sha256 is not null`,
	).execute(db);
	return new Set(rows.map((row) => row.name));
}
