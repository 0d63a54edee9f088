import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { type Migration, type MigrationProvider, Migrator } from "kysely/migration";
import { SetupError } from "../errors.ts";
import type { Database } from "./database.ts";
import { named } from "./query-name.ts";

const migrationTable = "keifu_migration";
const ownFolder = fileURLToPath(new URL("./migrations/", import.meta.url));

export type MigrateOptions = {
	/** Where the numbered `.sql` files are; a test gives its own. */
	readonly folder?: string;
	/** Told once when there is something to do. */
	readonly say?: (step: string) => void;
};

/** Brings the database to this build's schema, under the Migrator's lock; answers the names of the files it ran. */
export async function migrate(db: Database, options: MigrateOptions = {}): Promise<string[]> {
	const folder = options.folder ?? ownFolder;
	const migrations = await readMigrations(folder);
	const known = Object.keys(migrations);
	const done = await executedMigrations(db);
	refuseNewerDatabase(known, done);
	const pending = known.filter((name) => !done.includes(name));
	if (pending.length > 0) options.say?.(`bringing the database up to date (${pending.join(", ")})`);

	const provider: MigrationProvider = { getMigrations: async () => migrations };
	const migrator = new Migrator({
		db,
		provider,
		migrationTableName: migrationTable,
		migrationLockTableName: `${migrationTable}_lock`,
	});
	const { error, results } = await migrator.migrateToLatest();
	if (error !== undefined) {
		// Another, newer server may have migrated between our look and our turn under the lock.
		refuseNewerDatabase(known, await executedMigrations(db));
		const failed = results?.find((result) => result.status === "Error")?.migrationName;
		const reason = `${error instanceof Error ? error.message : String(error)}${await lineOf(error, folder, failed)}`;
		throw new SetupError(
			failed === undefined
				? `The database could not be brought up to date: ${reason}.`
				: `Migration ${failed}.sql failed: ${reason}. Nothing was changed by it; the previous release still runs on this database.`,
			{ cause: error },
		);
	}
	return (results ?? []).filter((result) => result.status === "Success").map((result) => result.migrationName);
}

async function readMigrations(folder: string): Promise<Record<string, Migration>> {
	const files = (await readdir(folder)).filter((file) => /^\d{4}_[a-z0-9_-]+\.sql$/.test(file)).sort();
	const entries = await Promise.all(
		files.map(async (file): Promise<[string, Migration]> => {
			const text = await readFile(join(folder, file), "utf8");
			// Without parameters pg uses the simple protocol, which takes several statements at once.
			return [file.slice(0, -".sql".length), { up: async (db) => void (await sql.raw(text).execute(db)) }];
		}),
	);
	return Object.fromEntries(entries);
}

/** PostgreSQL counts the place of a mistake in characters; a reader wants the line. */
async function lineOf(error: unknown, folder: string, name: string | undefined): Promise<string> {
	if (name === undefined || !(error instanceof Error) || !("position" in error)) return "";
	const before = (await readFile(join(folder, `${name}.sql`), "utf8")).slice(0, Number(error.position));
	return `, line ${before.split("\n").length}`;
}

async function executedMigrations(db: Database): Promise<string[]> {
	const table = await named(
		"db.findMigrationTable",
		sql<{ found: boolean }>`select to_regclass(${migrationTable}) is not null as found`,
	).execute(db);
	if (table.rows[0]?.found !== true) return [];
	const done = await named(
		"db.listMigrations",
		sql<{ name: string }>`select name from ${sql.table(migrationTable)} order by name`,
	).execute(db);
	return done.rows.map((row) => row.name);
}

function refuseNewerDatabase(known: readonly string[], done: readonly string[]): void {
	const unknown = done.filter((name) => !known.includes(name));
	if (unknown.length === 0) return;
	throw new SetupError(
		`The database was written by a newer Keifu: this build knows its schema up to ${known.at(-1) ?? "nothing"}, ` +
			`the database has ${unknown.at(-1)}. Start the newer release again, or restore a backup made before the upgrade.`,
	);
}
