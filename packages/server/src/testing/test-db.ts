import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { inject } from "vitest";
import type { Database } from "../db/database.ts";
import type { EmbeddedConnection } from "../db/open-embedded.ts";
import { openPool } from "../db/pool.ts";

export type TestDatabase = {
	readonly db: Database;
	/** `postgres://` address of this database, for what opens its own connections. */
	readonly url: string;
	/** Ends the connections and removes the database. */
	drop(): Promise<void>;
};

/** A fresh, migrated database, usually one per test file: make it in `beforeAll`, drop it in `afterAll`. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
	const { connection, template } = inject("testDatabase");
	const name = `test_${randomBytes(6).toString("hex")}`;
	const source = options.empty === true ? "template0" : template;
	await administer(connection, async (admin) => {
		await sql`create database ${sql.id(name)} template ${sql.id(source)}`.execute(admin);
	});
	const db = openPool({ ...connection, database: name, max: 8 }, {});
	const { user, password, host } = connection;
	return {
		db,
		url: `postgres://${user}:${password}@/${name}?host=${encodeURIComponent(host)}`,
		drop: async () => {
			await db.destroy();
			await administer(connection, async (admin) => {
				await sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin);
			});
		},
	};
}

async function administer(connection: EmbeddedConnection, work: (admin: Database) => Promise<void>): Promise<void> {
	const admin = openPool({ ...connection, max: 1 }, {});
	try {
		await work(admin);
	} finally {
		await admin.destroy();
	}
}
