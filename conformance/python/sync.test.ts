import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { ask, sha256 } from "./oracle.ts";
import { expectPrintedPages } from "./pages.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();
const offlineRun = readFileSync(join(import.meta.dirname, "steps", "offline_run.py"), "utf8");

describe.each(clientVersions)("wandb $version: sync", ({ version, skipsSynced }) => {
	test("sends an offline run as it was: id, versions, edges and the times of its steps", async () => {
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

		const again = await client.command(["sync", folder]);
		expectSuccess(again);
		if (skipsSynced) expect(again.output).toContain("Skipped 1 synced run(s)");
		expect(await ask(account, ...questions)).toEqual(sent);
		const [versions, runs] = await ask(account, ["versions", "dataset", "field/tracks"], ["runs", "field"]);
		expect(versions).toEqual(["v0"]);
		expect(runs).toEqual([{ id: "night-1", jobType: "collect" }]);
	});
});
