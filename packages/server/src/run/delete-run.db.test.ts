import { graphql } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordCompletely } from "../blob/index.ts";
import type { Ctx, Services } from "../context.ts";
import { buildSchema, readSdl } from "../graphql/build-schema.ts";
import { createGqlContext } from "../graphql/gql-context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { projectResolvers } from "../project/index.ts";
import { upsertSweep } from "../sweep/index.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { appendRunLines } from "./append-run-lines.ts";
import { createRunFiles } from "./create-run-files.ts";
import { deleteRunFiles } from "./delete-run-files.ts";
import { findRun } from "./find-run.ts";
import { runResolvers } from "./index.ts";
import { notifyRunAlert } from "./notify-run-alert.ts";
import { runBlobReceived } from "./receive-run-file.ts";
import { updateRunState } from "./update-run-state.ts";
import { type UpsertRunInput, upsertRun } from "./upsert-run.ts";

let database: TestDatabase;
let services: Services;
let user: MadeUser;
let stranger: MadeUser;
let ctx: Ctx;
let now = new Date("2026-11-21T05:00:00.000Z");
const schema = buildSchema({ sdl: readSdl(), resolvers: [projectResolvers, runResolvers] });

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db, { clock: () => now });
	[user, stranger] = [await makeUser(services), await makeUser(services)];
	ctx = await user.ctx();
});
afterAll(async () => {
	await database?.drop();
});

async function makeRun(input: UpsertRunInput = {}) {
	const { run, project } = await upsertRun(ctx, { projectName: "p", ...input });
	const address = { entityName: project.entityName, projectName: project.name, runName: run.name };
	return { run, project, address, find: () => findRun(ctx, project, run.name) };
}

/** What the upload of a file of the run does, without its bytes. */
async function receiveFile({ run }: { run: { id: string; projectId: string } }, name: string) {
	const received = {
		projectId: run.projectId,
		sha256: services.ids.token(64),
		md5Hex: services.ids.token(32),
		size: 3,
	};
	const completion = runBlobReceived(ctx, { kind: "run-file", runId: run.id, name }, received);
	await recordCompletely(ctx.db, received, completion);
}

async function ask(source: string, variableValues: Record<string, unknown> = {}, as = ctx) {
	const result = await graphql({ schema, source, variableValues, contextValue: createGqlContext(as) });
	return { data: JSON.parse(JSON.stringify(result.data)), errors: result.errors?.map((error) => error.message) ?? [] };
}

const deletion = `mutation DeleteRun($id: ID!, $deleteArtifacts: Boolean) {
	deleteRun(input: {id: $id, deleteArtifacts: $deleteArtifacts}) { clientMutationId } }`;

describe("a deleted run", () => {
	test("is gone from every read, and no late change of it brings it back", async () => {
		const { run, address, find } = await makeRun();
		await appendRunLines(ctx, { ...address, history: { offset: 0, lines: ['{"_step": 0}'] } });
		await notifyRunAlert(ctx, { ...address, title: "t", text: "x" });
		expect(await ask(deletion, { id: toNodeId("Run", run.id) })).toMatchObject({ errors: [] });
		expect(await find()).toBeNull();
		const gone = { code: "GONE", message: expect.stringContaining(run.name) };
		await expect(upsertRun(ctx, { projectName: "p", name: run.name, config: "{}" })).rejects.toMatchObject(gone);
		await expect(upsertRun(ctx, { id: run.id, notes: "n" })).rejects.toMatchObject({ code: "NOT_FOUND" });
		await expect(appendRunLines(ctx, address)).rejects.toMatchObject({ code: "NOT_FOUND" });
		await expect(createRunFiles(ctx, { ...address, names: ["a"] })).rejects.toMatchObject({ code: "NOT_FOUND" });
		const late = receiveFile({ run }, "a");
		await expect(late).rejects.toMatchObject({ code: "GONE" });
		const again = await ask(deletion, { id: toNodeId("Run", run.id) });
		expect(again.errors).toEqual(["There is no run with that id."]);
	});

	test("does not count among the runs of its project", async () => {
		const [first, second] = [await makeRun({ projectName: "counted" }), await makeRun({ projectName: "counted" })];
		const query = `query ($e: String) { project(name: "counted", entityName: $e) {
			runCount runs(first: 5) { totalCount edges { node { name } } } } }`;
		await ask(deletion, { id: toNodeId("Run", first.run.id) });
		expect((await ask(query, { e: first.project.entityName })).data.project).toEqual({
			runCount: 1,
			runs: { totalCount: 1, edges: [{ node: { name: second.run.name } }] },
		});
	});

	test("is not deleted by strangers", async () => {
		const { run, find } = await makeRun();
		const id = toNodeId("Run", run.id);
		expect((await ask(deletion, { id }, await stranger.ctx())).errors).toEqual(["There is no run with that id."]);
		expect(await find()).not.toBeNull();
	});
});

