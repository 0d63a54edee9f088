import { graphql } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx, Services } from "../context.ts";
import { buildSchema, readSdl } from "../graphql/build-schema.ts";
import { createGqlContext } from "../graphql/gql-context.ts";
import { identityResolvers } from "../identity/index.ts";
import { orgResolvers } from "../org/index.ts";
import { projectResolvers } from "../project/index.ts";
import { sweepResolvers } from "../sweep/index.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { appendRunLines } from "./append-run-lines.ts";
import { runResolvers } from "./index.ts";

// What the client asks about runs and sweeps, in its own words, through the schema.

let database: TestDatabase;
let services: Services;
let user: MadeUser;
let ctx: Ctx;
const resolvers = [identityResolvers, orgResolvers, projectResolvers, sweepResolvers, runResolvers];
const schema = buildSchema({ sdl: readSdl(), resolvers });

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db, { clock: () => new Date("2026-11-21T05:09:57.123Z") });
	user = await makeUser(services, { username: "ann" });
	ctx = await user.ctx();
});
afterAll(async () => {
	await database?.drop();
});

async function ask(source: string, variableValues: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
	const result = await graphql({ schema, source, variableValues, contextValue: createGqlContext(ctx) });
	expect(result.errors).toBeUndefined();
	return JSON.parse(JSON.stringify(result.data));
}

const upsertBucket = `mutation UpsertBucket($id: String, $name: String, $project: String, $config: JSONString, $sweep: String, $tags: [String!], $summaryMetrics: JSONString) {
	upsertBucket(input: {id: $id, name: $name, modelName: $project, config: $config, sweep: $sweep, tags: $tags, summaryMetrics: $summaryMetrics}) {
		bucket { id name displayName description config sweepName project { id name entity { id name } } historyLineCount }
		inserted
	}
}`;

const resumeStatus = `query RunResumeStatus($project: String, $entity: String, $name: String!) {
	model(name: $project, entityName: $entity) { id name entity { id name } bucket(name: $name, missingOk: true) {
		id name summaryMetrics displayName logLineCount historyLineCount eventsLineCount historyTail eventsTail config tags notes wandbConfig(keys: ["t"])
	} }
}`;

async function sendLines(runName: string, projectName = "p") {
	const history = {
		offset: 0,
		lines: [
			'{"_step": 0, "loss": 1.0, "dict": {"val1": 1}}',
			'{"_step": 1, "loss": NaN}',
			'{"_step": 5, "loss": 0.25, "dict": {"val1": 3}}',
		],
	};
	const log = {
		offset: 0,
		lines: ['{"ts":"2026-11-21T05:06:08.551492","content":"hello"}', "ERROR 2026-11-21T05:17:58.593788 oh", "bare"],
	};
	const events = { offset: 0, lines: ['{"system.cpu": 12.5}'] };
	const address = { entityName: "ann", projectName, runName };
	await appendRunLines(ctx, { ...address, history, log, events, summary: '{"loss": 0.25, "n": 1.0}' });
}

describe("starting and resuming", () => {
	test("UpsertBucket tells all that the client takes over", async () => {
		const { upsertBucket: made } = await ask(upsertBucket, {
			name: "r1",
			project: "p",
			config: '{"lr": {"value": NaN}}',
		});
		expect(made).toEqual({
			inserted: true,
			bucket: {
				id: expect.any(String),
				name: "r1",
				displayName: expect.stringMatching(/-1$/),
				description: null,
				config: '{"lr": {"value": "NaN"}}',
				sweepName: null,
				project: { id: expect.any(String), name: "p", entity: { id: expect.any(String), name: "ann" } },
				historyLineCount: 0,
			},
		});
	});

	test("RunResumeStatus has text and numbers where the client wants them, also of a run that wrote nothing", async () => {
		await ask(upsertBucket, { name: "empty", project: "p" });
		const variables = { project: "p", entity: "ann", name: "empty" };
		expect(await ask(resumeStatus, variables)).toMatchObject({
			model: {
				bucket: {
					...{ summaryMetrics: "{}", config: "{}", historyTail: "[]", eventsTail: "[]", wandbConfig: "{}" },
					...{ logLineCount: 0, historyLineCount: 0, eventsLineCount: 0, tags: [], notes: null },
				},
			},
		});
		expect(await ask(resumeStatus, { ...variables, name: "nope" })).toMatchObject({ model: { bucket: null } });
		expect(await ask(resumeStatus, { ...variables, project: "nope" })).toEqual({ model: null });
	});

	test("RunResumeStatus has the last lines", async () => {
		await ask(upsertBucket, {
			name: "tail",
			project: "p",
			config: '{"_wandb": {"value": {"t": {"1": [1]}, "m": []}}}',
		});
		await sendLines("tail");
		const { model } = await ask(resumeStatus, { project: "p", entity: "ann", name: "tail" });
		expect(model).toMatchObject({
			bucket: {
				historyTail: JSON.stringify(['{"_step": 5, "loss": 0.25, "dict": {"val1": 3}}']),
				eventsTail: JSON.stringify(['{"system.cpu": 12.5}']),
				wandbConfig: '{"t":{"1":[1]}}',
				...{ historyLineCount: 3, eventsLineCount: 1, logLineCount: 3, summaryMetrics: '{"n": 1.0, "loss": 0.25}' },
			},
		});
	});
});

