import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx, Services } from "../context.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { type AppendRunLinesInput, appendRunLines } from "./append-run-lines.ts";
import { readHistoryKeys } from "./read-history-keys.ts";
import { requireRun } from "./require-run.ts";
import { readLines } from "./run-line-reader.ts";
import type { LineStream } from "./run-line-rules.ts";
import { findRunDocuments } from "./run-reader.ts";
import { stopRun } from "./stop-run.ts";
import { upsertRun } from "./upsert-run.ts";

let database: TestDatabase;
let services: Services;
let user: MadeUser;
let ctx: Ctx;
let now = new Date("2026-11-21T05:00:00.000Z");

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db, { clock: () => now });
	user = await makeUser(services);
	ctx = await user.ctx();
});
afterAll(async () => {
	await database?.drop();
});

async function makeRun() {
	const { run, project } = await upsertRun(ctx, { projectName: "p" });
	const address = { entityName: project.entityName, projectName: project.name, runName: run.name };
	return {
		...{ run, address },
		send: (sent: Omit<AppendRunLinesInput, keyof typeof address>) => appendRunLines(ctx, { ...address, ...sent }),
		read: async () => (await requireRun(ctx, address, "project.see")).run,
		lines: async (stream: LineStream) =>
			(await readLines(services.db, { runId: run.id, stream, from: 0, to: 10_000 })).map((line) => line.text),
	};
}

async function finishedEvents(runId: string): Promise<unknown[]> {
	const { rows } = await sql<{ state: string }>`select payload->>'state' as state from event_outbox
		where type = 'run.finished' and payload->>'runId' = ${runId} order by id`.execute(services.db);
	return rows.map((row) => row.state);
}

const rows = (...steps: number[]) => steps.map((step) => `{"_step": ${step}}`);

describe("lines", () => {
	test("go where their offset says, and the same request again changes nothing", async () => {
		const run = await makeRun();
		const first = { history: { offset: 0, lines: rows(0, 1) }, log: { offset: 0, lines: ["a", "b"] } };
		expect(await run.send(first)).toEqual({ stopped: false });
		await run.send(first);
		await run.send({ history: { offset: 2, lines: rows(2) }, events: { offset: 0, lines: ['{"system.cpu": 1.0}'] } });
		expect(await run.lines("history")).toEqual(rows(0, 1, 2));
		expect(await run.lines("log")).toEqual(["a", "b"]);
		expect(await run.read()).toMatchObject({ historyLineCount: 3, eventsLineCount: 1, logLineCount: 2 });
		const [documents] = await findRunDocuments(services, [run.run.id]);
		expect(documents?.systemMetrics).toBe('{"system.cpu": 1.0}');
	});

	test("may be written over, and may leave a gap", async () => {
		const run = await makeRun();
		await run.send({ log: { offset: 0, lines: ["0", "1", "2", "3"] } });
		await run.send({ log: { offset: 1, lines: ["one", "two"] } });
		await run.send({ log: { offset: 6, lines: ["6"] } });
		expect(await run.lines("log")).toEqual(["0", "one", "two", "3", "6"]);
		expect((await run.read()).logLineCount).toBe(7);
		await run.send({ log: { offset: 3, lines: ["three", "four", "five"] } });
		expect(await run.lines("log")).toEqual(["0", "one", "two", "three", "four", "five", "6"]);
	});

	test("end up as writing them one by one would, however they come", async () => {
		const write = fc.record({ offset: fc.nat(8), lines: fc.array(fc.string(), { minLength: 1, maxLength: 4 }) });
		await fc.assert(
			fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 6 }), async (writes) => {
				const run = await makeRun();
				const model: string[] = [];
				for (const sent of writes) {
					await run.send({ log: sent });
					for (const [at, line] of sent.lines.entries()) model[sent.offset + at] = line.replaceAll("\u0000", "");
				}
				expect(await run.lines("log")).toEqual(model.filter((line) => line !== undefined));
				expect((await run.read()).logLineCount).toBe(model.length);
			}),
			{ numRuns: 20 },
		);
	});

	test("from several requests at once are all kept", async () => {
		const run = await makeRun();
		const offsets = Array.from({ length: 16 }, (_, at) => at * 3);
		await Promise.all(
			offsets.map((offset) => run.send({ history: { offset, lines: rows(offset, offset + 1, offset + 2) } })),
		);
		expect(await run.lines("history")).toEqual(rows(...Array.from({ length: 48 }, (_, step) => step)));
	});

	test("that begin a history anew end it where they end; the console only goes back", async () => {
		const run = await makeRun();
		const lines = (...values: number[]) => values.map((value, step) => `{"_step": ${step}, "value": ${value}}`);
		const log = { offset: 0, lines: ["0", "1", "2"] };
		await run.send({ history: { offset: 0, lines: lines(1, 2, 3) }, events: { offset: 0, lines: ["{}", "{}"] }, log });
		await run.send({ history: { offset: 3, lines: lines(4) } });
		await run.send({ history: { offset: 0, lines: lines(1, 2, 3) }, events: { offset: 0, lines: ["{}"] } });
		expect(await run.read()).toMatchObject({ historyLineCount: 4, eventsLineCount: 2 });
		await run.send({
			...{ history: { offset: 0, lines: lines(7, 8) }, events: { offset: 0, lines: ['{"system.cpu": 1}'] } },
			log: { offset: 0, lines: ["zero"] },
		});
		expect(await run.lines("history")).toEqual(lines(7, 8));
		expect(await run.lines("log")).toEqual(["zero", "1", "2"]);
		expect(await run.read()).toMatchObject({ historyLineCount: 2, eventsLineCount: 1, logLineCount: 3 });
		expect((await readHistoryKeys(services, run.run.id)).keys.value).toMatchObject({ previousValue: 8 });
	});

	test("that are no JSON objects are refused by number, and nothing of the request is kept", async () => {
		const run = await makeRun();
		const bad = { history: { offset: 0, lines: ['{"_step": 0}', "7"] }, summary: '{"a": 1}' };
		await expect(run.send(bad)).rejects.toMatchObject({
			code: "INVALID_INPUT",
			message: expect.stringContaining("Line 1 of history"),
		});
		expect(await run.lines("history")).toEqual([]);
	});
});

