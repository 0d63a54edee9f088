import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { ask, sha256 } from "./oracle.ts";
import { expectPrintedPages } from "./pages.ts";
import { type Client, expectSuccess, newClient, reported } from "./run-script.ts";
import { printed, repaired } from "./samples.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();
const dataset = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 31) % 256));
const project = "artifacts-example";

function withDataset(client: Client): Client {
	client.write("dataset.h5", dataset);
	return client;
}

describe.each(clientVersions)("wandb $version: artifacts overview", ({ version }) => {
	test("S2-C1 logs the dataset under its entry name, in a run of the job type given", async () => {
		const account = await createAccount(server);
		const result = await withDataset(newClient(version, account)).script(printed("S2-C1"));
		expectSuccess(result);
		await expectPrintedPages(result, account.url);
		const name = `${account.team}/${project}/example_artifact:v0`;
		const [logged, files, runs] = await ask(account, ["artifact", name], ["files", name], ["runs", project]);
		expect(logged).toMatchObject({ version: "v0", type: "dataset", aliases: ["latest"], size: dataset.length });
		expect(files).toEqual({ training_dataset: sha256(dataset) });
		expect(runs).toEqual([{ id: at(logged, "loggedBy"), jobType: "add-dataset" }]);
	});

	test("S2-C2 as printed fails with an error that helps; repaired, it marks the input", async () => {
		const account = await createAccount(server);
		const client = withDataset(newClient(version, account));
		const asPrinted = await client.cells([printed("S2-C1"), printed("S2-C2")]);
		expect(asPrinted.code).not.toBe(0);
		expect(asPrinted.output).toContain("training_dataset:latest");
		expect(asPrinted.output).toContain(`${account.team}/${project}`);
		expect(asPrinted.output).toContain("example_artifact");

		const result = await client.cells([
			printed("S2-C1"),
			repaired("S2-C2"),
			'import json\nprint("RESULT", json.dumps({"run": run.id, "name": artifact.name}))',
		]);
		expectSuccess(result);
		await expectPrintedPages(result, account.url);
		const [used] = await ask(account, ["artifact", `${project}/example_artifact:v0`]);
		expect(reported(result)).toMatchObject({ name: "example_artifact:latest" });
		expect(used).toMatchObject({ usedBy: [at(reported(result), "run")] });
	});

	test("S2-C3 downloads the same bytes into the default folder", async () => {
		const account = await createAccount(server);
		const client = withDataset(newClient(version, account));
		const result = await client.cells([
			printed("S2-C1"),
			repaired("S2-C2"),
			printed("S2-C3"),
			'import json, os\nprint("RESULT", json.dumps(os.path.realpath(datadir)))',
		]);
		expectSuccess(result);
		const folder = join(client.folder, "artifacts", "example_artifact:v0");
		expect(reported(result)).toBe(folder);
		expect(sha256(readFileSync(join(folder, "training_dataset")))).toBe(sha256(dataset));
	});
});
