import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { ask, sha256 } from "./oracle.ts";
import { expectPrintedPages } from "./pages.ts";
import { expectSuccess, newClient } from "./run-script.ts";
import { printed, repaired } from "./samples.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();
const logTwice = readFileSync(join(import.meta.dirname, "steps", "log_twice.py"), "utf8");

describe.each(clientVersions)("wandb $version: lineage maps", ({ version }) => {
	test("S0-C1 marks the newest version as the run's input, whatever aliases= says", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		expectSuccess(await client.script(logTwice));
		const fills = { "<project>": "lineage", "<entity>": account.team, "<name>": "dataset", "<alias>": "first" };
		const result = await client.script(printed("S0-C1", fills));
		expectSuccess(result);
		await expectPrintedPages(result, account.url);
		const runUrl = new RegExp(`${account.team}/lineage/runs/([a-z0-9]+)`).exec(result.output);
		const [newest, oldest] = await ask(account, ["artifact", "lineage/dataset:v1"], ["artifact", "lineage/dataset:v0"]);
		expect(newest).toMatchObject({ aliases: ["latest"], loggedBy: "producer", usedBy: [runUrl?.[1]] });
		expect(oldest).toMatchObject({ aliases: ["first"], usedBy: [] });
	});

	test("S0-C2, repaired, logs the file under the name given, as the run's output", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		client.write("images.bin", "zebras and tigers");
		const fills = {
			"<entity>": account.team,
			"<project>": "lineage",
			"<artifact_name>": "zoo",
			"<artifact_type>": "dataset",
			"<local_filepath>": "./images.bin",
			"<optional-name>": "data/zoo.bin",
		};
		const result = await client.script(repaired("S0-C2", fills));
		expectSuccess(result);
		await expectPrintedPages(result, account.url);
		const [logged, files, runs] = await ask(
			account,
			["artifact", `${account.team}/lineage/zoo:latest`],
			["files", `${account.team}/lineage/zoo:v0`],
			["runs", `${account.team}/lineage`],
		);
		expect(files).toEqual({ "data/zoo.bin": sha256("zebras and tigers") });
		expect(logged).toMatchObject({ version: "v0", type: "dataset", aliases: ["latest"], usedBy: [] });
		expect(runs).toEqual([{ id: expect.any(String), jobType: null }]);
		expect(runs).toMatchObject([{ id: at(logged, "loggedBy") }]);
	});
});
