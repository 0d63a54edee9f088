import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx, Services } from "../context.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { appendRunLines } from "./append-run-lines.ts";
import { deleteRun } from "./delete-run.ts";
import { readHistoryKeys } from "./read-history-keys.ts";
import { readLiveSteps, readRunHistory } from "./read-run-history.ts";
import { readSampledHistory } from "./read-sampled-history.ts";
import { requireRun } from "./require-run.ts";
import { rewindRun } from "./rewind-run.ts";
import { findRunDocuments } from "./run-reader.ts";
import { upsertRun } from "./upsert-run.ts";

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

const row = (step: number) => `{"_step": ${step}, "loss": ${step}.5}`;
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => row(from + index));

async function makeRun(config?: object) {
	const { run, project } = await upsertRun(ctx, {
		projectName: "p",
		...(config === undefined ? {} : { config: JSON.stringify(config) }),
	});
	const address = { entityName: project.entityName, projectName: project.name, runName: run.name };
	const read = async () => (await requireRun(ctx, address, "project.see")).run;
	return {
		...{ id: run.id, name: run.name, address, read },
		send: (offset: number, lines: readonly string[]) => appendRunLines(ctx, { ...address, history: { offset, lines } }),
		rewind: (metricValue: number, metricName = "_step") => rewindRun(ctx, { ...address, metricName, metricValue }),
		history: async () => await readRunHistory(services, await read(), {}),
	};
}

const forkOf = (runName: string, step: number) =>
	makeRun({ _wandb: { value: { branch_point: { run_id: runName, step } } } });

describe("a rewound run", () => {
	test("has history up to the step, the line count that goes with it, and the last row as its summary", async () => {
		const run = await makeRun();
		await run.send(0, rows(0, 3));
		await run.send(3, rows(3, 8));
		await run.send(8, rows(8, 9));
		const { run: rewound } = await run.rewind(4);
		expect(rewound.historyLineCount).toBe(5);
		expect(await run.history()).toEqual(rows(0, 5));
		const [documents] = await findRunDocuments(services, [run.id]);
		expect(JSON.parse(documents?.summaryMetrics ?? "")).toEqual({ _step: 4, loss: 4.5 });
		await run.send(5, ['{"_step": 5, "loss": 99}']);
		expect(await run.history()).toEqual([...rows(0, 5), '{"_step": 5, "loss": 99}']);
		expect((await readHistoryKeys(services, run.id)).keys.loss).toMatchObject({ previousValue: 99 });
	});

	test("stays as it is beyond its end, loses everything before its beginning", async () => {
		const run = await makeRun();
		await run.send(0, rows(2, 4));
		expect((await run.rewind(100.7)).run.historyLineCount).toBe(2);
		expect((await run.rewind(1)).run.historyLineCount).toBe(0);
		expect(await run.history()).toEqual([]);
		expect((await findRunDocuments(services, [run.id]))[0]?.summaryMetrics).toBe("{}");
	});

	test("is not what was counted of it before", async () => {
		const run = await makeRun();
		await run.send(0, rows(0, 2000));
		expect(await readHistoryKeys(services, run.id)).toMatchObject({ lastStep: 1999 });
		await run.rewind(99);
		const keys = await readHistoryKeys(services, run.id);
		expect(keys).toMatchObject({ lastStep: 99, keys: { loss: { typeCounts: [{ type: "number", count: 100 }] } } });
	});

	test("is refused where the place to rewind to is none", async () => {
		const run = await makeRun();
		await expect(run.rewind(1, "loss")).rejects.toMatchObject({ code: "INVALID_INPUT" });
		await expect(run.rewind(-1)).rejects.toMatchObject({ code: "INVALID_INPUT" });
		const nowhere = { ...run.address, runName: "nope", metricName: "_step", metricValue: 1 };
		await expect(rewindRun(ctx, nowhere)).rejects.toMatchObject({ code: "NOT_FOUND" });
	});
});

