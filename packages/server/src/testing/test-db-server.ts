import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { TestProject } from "vitest/node";
import { migrate } from "../db/migrate.ts";
import { type EmbeddedConnection, openEmbedded } from "../db/open-embedded.ts";
import { openPool } from "../db/pool.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** The server of this test run and the name of its migrated template database. */
		testDatabase: { connection: EmbeddedConnection; template: string };
	}
}

const template = "keifu_template";

/** Vitest's global set-up: one embedded server per test run, one migrated template. Answers its own tear-down. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
	const dataDir = await mkdtemp(join(tmpdir(), "keifu-test-"));
	const removeFolder = () => rm(dataDir, { recursive: true, force: true });
	try {
		const server = await openEmbedded({ dataDir, durable: false, say: () => {}, log: silentLog });
		const close = async () => {
			await server.close();
			await removeFolder();
		};
		try {
			await sql`create database ${sql.id(template)}`.execute(server.db);
			const db = openPool({ ...server.connection, database: template, max: 1 }, {});
			try {
				await migrate(db);
			} finally {
				await db.destroy();
			}
		} catch (error) {
			await close();
			throw error;
		}
		project.provide("testDatabase", { connection: server.connection, template });
		return close;
	} catch (error) {
		await removeFolder();
		throw error;
	}
}

/** What a test hears of its database server: nothing; the queries themselves tell what goes wrong. */
export const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
