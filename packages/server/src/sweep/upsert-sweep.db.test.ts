import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx, Services } from "../context.ts";
import { findProject } from "../project/index.ts";
import { makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { findSweepByName } from "./find-sweep.ts";
import { countSweeps, listSweeps } from "./list-sweeps.ts";
import { upsertSweep } from "./upsert-sweep.ts";

let database: TestDatabase;
let services: Services;
let ctx: Ctx;

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db);
	ctx = await (await makeUser(services)).ctx();
});
afterAll(async () => {
	await database?.drop();
});

const config = "method: bayes\nmetric:\n  name: loss\n  goal: minimize\n";

test("a sweep comes with its project and an id of 8 characters, its configuration as it was sent", async () => {
	const { sweep, project } = await upsertSweep(ctx, { projectName: "new", config, displayName: "mine" });
	expect(sweep).toMatchObject({
		config,
		method: "bayes",
		state: "PENDING",
		displayName: "mine",
		projectId: project.id,
	});
	expect(sweep.name).toMatch(/^[a-z0-9]{8}$/);
	expect(await findSweepByName(ctx, project, sweep.name)).toEqual(sweep);
	expect(await findSweepByName(ctx, project, "x\u0000")).toBeNull();
	await expect(upsertSweep(ctx, { projectName: "new" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("its state changes by id, nothing else with it", async () => {
	const { sweep } = await upsertSweep(ctx, { projectName: "states", config });
	const change = async (state: string) => (await upsertSweep(ctx, { id: sweep.id, state })).sweep;
	expect(await change("RUNNING")).toMatchObject({ state: "RUNNING", config, method: "bayes", name: sweep.name });
	expect((await change("PAUSED")).state).toBe("PAUSED");
	expect((await change("FINISHED")).state).toBe("FINISHED");
	await expect(change("PAUSED")).rejects.toMatchObject({ code: "CONFLICT" });
	await expect(change("gone")).rejects.toMatchObject({ code: "INVALID_INPUT" });
	expect((await change("RUNNING")).state).toBe("RUNNING");
});

test("a project lists its sweeps page by page, newest first", async () => {
	const made: string[] = [];
	for (let at = 0; at < 5; at++) made.push((await upsertSweep(ctx, { projectName: "many", config })).sweep.name);
	const project = await findProject(ctx, { entityName: null, projectName: "many" });
	if (project === null) throw new Error("the project was made with its first sweep");
	const seen: string[] = [];
	for (let after: string | null = null, more = true; more; ) {
		const page = await listSweeps(ctx, project, { first: 2, after, filters: "{}" });
		if (page === null) throw new Error("the project is one's own");
		seen.push(...page.rows.map(({ name }) => name));
		expect(page.total).toBe(5);
		[after, more] = [page.endCursor, page.hasNextPage];
	}
	expect(seen).toEqual(made.toReversed());
	await expect(listSweeps(ctx, project, { filters: '{"method": "grid"}' })).rejects.toMatchObject({
		code: "NOT_IMPLEMENTED",
	});
	const stranger = await (await makeUser(services)).ctx();
	expect([await listSweeps(stranger, project, {}), await countSweeps(stranger, project)]).toEqual([null, 0]);
	const { sweep } = await upsertSweep(ctx, { projectName: "many", config });
	await expect(upsertSweep(stranger, { id: sweep.id, state: "CANCELED" })).rejects.toMatchObject({ code: "NOT_FOUND" });
	expect(await findSweepByName(stranger, project, sweep.name)).toBeNull();
});
