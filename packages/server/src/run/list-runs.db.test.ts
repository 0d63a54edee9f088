import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx, Services } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { upsertSweep } from "../sweep/index.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { appendRunLines } from "./append-run-lines.ts";
import { listRunKeys } from "./list-run-keys.ts";
import { countProjectRuns, listRuns, listSweepRuns } from "./list-runs.ts";
import { upsertRun } from "./upsert-run.ts";

let database: TestDatabase;
let services: Services;
let user: MadeUser;
let ctx: Ctx;
let project: ProjectRow;
let sweepName: string;
let now = new Date("2026-11-21T05:00:00.000Z");

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db, { clock: () => now });
	user = await makeUser(services);
	ctx = await user.ctx();
	const { sweep } = await upsertSweep(ctx, { projectName: "p", config: "method: grid" });
	sweepName = sweep.name;
	const make = async (name: string, more: object) => {
		now = new Date(now.getTime() + 1000);
		({ project } = await upsertRun(ctx, { projectName: "p", name, ...more }));
	};
	await make("a", {
		displayName: "ant",
		tags: ["x", "y"],
		groupName: "g1",
		config: '{"lr": {"value": 0.1}, "net": {"value": {"depth": 3}}}',
	});
	await make("b", {
		tags: ["y"],
		displayName: "bee",
		jobType: "eval",
		config: '{"lr": {"value": 1}}',
		summaryMetrics: '{"loss": 2.5, "v": {"acc": 1}}',
	});
	await make("c", {
		displayName: "Sea",
		sweepName,
		summaryMetrics: '{"loss": 0.5, "v.acc": 2}',
		config: '{"lr": {"value": "high"}}',
	});
	await make("d", {
		displayName: "sky",
		sweepName,
		summaryMetrics: '{"loss": NaN}',
		config: '{"lr": {"value": null}}',
	});
	const address = { entityName: project.entityName, projectName: "p", runName: "d" };
	await appendRunLines(ctx, { ...address, complete: true, exitCode: 0 });
});
afterAll(async () => {
	await database?.drop();
});

async function namesOf(filters: object): Promise<string> {
	const text = JSON.stringify(filters);
	const page = await listRuns(ctx, project, { filters: text });
	const names = page?.edges.map(({ node }) => node.name) ?? [];
	expect(await countProjectRuns(ctx, project, text)).toBe(names.length);
	return names.join("");
}

describe("filters", () => {
	test.each<[object, string]>([
		[{}, "abcd"],
		[{ state: "finished" }, "d"],
		[{ state: { $in: ["running", "finished"] } }, "abcd"],
		[{ $or: [{ name: "a" }, { display_name: "Sea" }] }, "ac"],
		[{ displayName: { $regex: "^s" } }, "d"],
		[{ display_name: { $regex: "(?i)^s" } }, "cd"],
		[{ tags: "y" }, "ab"],
		[{ tags: { $in: ["x", "z"] } }, "a"],
		[{ tags: { $nin: ["x"] } }, "bcd"],
		[{ tags: { $exists: false } }, "cd"],
		[{ tags: { $regex: "^[xz]$" } }, "a"],
		[{ group: "g1" }, "a"],
		[{ group: null }, "bcd"],
		[{ group: { $ne: "g1" } }, "bcd"],
		[{ group: { $in: [null, "g1"] } }, "abcd"],
		[{ jobType: { $exists: true } }, "b"],
		[{ job_type: "eval" }, "b"],
		[{ "config.lr": 0.1 }, "a"],
		[{ "config.lr.value": { $lte: 1 } }, "ab"],
		[{ "config.lr": { $gt: "a" } }, "c"],
		[{ "config.lr": null }, "d"],
		[{ "config.lr": { $exists: true } }, "abcd"],
		[{ "config.net.depth": 3 }, "a"],
		[{ "config.net.value.depth": { $exists: false } }, "bcd"],
		[{ "config.lr": { $regex: "ig" } }, "c"],
		[{ "summary_metrics.loss": { $gt: 0, $lt: 1 } }, "c"],
		[{ "summary_metrics.loss": { $not: { $gt: 0 } } }, "ad"],
		[{ "summary_metrics.loss": "NaN" }, "d"],
		[{ "summary_metrics.v.acc": { $gte: 1 } }, "bc"],
		[{ created_at: { $gt: "2026-11-21T05:00:02Z" } }, "cd"],
		[{ createdAt: { $lte: "2026-11-21T05:00:01" } }, "a"],
		[{ duration: { $gte: 0, $lt: 0.5 } }, "abcd"],
		[{ duration: { $gt: 5 } }, ""],
		[{ $nor: [{ name: "a" }, { name: "b" }] }, "cd"],
		[{ $and: [] }, "abcd"],
		[{ $or: [] }, ""],
		[{ name: { $in: [] } }, ""],
		[{ name: "'; drop table run; --" }, ""],
	])("%j", async (filters, expected) => {
		expect(await namesOf(filters)).toBe(expected);
	});

	test("by sweep and by user, as the client sends them", async () => {
		expect(await namesOf({ $and: [{ sweep: sweepName }] })).toBe("cd");
		expect(await namesOf({ username: user.user.username })).toBe("abcd");
		expect(await namesOf({ username: "nobody" })).toBe("");
	});

	test("a bad pattern is the caller's mistake", async () => {
		await expect(namesOf({ name: { $regex: "(" } })).rejects.toMatchObject({
			code: "INVALID_INPUT",
			message: "The pattern of $regex is not a valid regular expression.",
		});
	});

	test("a run that has fallen silent is found as crashed", async () => {
		const before = now;
		now = new Date(now.getTime() + (services.config.runTimeout + 60) * 1000);
		expect(await namesOf({ state: "crashed" })).toBe("abc");
		now = before;
	});
});