describe("a forked run", () => {
	test("has its parent's rows up to the step, then its own, which are numbered from 0", async () => {
		const parent = await makeRun();
		await parent.send(0, rows(0, 3));
		await parent.send(3, rows(3, 8));
		const fork = await forkOf(parent.name, 4);
		expect(await fork.read()).toMatchObject({ historyLineCount: 0, inheritedLineCount: 5 });
		await fork.send(0, ['{"_step": 5, "own": 1}']);
		await fork.send(1, ['{"_step": 6, "own": 2}']);
		const all = [...rows(0, 5), '{"_step": 5, "own": 1}', '{"_step": 6, "own": 2}'];
		expect(await fork.history()).toEqual(all);
		expect(await readRunHistory(services, await fork.read(), { minStep: 3, maxStep: 6 })).toEqual(all.slice(3, 6));
		expect(await readRunHistory(services, await fork.read(), { samples: 3 })).toEqual([all[0], all[3], all[6]]);
		expect(await readLiveSteps(services, await fork.read())).toEqual([{ _step: 0 }, { _step: 6 }]);
		expect(Object.keys((await readHistoryKeys(services, fork.id)).keys).sort()).toEqual(["_step", "loss", "own"]);
		expect(await parent.history()).toEqual(rows(0, 8));
	});

	test("keeps what it has when its parent goes on, is rewound, or is deleted; and can be forked itself", async () => {
		const parent = await makeRun();
		await parent.send(0, rows(0, 4));
		const fork = await forkOf(parent.name, 2);
		await fork.send(0, rows(3, 5));
		await parent.rewind(0);
		await deleteRun(ctx, { runId: parent.id });
		expect(await fork.history()).toEqual(rows(0, 5));
		const second = await forkOf(fork.name, 3);
		await second.send(0, rows(4, 6));
		expect(await second.history()).toEqual(rows(0, 6));
	});

	test("can be rewound into what it inherited", async () => {
		const parent = await makeRun();
		await parent.send(0, rows(0, 6));
		const fork = await forkOf(parent.name, 4);
		await fork.send(0, rows(5, 8));
		expect((await fork.rewind(2)).run).toMatchObject({ historyLineCount: 0 });
		await fork.send(0, rows(3, 4));
		expect(await fork.history()).toEqual(rows(0, 4));
	});

	test("starts empty from before its parent's first row, and is refused without a parent", async () => {
		const parent = await makeRun();
		await parent.send(0, rows(5, 7));
		expect(await (await forkOf(parent.name, 1)).history()).toEqual([]);
		await expect(forkOf("nope1234", 1)).rejects.toMatchObject({
			code: "NOT_FOUND",
			message: expect.stringContaining("nope1234"),
		});
	});
});

describe("keys of a long history", () => {
	test("are counted as the run grows, and rows that were counted are not read again", async () => {
		const run = await makeRun();
		await run.send(0, rows(0, 9999));
		await run.send(9999, rows(9999, 10_001));
		// What is kept speaks for the rows: with those gone it still does.
		await database.db.deleteFrom("run_line_chunk").where("run_id", "=", run.id).execute();
		expect(await readHistoryKeys(services, run.id)).toMatchObject({
			lastStep: 10_000,
			keys: { loss: { typeCounts: [{ type: "number", count: 10_001 }], monotonic: true, previousValue: 10_000.5 } },
		});
	});

	test("change when rows that were counted are written anew", async () => {
		const run = await makeRun();
		await run.send(0, rows(0, 1500));
		await readHistoryKeys(services, run.id);
		await run.send(1499, ['{"_step": 1499, "late": "x"}']);
		const { keys } = await readHistoryKeys(services, run.id);
		expect(keys.late).toMatchObject({ typeCounts: [{ type: "string", count: 1 }] });
		expect(keys.loss).toMatchObject({ typeCounts: [{ type: "number", count: 1499 }] });
	});
});

describe("sampled history", () => {
	test("answers many specs from one reading", async () => {
		const run = await makeRun();
		await run.send(0, rows(0, 1000));
		const spec = (over: object) => JSON.stringify({ keys: ["_step"], ...over });
		const [few, part, none] = await readSampledHistory(services, run, [
			spec({ samples: 3 }),
			spec({ minStep: 10, maxStep: 12, keys: ["loss"] }),
			spec({ keys: ["nope"] }),
		]);
		expect(few).toHaveLength(3);
		expect([few?.at(0), few?.at(-1)]).toEqual([{ _step: 0 }, { _step: 999 }]);
		expect(part).toEqual([{ loss: 10.5 }, { loss: 11.5 }, { loss: 12.5 }]);
		expect(none).toEqual([]);
	});

	test("refuses more than 100 specs in a sentence", async () => {
		const run = await makeRun();
		const specs = Array.from({ length: 101 }, () => '{"keys": ["loss"]}');
		await expect(readSampledHistory(services, run, specs)).rejects.toMatchObject({ code: "INVALID_INPUT" });
		expect(await readSampledHistory(services, run, specs.slice(1))).toHaveLength(100);
	});
});
