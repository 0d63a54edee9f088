import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Account, createAccount } from "../account.ts";
import { graphql } from "../graphql.ts";
import { at, listAt, textAt } from "../json.ts";
import { startServer, useServer } from "../server.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";

const server = useServer();
const versions = ["0.31.0", "0.18.7"];
const step = (name: string) => readFileSync(join(import.meta.dirname, "steps", name), "utf8");

async function readRun(account: Account, name: string, selection: string): Promise<unknown> {
	const query = `query ($team: String!, $name: String!) {
		project(name: "zoo", entityName: $team) { run(name: $name) { ${selection} } }
	}`;
	return at(await graphql(account, query, { team: account.team, name }), "project", "run");
}

/** Waits until the run is in the state, or gives the state that it stays in. */
async function stateOf(account: Account, name: string, expected: string): Promise<unknown> {
	for (let attempt = 0; ; attempt += 1) {
		const state = at(await readRun(account, name, "state"), "state");
		if (state === expected || attempt === 150) return state;
		await sleep(200);
	}
}

describe.each(versions)("wandb %s: runs", (version) => {
	test("what a run logs, prints, saves and warns of reads back equal", async () => {
		const account = await createAccount(server);
		const result = await newClient(version, account).script(step("run_everything.py"));
		expectSuccess(result);
		const found = reported(result);
		expect(found).toMatchObject({
			...{ state: "finished", group: "night", tags: ["first", "second"], notes: "the notes" },
			config: { lr: 0.5, net: { depth: 3 }, late: "yes" },
			...{ losses: [1, 0.5, "NaN", 0.25], deep: [0, 1, 2, 3], lastStep: 5, best: 0.25 },
			notesFile: "saved with the run",
			table: {
				columns: ["animal", "legs"],
				data: [
					["zebra", 4],
					["emu", 2],
				],
			},
			page: "<p>zebra</p>",
		});
		expect(at(found, "rows")).toEqual([
			{ _step: 0, loss: 1, limit: 0, deep: { inner: 0 } },
			{ _step: 1, loss: 0.5, limit: "Infinity", deep: { inner: 1 } },
			{ _step: 2, loss: "NaN", limit: 0, deep: { inner: 2 } },
			{ _step: 3, loss: 0.25, limit: 0, deep: { inner: 3 } },
			{ _step: 4 },
			{ _step: 5 },
		]);
		expect(at(found, "names")).toEqual(
			expect.arrayContaining(["config.yaml", "notes.txt", "output.log", "wandb-metadata.json", "wandb-summary.json"]),
		);
		expect(textAt(found, "log").split("\n").slice(0, 3)).toEqual([
			"plain line",
			"progress 100%",
			"to the other stream",
		]);
		const selection =
			"alerts(first: 5) { edges { node { title text severity } } } logLines(first: 3) { edges { node { level line } } }";
		const run = await readRun(account, "everything", selection);
		expect(listAt(run, "alerts", "edges").map((edge) => at(edge, "node"))).toEqual([
			{ title: "Low accuracy", text: "it is 0.1", severity: "WARN" },
			{ title: "Another", text: "matter", severity: "INFO" },
		]);
		expect(listAt(run, "logLines", "edges").map((edge) => at(edge, "node"))).toEqual([
			{ level: null, line: "plain line" },
			{ level: null, line: "progress 100%" },
			{ level: "error", line: "to the other stream" },
		]);
	});

	test("resume allow, must, never and auto; finished and failed", async () => {
		const account = await createAccount(server);
		const result = await newClient(version, account).script(step("run_course.py"));
		expectSuccess(result);
		const found = reported(result);
		expect(found).toMatchObject({
			new: { resumed: false, start: 0 },
			allow: { id: "again", resumed: true, start: 1 },
			must: { id: "again", resumed: true, start: 2 },
			"never, missing": { id: "fresh", resumed: false },
			"allow, missing": { id: "allowed", resumed: false },
			auto: { resumed: false },
			never: { said: expect.stringContaining("again") },
			"must, missing": { said: expect.stringContaining("missing") },
			"exit code": 3,
			"run again": { state: "finished", values: ["new", "allow", "must"], tags: ["mine"], notes: "kept" },
			"run fresh": { state: "finished", values: ["never, missing"] },
		});
		expect([at(found, "never", "code"), at(found, "must, missing", "code")]).not.toContain(0);
		expect(at(found, "run missing")).toBeUndefined();
		expect(await stateOf(account, "broken", "failed")).toBe("failed");
		expect(await readRun(account, "broken", "exitcode historyLineCount")).toEqual({ exitcode: 3, historyLineCount: 1 });
	});

	test("a run begun anew under its id replaces its history; scan_history gives each row once", async () => {
		const account = await createAccount(server);
		const result = await newClient(version, account).script(step("run_anew.py"));
		expectSuccess(result);
		const all = Array.from({ length: 25 }, (_, value) => value);
		expect(reported(result)).toEqual({
			...{
				whole: all,
				"in pages": all,
				"by keys": all,
				"to the last": all.slice(3, 7),
				"by keys to the last": all.slice(3, 7),
			},
			...{
				anew: [
					[0, 100],
					[1, 101],
				],
				"anew by keys": [100, 101],
				keys: 1,
				summary: 101,
				runs: 1,
			},
		});
	});

	test("a fork has its parent's rows, then its own; a rewound run loses those beyond the step", async () => {
		const account = await createAccount(server);
		const result = await newClient(version, account).script(step("run_branches.py"));
		expectSuccess(result);
		const trunk = [0, 1, 2, 3, 4, 5].map((value) => [value, value]);
		const own = [
			[3, 100],
			[4, 101],
		];
		expect(reported(result)).toEqual({
			before: trunk,
			fork: [...trunk.slice(0, 3), ...own],
			"fork by keys": [...trunk.slice(0, 3), ...own],
			"fork from 2": [...trunk.slice(2, 3), ...own],
			"last step of the fork": 4,
			rewound: "trunk",
			trunk: [...trunk.slice(0, 2), [2, 200]],
			"trunk summary": { value: 200 },
			runs: [false, true],
		});
	});

	test("the public API changes, finds, orders and deletes; a deleted run stays deleted", async () => {
		const account = await createAccount(server);
		const result = await newClient(version, account).script(step("run_changes.py"));
		expectSuccess(result);
		const found = reported(result);
		expect(found).toMatchObject({
			"by score": ["slow", "other", "fast"],
			"by lr": ["slow", "other", "fast"],
			"newest first": ["other", "fast", "slow"],
			"group a": ["slow", "fast"],
			"tag late": ["slow"],
			"lr above": ["fast", "other"],
			either: ["slow", "fast"],
			none: [],
			fresh: {
				config: { lr: 0.2, added: { deep: [1, 2] } },
				...{ tags: ["a", "late"], notes: "afterwards", name: "renamed", score: 0.75, extra: 7 },
			},
			"files left": [],
			left: ["slow", "fast"],
			"artifact before": ["other", ["other"]],
			artifact: ["made:v0", []],
			reading: expect.stringContaining("other"),
			reviving: { said: expect.stringContaining("was deleted, and its id cannot be used again") },
		});
		expect(at(found, "reviving", "code")).not.toBe(0);
		if (version === "0.31.0") expect(at(found, "refused state")).toContain("The run is finished");
	});

	test("a stop from the server ends the script", async () => {
		const account = await createAccount(server);
		const script = `
import time, wandb
run = wandb.init(project="zoo", id="endless")
print("STARTED", flush=True)
for step in range(6000):
    run.log({"step": step})
    time.sleep(0.05)
print("NEVER STOPPED", flush=True)
`;
		const lines: string[] = [];
		let started: () => void = () => {};
		const ready = new Promise<void>((done) => {
			started = done;
		});
		const running = newClient(version, account).start(script, (line) => {
			lines.push(line);
			if (line === "STARTED") started();
		});
		onTestFinished(running.kill);
		await ready;
		const id = textAt(await readRun(account, "endless", "id"), "id");
		const stop = "mutation ($id: ID!) { stopRun(input: { id: $id }) { success } }";
		expect(at(await graphql(account, stop, { id }), "stopRun", "success")).toBe(true);
		await running.ended;
		expect(lines).not.toContain("NEVER STOPPED");
		expect(await stateOf(account, "endless", "failed")).toBe("failed");
	});

	test("a run whose client is gone has crashed after KEIFU_RUN_TIMEOUT", async () => {
		const own = await startServer({ env: { KEIFU_RUN_TIMEOUT: "2" } });
		onTestFinished(async () => {
			await own.stop();
			rmSync(own.dataDir, { recursive: true, force: true });
		});
		const account = await createAccount(own);
		let started: () => void = () => {};
		const ready = new Promise<void>((done) => {
			started = done;
		});
		const script =
			'import time, wandb\nwandb.init(project="zoo", id="lost")\nprint("STARTED", flush=True)\ntime.sleep(600)';
		const running = newClient(version, account).start(script, (line) => {
			if (line === "STARTED") started();
		});
		onTestFinished(running.kill);
		await ready;
		running.kill();
		await running.ended;
		expect(await stateOf(account, "lost", "crashed")).toBe("crashed");
	});
});
