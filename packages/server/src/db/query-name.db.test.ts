import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { afterKey } from "./page.ts";
import { openPool } from "./pool.ts";
import { named } from "./query-name.ts";

let test: TestDatabase;
beforeAll(async () => {
	test = await createTestDatabase();
});
afterAll(async () => {
	await test.drop();
});

const user = {
	id: "0190163d-8694-739b-aea5-966c26f8ad90",
	username: "Ann",
	username_key: "ann",
	email: "ann@example.org",
	name: "Ann",
	default_entity_id: "0190163d-8694-739b-aea5-966c26f8ad91",
};

describe("named", () => {
	it("puts the name into every kind of query without changing what it does", async () => {
		const { db } = test;
		const queries = {
			insert: named("t.insert", db.insertInto("user_account").values(user).returning("id")),
			update: named("t.update", db.updateTable("user_account").set({ name: "Anna" }).where("id", "=", user.id)),
			select: named("t.select", db.selectFrom("user_account").select("name").where("id", "=", user.id).forUpdate()),
			delete: named("t.delete", db.deleteFrom("user_account").where("id", "=", user.id)),
		};
		for (const [kind, query] of Object.entries(queries)) expect(query.compile().sql).toContain(`/* t.${kind} */`);
		expect(await queries.insert.executeTakeFirstOrThrow()).toEqual({ id: user.id });
		expect((await queries.update.executeTakeFirstOrThrow()).numUpdatedRows).toBe(1n);
		expect(await queries.select.execute()).toEqual([{ name: "Anna" }]);
		expect((await queries.delete.executeTakeFirstOrThrow()).numDeletedRows).toBe(1n);
		const raw = named("t.raw", sql<{ sum: number }>`select ${1}::int + ${2}::int as sum`);
		expect((await raw.execute(db)).rows).toEqual([{ sum: 3 }]);
	});

	it("refuses a name that could close the comment", () => {
		expect(() => named("a */ drop table run; /*", test.db.selectFrom("run").selectAll())).toThrow(TypeError);
	});

	it("tells the hooks which query took how long", async () => {
		const seen: string[] = [];
		const slow: string[] = [];
		const db = openPool(
			{ connectionString: test.url, max: 1 },
			{ onQuery: (name) => seen.push(name), onSlowQuery: (name) => slow.push(name) },
		);
		try {
			await named("t.quick", sql`select 1`).execute(db);
			await named("t.slow", sql`select pg_sleep(0.6)`).execute(db);
			await sql`select 1`.execute(db);
			await expect(named("t.wrong", sql`select 1/0`).execute(db)).rejects.toThrow("division by zero");
		} finally {
			await db.destroy();
		}
		expect(seen).toEqual(["t.quick", "t.slow", "unnamed", "t.wrong"]);
		expect(slow).toEqual(["t.slow"]);
	});
});

describe("the pool", () => {
	it("reads bigint as a number and refuses one that does not fit", async () => {
		const { rows } = await sql<{ n: number; at: Date }>`
			select 9007199254740991::bigint as n, '2026-01-02T03:04:05.678Z'::timestamptz as at`.execute(test.db);
		expect(rows).toEqual([{ n: 9_007_199_254_740_991, at: new Date("2026-01-02T03:04:05.678Z") }]);
		await expect(sql`select 9007199254740993::bigint`.execute(test.db)).rejects.toThrow("does not fit");
	});

	it("goes on after the server has dropped a connection in the middle of a transaction", async () => {
		const db = openPool({ connectionString: test.url, max: 2 }, {});
		try {
			const interrupted = db.transaction().execute(async (trx) => {
				const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
				await sql`select pg_terminate_backend(${own.rows[0]?.pid}, 5000)`.execute(db);
				await new Promise((resolve) => setTimeout(resolve, 50));
				await sql`select 1`.execute(trx);
			});
			await expect(interrupted).rejects.toThrow();
			expect((await sql<{ n: number }>`select 1 as n`.execute(db)).rows).toEqual([{ n: 1 }]);
		} finally {
			await db.destroy();
		}
	});
});

describe("afterKey", () => {
	it("continues a list behind a row, in both directions", async () => {
		const { db } = test;
		const at = new Date("2026-01-01T00:00:00Z");
		const list = (direction: "asc" | "desc", key: [Date, string]) =>
			named(
				"t.page",
				sql<{ b: string }>`select b from (values (${at}::timestamptz, 'x'), (${at}, 'y'), (${at}, 'z')) as t (a, b)
					where ${afterKey(["a", "b"], key, direction)} order by a, b`,
			).execute(db);
		expect((await list("asc", [at, "x"])).rows).toEqual([{ b: "y" }, { b: "z" }]);
		expect((await list("desc", [at, "y"])).rows).toEqual([{ b: "x" }]);
	});
});