describe("reading back", () => {
	const run = (selection: string) => `query Q($specs: [JSONString!]!, $min: Int64, $max: Int64) {
		project(name: "read", entityName: "ann") { run(name: "r") { ${selection} } } }`;
	const readRun = async (selection: string, variables: object = {}) => {
		const source = run(selection).replace(selection.includes("$specs") ? "" : "$specs: [JSONString!]!, ", "");
		const needed = selection.includes("$min")
			? source
			: source.replace(/,? ?\$min: Int64, \$max: Int64/, "").replace("query Q()", "query Q");
		const { project } = await ask(needed, { ...variables });
		return JSON.parse(JSON.stringify(project)).run;
	};
	beforeAll(async () => {
		await ask(upsertBucket, { name: "r", project: "read", tags: ["t"] });
		await sendLines("r", "read");
	});

	test("history, whole and by steps", async () => {
		const { history, events } = await readRun("history(samples: 500) events(samples: 2)");
		expect(history.map((line: string) => JSON.parse(line)._step)).toEqual([0, 1, 5]);
		expect(events).toEqual(['{"system.cpu": 12.5}']);
		const steps = async (min: number, max: number) =>
			(await readRun("history(minStep: $min, maxStep: $max, samples: 100)", { min, max })).history.map(
				(line: string) => JSON.parse(line)._step,
			);
		expect(await steps(0, 5)).toEqual([0, 1]);
		expect(await steps(1, 6)).toEqual([1, 5]);
		expect((await readRun("history(samples: 2)")).history).toHaveLength(2);
	});

	test("sampled history has the rows with all keys, up to the last step or to the next page", async () => {
		const specs = [
			'{"keys": ["_step", "dict.val1"], "samples": 10}',
			'{"keys": ["loss", "_step"], "minStep": 1, "maxStep": 5, "samples": 5}',
			'{"keys": ["loss"], "minStep": 1, "maxStep": 5, "samples": 4}',
			'{"keys": ["loss"], "minStep": 1, "maxStep": 5}',
			"{}",
		];
		expect((await readRun("sampledHistory(specs: $specs)", { specs })).sampledHistory).toEqual([
			[
				{ _step: 0, "dict.val1": 1 },
				{ _step: 5, "dict.val1": 3 },
			],
			[
				{ loss: "NaN", _step: 1 },
				{ loss: 0.25, _step: 5 },
			],
			[{ loss: "NaN" }],
			[{ loss: "NaN" }, { loss: 0.25 }],
			[],
		]);
	});

	test("keys, steps and console", async () => {
		const found = await readRun(
			'historyKeys parquetHistory(liveKeys: ["_step"]) { parquetUrls liveData } logLines(last: 2) { edges { node { number timestamp level label line } } pageInfo { endCursor hasNextPage } }',
		);
		expect(found.historyKeys).toMatchObject({
			keys: { "dict.val1": { typeCounts: [{ type: "number", count: 2 }], monotonic: true, previousValue: 3 } },
			...{ sets: [], lastStep: 5 },
		});
		expect(found.parquetHistory).toEqual({ parquetUrls: [], liveData: [{ _step: 0 }, { _step: 5 }] });
		expect(found.logLines.edges.map(({ node }: { node: unknown }) => node)).toEqual([
			{ number: 1, timestamp: "2026-11-21T05:17:58.593788", level: "error", label: null, line: "oh" },
			{ number: 2, timestamp: null, level: null, label: null, line: "bare" },
		]);
		expect(found.logLines.pageInfo.hasNextPage).toBe(false);
		const first = await readRun(
			"logLines(first: 2, useImprovedPagination: true) { edges { node { line } } pageInfo { endCursor hasNextPage } }",
		);
		expect(first.logLines).toMatchObject({
			edges: [{ node: { line: "hello" } }, { node: { line: "oh" } }],
			pageInfo: { hasNextPage: true },
		});
		const after = first.logLines.pageInfo.endCursor;
		const rest = await readRun(
			`logLines(first: 2, after: "${after}") { edges { node { line } } pageInfo { hasNextPage } }`,
		);
		expect(rest.logLines).toEqual({ edges: [{ node: { line: "bare" } }], pageInfo: { hasNextPage: false } });
		const earlier = await readRun(
			`logLines(last: 1, before: "${after}") { edges { node { number line } } pageInfo { hasNextPage } }`,
		);
		expect(earlier.logLines).toEqual({
			edges: [{ node: { number: 0, line: "hello" } }],
			pageInfo: { hasNextPage: true },
		});
	});

	test("the fields of a run", async () => {
		const found = await readRun(
			"id tags name displayName sweepName state config group jobType commit readOnly createdAt heartbeatAt description notes systemMetrics summaryMetrics historyLineCount user { name username } projectId stopped shouldStop failed running exitcode fileCount files(first: 5) { totalCount edges { node { id } } pageInfo { hasNextPage } }",
		);
		expect(found).toMatchObject({
			...{
				tags: ["t"],
				name: "r",
				state: "running",
				readOnly: false,
				createdAt: "2026-11-21T05:09:57Z",
				projectId: expect.any(Number),
			},
			...{
				systemMetrics: '{"system.cpu": 12.5}',
				user: { username: "ann" },
				stopped: false,
				running: true,
				failed: false,
			},
			...{ fileCount: 0, files: { totalCount: 0, edges: [], pageInfo: { hasNextPage: false } }, exitcode: null },
		});
	});

	test("runs, counted only when asked", async () => {
		const { project } = await ask(
			`query Runs($filters: JSONString) { project(name: "read", entityName: "ann") { internalId runCount(filters: $filters) readOnly
				runs(filters: $filters, first: 50, order: "+created_at") { totalCount edges { node { name user { username } } cursor } pageInfo { endCursor hasNextPage } } } }`,
			{ filters: '{"state": "running"}' },
		);
		expect(project).toMatchObject({ runCount: 1, runs: { totalCount: 1, edges: [{ node: { name: "r" } }] } });
	});

	test("StopRun shows in the run", async () => {
		const { id } = await readRun("id");
		const stop = "mutation StopRun($id: ID!) { stopRun(input: {id: $id}) { success } }";
		expect(await ask(stop, { id })).toEqual({ stopRun: { success: true } });
		expect(await readRun("stopped shouldStop")).toEqual({ stopped: true, shouldStop: true });
	});
});

