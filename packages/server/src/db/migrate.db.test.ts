import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SetupError } from "../errors.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { migrate } from "./migrate.ts";

let test: TestDatabase;
let folder: string;
beforeEach(async () => {
	test = await createTestDatabase({ empty: true });
	folder = await mkdtemp(join(tmpdir(), "keifu-migrations-"));
});
afterEach(async () => {
	await test.drop();
	await rm(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);

async function tables(): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select table_name as name from information_schema.tables
		where table_schema = 'public' and table_name not like 'keifu%' order by 1`.execute(test.db);
	return rows.map((row) => row.name);
}

describe("migrate", () => {
	it("brings an empty database to this build's schema, and has nothing to do the second time", async () => {
		const steps: string[] = [];
		const done = await migrate(test.db, { say: (step) => steps.push(step) });
		expect(done[0]).toBe("0001_identity");
		expect(steps).toHaveLength(1);
		expect(await tables()).toContain("artifact");
		expect(await migrate(test.db, { say: (step) => steps.push(step) })).toEqual([]);
		expect(steps).toHaveLength(1);
	});

	it("runs several statements of a file, files in the order of their numbers, other files not at all", async () => {
		await write("0002_b.sql", "insert into a values (';'); -- a comment; with a semicolon\n");
		await write("0001_a.sql", "create table a (t text);\ncreate index a_t on a (t);\n");
		await write("notes.md", "no SQL");
		expect(await migrate(test.db, { folder })).toEqual(["0001_a", "0002_b"]);
		expect((await sql`select t from a`.execute(test.db)).rows).toEqual([{ t: ";" }]);
	});

	it("lets two servers start at once: each migration runs once", async () => {
		await write("0001_a.sql", "create table a (t text); insert into a values ('once');");
		const done = await Promise.all([migrate(test.db, { folder }), migrate(test.db, { folder })]);
		expect(done.flat()).toEqual(["0001_a"]);
		expect((await sql`select t from a`.execute(test.db)).rows).toHaveLength(1);
	});

	it("names the file and the line of a mistake, and leaves nothing of it", async () => {
		await write("0001_a.sql", "create table a (t text);");
		await write("0002_bad.sql", "create table b (t text);\ncreate tabel c (t text);\n");
		const attempt = migrate(test.db, { folder });
		await expect(attempt).rejects.toBeInstanceOf(SetupError);
		await expect(attempt).rejects.toThrow(/0002_bad\.sql.*tabel.*line 2/);
		expect(await tables()).not.toContain("b");
	});

	it("refuses a database that a newer build has written", async () => {
		await write("0001_a.sql", "create table a (t text);");
		await write("0002_newer.sql", "create table b (t text);");
		await migrate(test.db, { folder });
		await rm(join(folder, "0002_newer.sql"));
		const attempt = migrate(test.db, { folder });
		await expect(attempt).rejects.toBeInstanceOf(SetupError);
		await expect(attempt).rejects.toThrow(/newer Keifu.*0001_a.*0002_newer.*backup/);
	});
});
