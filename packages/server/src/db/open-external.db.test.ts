import { sql } from "kysely";
import { expect, it } from "vitest";
import { SetupError } from "../errors.ts";
import { createTestDatabase } from "../testing/test-db.ts";
import { openExternal } from "./open-external.ts";

it("opens the database that the address names, and closes once however often it is asked", async () => {
	const test = await createTestDatabase();
	try {
		const database = await openExternal(test.url);
		expect(database.kind).toBe("external");
		expect((await sql<{ n: number }>`select count(*) as n from user_account`.execute(database.db)).rows).toEqual([
			{ n: 0 },
		]);
		await Promise.all([database.close(), database.close()]);
	} finally {
		await test.drop();
	}
});

it.each(["postgres://keifu:geheim@127.0.0.1:1/none", "postgres://keifu:geheim@/none?host=/nowhere", "no address"])(
	"names the setting and not the password when nothing answers at %s",
	async (url) => {
		const attempt = openExternal(url);
		await expect(attempt).rejects.toBeInstanceOf(SetupError);
		await expect(attempt).rejects.toThrow(/^KEIFU_DATABASE_URL(?!.*geheim)/);
	},
);