test("a sweep with its runs, as an agent and the public API read it", async () => {
	const config = "method: random\nmetric:\n  goal: minimize\n  name: loss\nrun_cap: 7\n";
	const { upsertSweep } = await ask(
		`mutation UpsertSweep($config: String, $projectName: String, $entityName: String) {
			upsertSweep(input: {config: $config, projectName: $projectName, entityName: $entityName}) { sweep { id name project { id name entity { id name } } } configValidationWarnings } }`,
		{ config, projectName: "swept", entityName: "ann" },
	);
	const { sweep } = JSON.parse(JSON.stringify(upsertSweep));
	expect(sweep).toMatchObject({
		name: expect.stringMatching(/^[a-z0-9]{8}$/),
		project: { name: "swept", entity: { name: "ann" } },
	});
	for (const [name, loss] of [
		["s1", "0.5"],
		["s2", "0.25"],
		["s3", "NaN"],
	] as const) {
		const summaryMetrics = `{"loss": ${loss}}`;
		const { upsertBucket: made } = await ask(upsertBucket, {
			name,
			project: "swept",
			sweep: sweep.name,
			summaryMetrics,
		});
		expect(made).toMatchObject({ bucket: { sweepName: sweep.name } });
	}
	const { project } = await ask(
		`query GetSweep($name: String!) { project(name: "swept", entityName: "ann") { totalSweeps sweeps(first: 2) { edges { node { name } } pageInfo { hasNextPage } }
			sweep(sweepName: $name) { id name method state description config createdAt updatedAt runCount runCountExpected bestLoss
				runs { edges { node { name state summaryMetrics sampledHistory(specs: "{}") } } } } } }`,
		{ name: sweep.name },
	);
	expect(project).toMatchObject({
		totalSweeps: 1,
		sweep: {
			id: sweep.id,
			method: "random",
			state: "PENDING",
			config,
			runCount: 3,
			runCountExpected: 7,
			bestLoss: 0.25,
		},
	});
	const update = `mutation UpsertSweep($id: ID, $state: String) { upsertSweep(input: {id: $id, state: $state}) { sweep { state } } }`;
	expect(await ask(update, { id: sweep.id, state: "PAUSED" })).toEqual({ upsertSweep: { sweep: { state: "PAUSED" } } });
});
