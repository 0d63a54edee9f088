import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import type { Database } from "./database.ts";
import { openPool } from "./pool.ts";
import { inTransaction } from "./transaction.ts";

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
	database = await createTestDatabase({ empty: true });
	db = openPool({ connectionString: database.url, max: 1 }, {});
	await sql`create table item (id int primary key)`.execute(db);
});
afterAll(async () => {
	await db.destroy();
	await database.drop();
});

const idsIn = async (from: Database) =>
	(await sql<{ id: number }>`select id from item where id > ${0} order by id`.execute(from)).rows.map(({ id }) => id);
const insert = async (into: Database, id: number) => await sql`insert into item values (${id})`.execute(into);

describe("a transaction whose beginning leaves with its first query", () => {
	it("is one: what it wrote is there as a whole, and at the isolation asked for", async () => {
		await inTransaction({ db }, async (tx) => {
			const { rows } = await sql<{ level: string; inside: boolean }>`
				select current_setting('transaction_isolation') as level,
					now() <> statement_timestamp() or ${true}::bool as inside`.execute(tx.db);
			expect(rows).toEqual([{ level: "read committed", inside: true }]);
			await insert(tx.db, 1);
			await insert(tx.db, 2);
			expect(await idsIn(database.db)).toEqual([]);
		});
		expect(await idsIn(db)).toEqual([1, 2]);
	});

	it("is undone when a later query fails, and when the first one does", async () => {
		const failing = inTransaction({ db }, async (tx) => {
			await insert(tx.db, 3);
			await insert(tx.db, 3);
		});
		await expect(failing).rejects.toMatchObject({ code: "23505" });
		await expect(inTransaction({ db }, async (tx) => await insert(tx.db, 1))).rejects.toMatchObject({ code: "23505" });
		expect(await idsIn(db)).toEqual([1, 2]);
		// The only connection is fit for use, outside a transaction and in the next one.
		await inTransaction({ db }, async (tx) => await insert(tx.db, 4));
		expect(await idsIn(database.db)).toEqual([1, 2, 4]);
	});

	it("that does nothing leaves the connection as it was", async () => {
		expect(await inTransaction({ db }, async () => "done")).toBe("done");
		const work = inTransaction({ db }, async () => {
			throw new Error("no");
		});
		await expect(work).rejects.toThrow("no");
		await insert(db, 5);
		expect(await idsIn(database.db)).toEqual([1, 2, 4, 5]);
	});

	it("answers its queries in order, also those asked side by side, prepared or not", async () => {
		for (let round = 0; round < 6; round++) {
			const answers = await inTransaction({ db }, async (tx) => {
				const asked = Array.from({ length: 5 }, async (_, n) => {
					const query = sql<{ n: number }>`select ${n}::int as n`;
					return (await query.execute(tx.db)).rows[0]?.n;
				});
				return await Promise.all(asked);
			});
			expect(answers).toEqual([0, 1, 2, 3, 4]);
		}
	});

	it("refuses a value that cannot be sent without harm to the connection", async () => {
		const cyclic: { self?: unknown } = {};
		cyclic.self = cyclic;
		const bad = inTransaction({ db }, async (tx) => await sql`select ${cyclic}::json`.execute(tx.db));
		await expect(bad).rejects.toThrow(/circular/i);
		expect(await idsIn(db)).toEqual([1, 2, 4, 5]);
	});

	it("fails, and not silently, when the connection is lost before or in it", async () => {
		const lost = inTransaction({ db }, async (tx) => {
			const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.db);
			await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.db);
			await insert(tx.db, 6);
		});
		await expect(lost).rejects.toThrow();
		expect(await idsIn(db)).toEqual([1, 2, 4, 5]);
	});
});
