import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import { makeProject, makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { listSweeps } from "./list-sweeps.ts";
import { upsertSweep } from "./upsert-sweep.ts";

let database: TestDatabase;
let ctx: Ctx;
let list: (filters?: string) => Promise<{ total: number; names: string[] }>;
const names: string[] = [];

beforeAll(async () => {
	database = await createTestDatabase();
	const services = testServices(database.db);
	const user = await makeUser(services);
	const project = await makeProject(services, { by: user, name: "p" });
	ctx = await user.ctx();
	for (const state of ["PENDING", "RUNNING", "RUNNING"]) {
		const { sweep } = await upsertSweep(ctx, { projectName: "p", entityName: null, config: "method: grid", state });
		names.push(sweep.name);
	}
	list = async (filters) => {
		const page = await listSweeps(ctx, project, { filters });
		return { total: page?.total ?? -1, names: (page?.rows ?? []).map((sweep) => sweep.name) };
	};
});
afterAll(async () => {
	await database?.drop();
});

test("no filter at all gives every sweep", async () => {
	const all = { total: 3, names: [...names].reverse() };
	for (const filters of [undefined, "", "{}", " { } ", "null"]) expect(await list(filters)).toEqual(all);
});

test("name and state filter by equality, the total too", async () => {
	expect(await list('{"state": "running"}')).toEqual({ total: 2, names: names.slice(1).reverse() });
	expect(await list(`{"name": {"$eq": "${names[0]}"}}`)).toEqual({ total: 1, names: names.slice(0, 1) });
	expect(await list(`{"name": "${names[0]}", "state": "RUNNING"}`)).toEqual({ total: 0, names: [] });
});

test.each(['{"state": {"$ne": "RUNNING"}}', '{"$or": []}', '{"method": "grid"}', "[]", "3"])(
	"%s is refused",
	async (filters) => {
		await expect(list(filters)).rejects.toMatchObject({ code: "NOT_IMPLEMENTED" });
	},
);

test("what is no JSON is refused as such", async () => {
	await expect(list("{")).rejects.toMatchObject({ code: "INVALID_INPUT" });
});
