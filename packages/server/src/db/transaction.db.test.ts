import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import type { Database } from "./database.ts";
import { afterTransaction, inTransaction } from "./transaction.ts";

let test: TestDatabase;
beforeAll(async () => {
	test = await createTestDatabase({ empty: true });
	await sql`create table counter (id text primary key, n int not null)`.execute(test.db);
});
afterAll(async () => {
	await test.drop();
});
beforeEach(async () => {
	await sql`truncate counter`.execute(test.db);
	await sql`insert into counter values ('a', 0), ('b', 0)`.execute(test.db);
});

async function countOf(db: Database, id: string): Promise<number | undefined> {
	return (await sql<{ n: number }>`select n from counter where id = ${id}`.execute(db)).rows[0]?.n;
}

async function add(db: Database, id: string): Promise<void> {
	await sql`update counter set n = n + 1 where id = ${id}`.execute(db);
}

/** Raises an error of the given SQLSTATE in the transaction, as the server itself would. */
async function fail(db: Database, state: string): Promise<void> {
	await sql.raw(`do $$ begin raise exception 'made up' using errcode = '${state}'; end $$`).execute(db);
}

describe("inTransaction", () => {
	it("keeps the rest of the context and answers what the work answers", async () => {
		const answer = await inTransaction({ db: test.db, colour: "green" }, async (ctx) => {
			await add(ctx.db, "a");
			expect(await countOf(test.db, "a")).toBe(0);
			return ctx.colour;
		});
		expect(answer).toBe("green");
		expect(await countOf(test.db, "a")).toBe(1);
	});

	it("undoes everything when the work fails, the joined inner part as well", async () => {
		const work = inTransaction({ db: test.db }, async (outer) => {
			await add(outer.db, "a");
			await inTransaction(outer, async (inner) => {
				expect(inner).toBe(outer);
				await add(inner.db, "b");
			});
			throw new Error("no");
		});
		await expect(work).rejects.toThrow("no");
		expect([await countOf(test.db, "a"), await countOf(test.db, "b")]).toEqual([0, 0]);
	});

	it.each(["40001", "40P01"])("runs the whole work again on %s", async (state) => {
		let runs = 0;
		await inTransaction({ db: test.db }, async (ctx) => {
			await add(ctx.db, "a");
			if (++runs < 3) await inTransaction(ctx, async (inner) => fail(inner.db, state));
		});
		expect(runs).toBe(3);
		expect(await countOf(test.db, "a")).toBe(1);
	});

	it("gives up after five more tries, and at once on other errors", async () => {
		let runs = 0;
		const attempt = (state: string) =>
			inTransaction({ db: test.db }, async (ctx) => {
				runs++;
				await fail(ctx.db, state);
			});
		await expect(attempt("40001")).rejects.toMatchObject({ code: "40001" });
		expect(runs).toBe(6);
		runs = 0;
		await expect(attempt("23505")).rejects.toMatchObject({ code: "23505" });
		expect(runs).toBe(1);
	});

	it("gets both sides of a real deadlock through", async () => {
		let arrived = 0;
		let open = () => {};
		const both = new Promise<void>((resolve) => {
			open = resolve;
		});
		const cross = (first: string, second: string) => {
			let tries = 0;
			return inTransaction({ db: test.db }, async (ctx) => {
				await add(ctx.db, first);
				if (tries++ === 0) {
					if (++arrived === 2) open();
					await both;
				}
				await add(ctx.db, second);
			});
		};
		await Promise.all([cross("a", "b"), cross("b", "a")]);
		expect([await countOf(test.db, "a"), await countOf(test.db, "b")]).toEqual([2, 2]);
	});
});

describe("afterTransaction", () => {
	it("waits for the outermost transaction to end, and does it at once where there is none", async () => {
		const said: string[] = [];
		await inTransaction({ db: test.db }, async (outer) => {
			await inTransaction(outer, async (inner) => {
				await add(inner.db, "a");
				afterTransaction(inner, () => said.push("end"));
			});
			said.push("work");
		});
		afterTransaction({ db: test.db }, () => said.push("at once"));
		expect(said).toEqual(["work", "end", "at once"]);
	});

	it("happens after a failure too: a commit may have gone through and only its answer been lost", async () => {
		let ended = 0;
		const work = inTransaction({ db: test.db }, async (ctx) => {
			afterTransaction(ctx, () => ended++);
			throw new Error("no");
		});
		await expect(work).rejects.toThrow("no");
		expect(ended).toBe(1);
	});
});