describe("the summary", () => {
	test("is replaced as a whole, numbers as they were written", async () => {
		const run = await makeRun();
		await run.send({ summary: '{"loss": 1.0, "old": true}' });
		await run.send({
			summary: '{"loss": NaN, "big": 12345678901234567890, "_wandb": {"runtime": 3}, "nul\\u0000": "\\ud800"}',
		});
		const [documents] = await findRunDocuments(services, [run.run.id]);
		expect(documents?.summaryMetrics).toContain("12345678901234567890");
		expect(JSON.parse(documents?.summaryMetrics ?? "")).toEqual({
			...{ loss: "NaN", big: Number("12345678901234567890"), _wandb: { runtime: 3 }, nul: "\ufffd" },
		});
	});
});

describe("the course of a run", () => {
	test("ends once with its exit code, and is told once", async () => {
		const run = await makeRun();
		await run.send({ complete: true, exitCode: 0, history: { offset: 0, lines: rows(0) } });
		await run.send({ complete: true, exitCode: 0, history: { offset: 0, lines: rows(0) } });
		expect(await run.read()).toMatchObject({ state: "finished", exitCode: 0, finishedAt: now, historyLineCount: 1 });
		expect(await finishedEvents(run.run.id)).toEqual(["finished"]);

		const failing = await makeRun();
		await failing.send({ complete: true, exitCode: 3 });
		expect(await failing.read()).toMatchObject({ state: "failed", exitCode: 3 });
		expect(await finishedEvents(failing.run.id)).toEqual(["failed"]);
	});

	test("was over, where it was made offline, at the last moment that it tells of", async () => {
		const start = new Date(now.getTime() - 2 * 86_400_000);
		const config = (told: object) => JSON.stringify({ _wandb: { value: { t: { 3: [4] }, ...told } } });
		const run = await makeRun();
		await upsertRun(ctx, {
			projectName: "p",
			name: run.run.name,
			config: config({ start_time: start.getTime() / 1000 }),
		});
		const summary = JSON.stringify({ _timestamp: start.getTime() / 1000 + 60 });
		await run.send({ history: { offset: 0, lines: rows(0) }, summary });
		expect(await run.read()).toMatchObject({ state: "running", createdAt: start, heartbeatAt: now });
		const end = new Date(start.getTime() + 60_000);
		for (const _twice of [1, 2]) {
			await run.send({ complete: true, exitCode: 0 });
			expect(await run.read()).toMatchObject({
				state: "finished",
				createdAt: start,
				heartbeatAt: end,
				finishedAt: end,
			});
		}
		expect(await finishedEvents(run.run.id)).toEqual(["finished"]);
		await run.send({ complete: true, exitCode: 0, summary: '{"_wandb": {"runtime": 90}}' });
		expect((await run.read()).heartbeatAt).toEqual(new Date(start.getTime() + 90_000));
		await upsertRun(ctx, {
			projectName: "p",
			name: run.run.name,
			config: config({ start_time: now.getTime() / 1000 }),
		});
		expect((await run.read()).createdAt).toEqual(start);
	});

	test("goes on when the client comes back after the end", async () => {
		const run = await makeRun();
		await run.send({ complete: true, exitCode: 1 });
		await run.send({});
		expect(await run.read()).toMatchObject({ state: "running", exitCode: null, finishedAt: null });
	});

	test("knows preempting, which heartbeats do not end", async () => {
		const run = await makeRun();
		await run.send({ preempting: true });
		await run.send({});
		expect((await run.read()).state).toBe("preempting");
	});

	test("is a crash when the client falls silent, until it speaks again", async () => {
		const run = await makeRun();
		const start = now;
		now = new Date(start.getTime() + services.config.runTimeout * 1000 + 1);
		expect((await run.read()).state).toBe("crashed");
		await run.send({});
		expect(await run.read()).toMatchObject({ state: "running", heartbeatAt: now });
	});

	test("a stop travels in the reply until the run is resumed", async () => {
		const run = await makeRun();
		expect(await stopRun(ctx, { runId: run.run.id })).toBe(true);
		expect(await run.send({})).toEqual({ stopped: true });
		expect(await run.send({ complete: true, exitCode: 255 })).toEqual({ stopped: true });
		expect(await stopRun(ctx, { runId: run.run.id })).toBe(false);
		expect(await run.send({})).toEqual({ stopped: false });
	});
});

describe("who may", () => {
	test("an unknown run, and a project of others, are not found", async () => {
		const { address } = await makeRun();
		await expect(appendRunLines(ctx, { ...address, runName: "nope" })).rejects.toMatchObject({ code: "NOT_FOUND" });
		const stranger = await (await makeUser(services)).ctx();
		await expect(appendRunLines(stranger, address)).rejects.toMatchObject({ code: "NOT_FOUND" });
		await expect(stopRun(stranger, { runId: (await makeRun()).run.id })).rejects.toMatchObject({
			code: "NOT_FOUND",
			message: "There is no run with that id.",
		});
	});
});