describe("files of a run", () => {
	async function withFile(name = "a.txt") {
		const made = await makeRun();
		await receiveFile(made, name);
		const { id } = await database.db
			.selectFrom("run_file")
			.select("id")
			.where("run_id", "=", made.run.id)
			.executeTakeFirstOrThrow();
		return { ...made, id };
	}
	const countFiles = async (runId: string) =>
		(await database.db.selectFrom("run_file").select("id").where("run_id", "=", runId).execute()).length;

	test("are deleted by id, all or none", async () => {
		const { run, project, id } = await withFile();
		const missing = services.ids.uuid();
		await expect(deleteRunFiles(ctx, { fileIds: [id, missing] })).rejects.toMatchObject({ code: "NOT_FOUND" });
		const elsewhere = deleteRunFiles(ctx, { fileIds: [id], projectNumber: project.number + 1 });
		await expect(elsewhere).rejects.toMatchObject({ code: "NOT_FOUND" });
		await expect(deleteRunFiles(await stranger.ctx(), { fileIds: [id] })).rejects.toMatchObject({ code: "NOT_FOUND" });
		expect(await countFiles(run.id)).toBe(1);
		expect(await deleteRunFiles(ctx, { fileIds: [id], projectNumber: project.number })).toBe(true);
		expect(await countFiles(run.id)).toBe(0);
	});
});

describe("the state set by somebody else", () => {
	test("is pending or failed, from where that makes sense", async () => {
		const { run, address, find } = await makeRun();
		expect(await updateRunState(ctx, { runId: run.id, state: "failed" })).toBe(true);
		expect(await find()).toMatchObject({ state: "failed", finishedAt: now });
		expect(await updateRunState(ctx, { runId: run.id, state: "pending" })).toBe(true);
		expect(await find()).toMatchObject({ state: "pending", finishedAt: null });
		await expect(updateRunState(ctx, { runId: run.id, state: "finished" })).rejects.toMatchObject({ code: "CONFLICT" });
		await appendRunLines(ctx, { ...address, complete: true, exitCode: 0 });
		const refused = { code: "CONFLICT", message: expect.stringContaining("finished") };
		await expect(updateRunState(ctx, { runId: run.id, state: "pending" })).rejects.toMatchObject(refused);
		await expect(updateRunState(ctx, { runId: run.id, state: "asleep" })).rejects.toMatchObject({
			code: "INVALID_INPUT",
		});
	});

	test("can be set of a run that has fallen silent, and not of a sweep's", async () => {
		const { run } = await makeRun();
		now = new Date(now.getTime() + 24 * 3600_000);
		expect(await updateRunState(ctx, { runId: run.id, state: "pending" })).toBe(true);
		const { sweep } = await upsertSweep(ctx, { projectName: "p", entityName: null, config: "method: grid" });
		const swept = await makeRun({ sweepName: sweep.name });
		const refused = { code: "CONFLICT", message: expect.stringContaining("sweep") };
		await expect(updateRunState(ctx, { runId: swept.run.id, state: "failed" })).rejects.toMatchObject(refused);
	});
});

describe("alerts", () => {
	const notify = `mutation ($e: String!, $r: String!, $t: String!, $s: AlertSeverity = INFO, $w: Duration) {
		notifyScriptableRunAlert(input: {
			entityName: $e, projectName: "p", runName: $r, title: $t, text: "low", severity: $s, waitDuration: $w
		}) { success } }`;
	const read = `query ($e: String!, $r: String!) { project(name: "p", entityName: $e) { run(name: $r) {
		alerts(first: 10) { totalCount edges { node { title text severity at } } } } } }`;

	test("are kept, those of the same title no closer together than asked", async () => {
		const { address } = await makeRun();
		const variables = { e: address.entityName, r: address.runName };
		const send = async (t: string, more: object = {}) =>
			(await ask(notify, { ...variables, t, w: 60_000, ...more })).data.notifyScriptableRunAlert.success;
		const start = now;
		expect(await send("one", { s: "WARN" })).toBe(true);
		now = new Date(start.getTime() + 59_000);
		expect(await send("one")).toBe(false);
		expect(await send("two", { s: null })).toBe(true);
		now = new Date(start.getTime() + 60_000);
		expect(await send("one", { s: "ERROR" })).toBe(true);
		const { data } = await ask(read, variables);
		const at = (ms: number) => expect.stringContaining(new Date(start.getTime() + ms).toISOString().slice(0, 19));
		expect(data.project.run.alerts).toEqual({
			totalCount: 3,
			edges: [
				{ node: { title: "one", text: "low", severity: "WARN", at: at(0) } },
				{ node: { title: "two", text: "low", severity: "INFO", at: at(59_000) } },
				{ node: { title: "one", text: "low", severity: "ERROR", at: at(60_000) } },
			],
		});
	});

	test("are refused where they are longer than anybody reads", async () => {
		const { address } = await makeRun();
		const long = notifyRunAlert(ctx, { ...address, title: "x".repeat(1001), text: "" });
		await expect(long).rejects.toMatchObject({ code: "INVALID_INPUT" });
	});
});
