import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Account, createAccount } from "../account.ts";
import { graphql } from "../graphql.ts";
import { at, textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { ask, sha256 } from "./oracle.ts";
import { expectPrintedPages } from "./pages.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();
const offlineRun = readFileSync(join(import.meta.dirname, "steps", "offline_run.py"), "utf8");

/** Times and lengths of the run, and whether filters by time find it. */
async function readCourse(account: Account): Promise<unknown> {
	const query = `query ($team: String!, $old: JSONString!, $young: JSONString!) {
		project(name: "field", entityName: $team) {
			run(name: "night-1") { createdAt heartbeatAt historyLineCount eventsLineCount logLineCount }
			old: runs(filters: $old) { totalCount }
			young: runs(filters: $young) { totalCount }
		}
	}`;
	const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString();
	const filters = {
		old: JSON.stringify({ createdAt: { $lt: yesterday } }),
		young: JSON.stringify({ createdAt: { $gte: yesterday } }),
	};
	return at(await graphql(account, query, { team: account.team, ...filters }), "project");
}

describe.each(clientVersions)("wandb $version: sync", ({ version, skipsSynced }) => {
	test("sends an offline run as it was: id, versions, edges and its times, however often it is sent", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		const nobody = { WANDB_API_KEY: undefined, WANDB_MODE: "offline" };
		const offline = await client.script(offlineRun, { env: nobody });
		expectSuccess(offline);
		const folder = String(at(reported(offline), "folder"));
		const logged = at(reported(offline), "times");
		expect(offline.output).toContain(`wandb sync ${folder}`);

		const synced = await client.command(["sync", folder]);
		expectSuccess(synced);
		expect(synced.output).toMatch(/done\.|Finished syncing/);
		expect(synced.output).not.toContain("ERROR");
		expect(synced.output).toContain(`${account.url}/${account.team}/field/runs/night-1`);
		await expectPrintedPages(synced, account.url);
		const path = `${account.team}/field/night-1`;
		const questions = [
			["run", path],
			["history", path],
			["artifact", "field/tracks:night"],
			["files", "field/tracks:v0"],
			["files", "field/weights:v0"],
		] as const;
		const sent = await ask(account, ...questions);
		const [run, history, tracks, trackFiles, weightFiles] = sent;
		expect(run).toMatchObject({
			id: "night-1",
			name: "first night",
			tags: ["savanna"],
			config: { lr: 0.1 },
			state: "finished",
			jobType: "collect",
			summary: { loss: 0.25 },
			logged: ["tracks:v0", "weights:v0"],
			used: [],
		});
		expect(history).toMatchObject([
			{ _step: 0, loss: 1 },
			{ _step: 1, loss: 0.5 },
			{ _step: 2, loss: 0.25 },
		]);
		const times = Array.isArray(history) ? history.map((row) => at(row, "_timestamp")) : [];
		expect(times).toEqual(logged);
		expect(tracks).toMatchObject({
			version: "v0",
			type: "dataset",
			aliases: ["latest", "night"],
			metadata: { site: "north" },
			loggedBy: "night-1",
		});
		expect(trackFiles).toEqual({ "tracks.txt": sha256("zebra") });
		expect(weightFiles).toEqual({ "weights.txt": sha256("0.1") });

		const course = await readCourse(account);
		const begun = Date.parse(textAt(course, "run", "createdAt")) / 1000;
		expect(begun).toBeGreaterThanOrEqual(Math.floor(Number(at(reported(offline), "before"))));
		expect(begun).toBeLessThanOrEqual(Number(at(reported(offline), "begun")));
		expect(Date.parse(textAt(course, "run", "heartbeatAt")) / 1000).toBe(Math.floor(Number(times.at(-1))));
		expect(course).toMatchObject({ old: { totalCount: 1 }, young: { totalCount: 0 } });

		const again = await client.command(["sync", folder]);
		expectSuccess(again);
		if (skipsSynced) {
			expect(again.output).toContain("Skipped 1 synced run(s)");
			expectSuccess(await client.command(["sync", "--include-synced", folder]));
		}
		expect(await ask(account, ...questions)).toEqual(sent);
		expect(await readCourse(account)).toEqual(course);
		const [versions, runs] = await ask(account, ["versions", "dataset", "field/tracks"], ["runs", "field"]);
		expect(versions).toEqual(["v0"]);
		expect(runs).toEqual([{ id: "night-1", jobType: "collect" }]);
	});
});