describe("order", () => {
	test.each([
		[undefined, "abcd"],
		["+created_at", "abcd"],
		["-created_at", "dcba"],
		["-name", "dcba"],
		// Numbers first, then texts, then those without.
		["+summary_metrics.loss", "cbda"],
		["-summary_metrics.loss", "bcda"],
		["+config.lr.value", "abcd"],
		["-config.lr", "bacd"],
		["heartbeat_at", "abcd"],
		["+job_type", "bacd"],
	])("%s, page by page", async (order, expected) => {
		for (const first of [1, 3, 50]) {
			const seen: string[] = [];
			for (let after: string | null | undefined = null, more = true; more; ) {
				const page = await listRuns(ctx, project, { order, first, after });
				if (page === null) throw new Error("the project is one's own");
				expect(page.edges.at(-1)?.cursor).toBe(page.pageInfo.endCursor);
				seen.push(...page.edges.map(({ node }) => node.name));
				[after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
			}
			expect(seen.join("")).toBe(expected);
		}
	});

	test("a cursor that nobody gave out is refused", async () => {
		for (const after of ["x", Buffer.from('["a"]').toString("base64url")]) {
			await expect(listRuns(ctx, project, { after })).rejects.toMatchObject({ code: "INVALID_INPUT" });
		}
	});
});

describe("who may", () => {
	test("others see no runs", async () => {
		const stranger = await (await makeUser(services)).ctx();
		expect(await listRuns(stranger, project, {})).toBeNull();
		expect(await countProjectRuns(stranger, project, null)).toBe(0);
		expect(await listRunKeys(stranger, project)).toEqual({ config: [], summary: [] });
	});
});

test("the longest runs come first, page by page", async () => {
	const lengths = [3, 9.5, 0];
	let last = project;
	for (const [index, seconds] of lengths.entries()) {
		const { project: timed } = await upsertRun(ctx, { projectName: "timed", name: `t${index}` });
		now = new Date(now.getTime() + seconds * 1000);
		const address = { entityName: timed.entityName, projectName: "timed", runName: `t${index}` };
		await appendRunLines(ctx, { ...address, complete: true, exitCode: 0 });
		last = timed;
	}
	const names: string[] = [];
	let after: string | null = null;
	do {
		const page: Awaited<ReturnType<typeof listRuns>> = await listRuns(ctx, last, {
			order: "-duration",
			first: 1,
			after,
		});
		names.push(...(page?.edges.map(({ node }) => node.name) ?? []));
		after = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
	} while (after !== null);
	expect(names).toEqual(["t1", "t0", "t2"]);
});

test("the keys of a project's runs are those that lists can be ordered by", async () => {
	const more = {
		config: '{"a": {"value": {"b": {"c": [1]}}}, "plain": 1, "_wandb": {"value": {"t": 1}}}',
		summaryMetrics: '{"loss": {"min": 1}, "image": {"_type": "image-file", "path": "x"}, "_step": 3, "none": null}',
	};
	const { project: keyed } = await upsertRun(ctx, { projectName: "keyed", name: "k", ...more });
	expect(await listRunKeys(ctx, keyed)).toEqual({ config: ["a.b.c", "plain"], summary: ["loss.min", "none"] });
	for (const order of ["+config.a.b.c", "-config.plain", "+summary_metrics.loss.min"]) {
		expect((await listRuns(ctx, keyed, { order }))?.edges).toHaveLength(1);
	}
	expect(await listRunKeys(ctx, project)).toEqual({ config: ["lr", "net.depth"], summary: ["loss", "v.acc"] });
});

test("a sweep lists its runs, oldest first", async () => {
	const { sweep } = await upsertSweep(ctx, { projectName: "p", config: "method: grid" });
	for (const name of ["s1", "s2", "s3"]) {
		now = new Date(now.getTime() + 1000);
		await upsertRun(ctx, { projectName: "q", name: `other-${name}` });
		await upsertRun(ctx, { projectName: "p", name, sweepName: sweep.name });
	}
	const page = await listSweepRuns(ctx, sweep, {});
	expect(page.edges.map(({ node }) => node.name)).toEqual(["s1", "s2", "s3"]);
});
