import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx, Services } from "../context.ts";
import { upsertSweep } from "../sweep/index.ts";
import { type MadeUser, makeOrg, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { appendRunLines } from "./append-run-lines.ts";
import { findRunDocuments } from "./run-reader.ts";
import { type UpsertRunInput, upsertRun } from "./upsert-run.ts";

let database: TestDatabase;
let services: Services;
let user: MadeUser;
let ctx: Ctx;

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db);
	user = await makeUser(services);
	ctx = await user.ctx();
});
afterAll(async () => {
	await database?.drop();
});

const upsert = (input: UpsertRunInput) => upsertRun(ctx, { projectName: "p", ...input });

async function endRun(runName: string) {
	const address = { entityName: user.user.username, projectName: "p", runName };
	await appendRunLines(ctx, { ...address, complete: true, exitCode: 0 });
}

describe("a new run", () => {
	test("comes with its project, a name and a display name that counts", async () => {
		const first = await upsertRun(ctx, { projectName: "fresh", name: "abcd1234" });
		expect(first).toMatchObject({
			inserted: true,
			run: { name: "abcd1234", state: "running", createdBy: user.user.id },
		});
		expect(first.project).toMatchObject({ name: "fresh", entityName: user.user.username });
		expect(first.run.displayName).toMatch(/^[a-z]+-[a-z]+-1$/);
		const second = await upsertRun(ctx, { projectName: "fresh", displayName: "" });
		expect(second.run.displayName).toMatch(/-2$/);
		expect(second.run.name).toMatch(/^[a-z0-9]{8}$/);
		expect((await upsertRun(ctx, { projectName: "fresh", displayName: "mine" })).run.displayName).toBe("mine");
		expect((await upsertRun(ctx, {})).project.name).toBe("uncategorized");
	});

	test("is made once by many requests at the same time", async () => {
		const made = await Promise.all(
			Array.from({ length: 8 }, () => upsertRun(ctx, { projectName: "rush", name: "one" })),
		);
		expect(made.filter(({ inserted }) => inserted)).toHaveLength(1);
		expect(new Set(made.map(({ run }) => run.id)).size).toBe(1);
		const { rows } = await sql`select from event_outbox where type = 'run.created'
			and payload->>'runId' = ${made[0]?.run.id ?? ""}`.execute(services.db);
		expect(rows).toHaveLength(1);
	});

	test.each<[string, UpsertRunInput, string]>([
		["name", { name: "a/b" }, "INVALID_INPUT"],
		["config", { config: "[1]" }, "INVALID_INPUT"],
		["config", { config: "{" }, "INVALID_INPUT"],
		["summary", { summaryMetrics: "3" }, "INVALID_INPUT"],
		["state", { state: "asleep" }, "INVALID_INPUT"],
		["sweep", { sweepName: "nope1234" }, "NOT_FOUND"],
		["entity", { entityName: "nobody-at-all" }, "NOT_FOUND"],
		["id", { id: "0193e7b2-0000-7000-8000-000000000000" }, "NOT_FOUND"],
	])("is refused for its %s", async (_what, input, code) => {
		await expect(upsert(input)).rejects.toMatchObject({ code });
	});
});

describe("a run that is there", () => {
	test("keeps what is null, and gets the config as a whole", async () => {
		const { run } = await upsert({
			...{ name: "keep", config: '{"a": {"value": 1.0}, "b": {"value": NaN}}', notes: "n", tags: ["x", "y\u0000"] },
			...{ groupName: "g", jobType: "train", summaryMetrics: '{"s": 1}', description: "d\u0000" },
		});
		const again = await upsert({
			name: "keep",
			config: '{"c": {"value": 12345678901234567890}}',
			displayName: "new",
			notes: null,
		});
		expect(again).toMatchObject({
			inserted: false,
			run: { id: run.id, displayName: "new", notes: "n", tags: ["x", "y"] },
		});
		expect(again.run).toMatchObject({ groupName: "g", jobType: "train", description: "d" });
		const [documents] = await findRunDocuments(services, [run.id]);
		expect(documents).toMatchObject({ config: '{"c": {"value": 12345678901234567890}}', summaryMetrics: '{"s": 1}' });
		await upsert({ name: "keep", config: '{"a": {"value": 1.0}}' });
		expect((await findRunDocuments(services, [run.id]))[0]?.config).toBe('{"a": {"value": 1.0}}');
	});

	test("can be changed by id, whatever names are given beside", async () => {
		const { run } = await upsert({ name: "by-id" });
		const changed = await upsertRun(ctx, { id: run.id, projectName: "elsewhere", notes: "changed", tags: [] });
		expect(changed).toMatchObject({ inserted: false, run: { id: run.id, notes: "changed" }, project: { name: "p" } });
	});

	test("stays ended when a late or a public upsert comes, and runs again when its client resumes it", async () => {
		const { run } = await upsert({ name: "resumed", host: "h", program: "train.py" });
		await endRun("resumed");
		expect((await upsert({ name: "resumed", config: "{}", host: "h" })).run.state).toBe("finished");
		expect((await upsert({ id: run.id, displayName: "renamed", config: "{}" })).run.state).toBe("finished");
		const resumed = await upsert({ id: run.id, name: "resumed", config: "{}", host: "h", program: "train.py" });
		expect(resumed.run).toMatchObject({ state: "running", exitCode: null, finishedAt: null, stopRequested: false });
	});

	test("that was only announced starts with its client, and is not announced again", async () => {
		expect((await upsert({ name: "ahead", state: "pending" })).run.state).toBe("pending");
		expect((await upsert({ name: "ahead", config: "{}" })).run.state).toBe("running");
		expect((await upsert({ name: "ahead", state: "pending" })).run.state).toBe("running");
	});

	test("joins a sweep of its project", async () => {
		const { sweep } = await upsertSweep(ctx, { projectName: "p", config: "method: grid" });
		expect((await upsert({ name: "swept", sweepName: sweep.name })).run.sweepId).toBe(sweep.id);
		expect((await upsert({ name: "swept", sweepName: null })).run.sweepId).toBe(sweep.id);
		await expect(upsertRun(ctx, { projectName: "other", sweepName: sweep.name })).rejects.toMatchObject({
			code: "NOT_FOUND",
			message: expect.stringContaining(sweep.name),
		});
	});
});

describe("who may", () => {
	test("view-only members may not, strangers do not find it", async () => {
		const viewer = await makeUser(services);
		const stranger = await makeUser(services);
		const org = await makeOrg(services, { admin: user, members: [{ user: viewer, role: "member" }] });
		const team = await makeTeam(services, { org, admin: user, members: [{ user: viewer, role: "viewer" }] });
		const project = await makeProject(services, { by: user, entityName: team.name });
		const address = { entityName: team.name, projectName: project.name, name: "r" };
		const { run } = await upsertRun(await user.ctx(), address);
		await expect(upsertRun(await viewer.ctx(), address)).rejects.toMatchObject({ code: "FORBIDDEN" });
		await expect(upsertRun(await stranger.ctx(), address)).rejects.toMatchObject({ code: "NOT_FOUND" });
		await expect(upsertRun(await viewer.ctx(), { id: run.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
		const unknown = { code: "NOT_FOUND", message: "There is no run with that id." };
		await expect(upsertRun(await stranger.ctx(), { id: run.id })).rejects.toMatchObject(unknown);
		await expect(upsertRun(await stranger.ctx(), { id: ctx.ids.uuid() })).rejects.toMatchObject(unknown);
	});
});
