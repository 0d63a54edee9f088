import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { openExternal } from "../db/open-external.ts";
import { makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { appendRunLines } from "./append-run-lines.ts";
import { createRunFiles } from "./create-run-files.ts";
import { requireRun } from "./require-run.ts";
import { upsertRun } from "./upsert-run.ts";

// What a tiny run costs is the number of its round trips to the database.
let database: TestDatabase;
let watched: Awaited<ReturnType<typeof openExternal>>;
let ctx: Ctx;
let seen: string[] = [];

beforeAll(async () => {
	database = await createTestDatabase();
	const onQuery = (name: string) => seen.push(name);
	watched = await openExternal(database.url, { onQuery });
	const db: Database = watched.db;
	// Nothing is looked up again because of its age.
	const now = new Date();
	ctx = await (await makeUser(testServices(db, { clock: () => now }))).ctx();
	await upsertRun(ctx, { projectName: "p", name: "first" });
});
afterAll(async () => {
	await watched?.close();
	await database?.drop();
});

/** The queries of the work by name, with those that begin and end transactions. */
async function queriesOf(work: () => Promise<unknown>): Promise<string[]> {
	seen = [];
	await work();
	return seen;
}

test("every request of a run that goes as usual is one statement: its project is remembered", async () => {
	const address = { entityName: null, projectName: "p", runName: "second" };
	const upsert = { projectName: "p", name: "second", config: '{"lr": {"value": 1}}' };
	ctx.actors.forgetAll();
	expect(await queriesOf(() => upsertRun(ctx, upsert))).toEqual(["project.readProject", "run.upsert"]);
	expect(await queriesOf(() => upsertRun(ctx, upsert))).toEqual(["run.upsert"]);
	const { run } = await requireRun(ctx, address, "project.write");
	expect(await queriesOf(() => upsertRun(ctx, { id: run.id, notes: "n" }))).toEqual([
		...["run.findByIds", "project.findProjectsByIds", "run.update"],
	]);
	expect(await queriesOf(() => createRunFiles(ctx, { ...address, names: ["a", "b"] }))).toEqual(["run.announceFiles"]);
	const stream = {
		entityName: ctx.actor.kind === "user" ? ctx.actor.username : "",
		projectName: "p",
		runName: "second",
	};
	const first = { history: { offset: 0, lines: ['{"_step": 0}'] }, log: { offset: 0, lines: ["a"] }, summary: "{}" };
	// Until now the entity was the default one, unnamed.
	expect(await queriesOf(() => appendRunLines(ctx, { ...stream, ...first }))).toEqual([
		...["project.readProject", "run.appendAtEnd"],
	]);
	const last = { history: { offset: 1, lines: ['{"_step": 1}'] }, complete: true, exitCode: 0 };
	expect(await queriesOf(() => appendRunLines(ctx, { ...stream, ...last }))).toEqual(["run.appendAtEnd"]);
});
