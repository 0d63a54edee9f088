import { sql } from "kysely";
import { SetupError } from "../errors.ts";
import type { Database, DatabaseHooks, OpenDatabase } from "./database.ts";
import { openPool } from "./pool.ts";
import { named } from "./query-name.ts";

/** Opens the PostgreSQL that `KEIFU_DATABASE_URL` names, and makes sure that it answers. */
export async function openExternal(url: string, hooks: DatabaseHooks = {}): Promise<OpenDatabase> {
	const db = await connect(url, hooks);
	let closing: Promise<void> | undefined;
	return {
		db,
		kind: "external",
		announce: async () => {},
		close: () => {
			closing ??= db.destroy();
			return closing;
		},
	};
}

async function connect(url: string, hooks: DatabaseHooks): Promise<Database> {
	let db: Database | undefined;
	try {
		// Behind this address may be a transaction pooler.
		db = openPool({ connectionString: url }, hooks, { prepare: false });
		await named("db.ping", sql`select 1`).execute(db);
		return db;
	} catch (error) {
		await db?.destroy();
		const reason = error instanceof Error ? error.message || error.name : String(error);
		throw new SetupError(
			`KEIFU_DATABASE_URL: the database does not answer (${reason}). ` +
				"Expected postgres://user:password@host:port/database of a running PostgreSQL.",
			{ cause: error },
		);
	}
}
