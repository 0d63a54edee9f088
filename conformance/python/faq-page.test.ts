import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { ask, sha256 } from "./oracle.ts";
import { expectPrintedPages } from "./pages.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";
import { printed, repaired } from "./samples.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();
const importClient = "import wandb";

function step(name: string): string {
	return readFileSync(join(import.meta.dirname, "steps", `${name}.py`), "utf8");
}

/** A cell that reports Python expressions by name. */
function report(expressions: Readonly<Record<string, string>>): string {
	const pairs = Object.entries(expressions).map(([name, expression]) => `"${name}": ${expression}`);
	return `import json\nprint("RESULT", json.dumps({${pairs.join(", ")}}))`;
}

describe.each(clientVersions)("wandb $version: artifacts FAQ", ({ version }) => {
	test("S3-C1 adds an output to a finished run, and starts the run where there is none", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		client.write("my_data/file.txt", "some data");
		expectSuccess(await client.cells([importClient, printed("S3-C1")]));
		const path = `${account.team}/uncategorized/existing_run_id`;
		expect(await ask(account, ["run", path])).toMatchObject([{ state: "finished", logged: ["artifact_name:v0"] }]);

		const other = await createAccount(server);
		const resumer = newClient(version, other);
		resumer.write("my_data/file.txt", "some data");
		expectSuccess(
			await resumer.script(
				'import wandb\nwith wandb.init(id="existing_run_id") as run:\n    run.log({"loss": 0.25})\n',
			),
		);
		const result = await resumer.cells([importClient, printed("S3-C1")]);
		expectSuccess(result);
		await expectPrintedPages(result, other.url);
		const [run, artifact, files, runs] = await ask(
			other,
			["run", `${other.team}/uncategorized/existing_run_id`],
			["artifact", "artifact_name:v0"],
			["files", "artifact_name:v0"],
			["runs", "uncategorized"],
		);
		expect(run).toMatchObject({ state: "finished", summary: { loss: 0.25 }, logged: ["artifact_name:v0"] });
		expect(artifact).toMatchObject({ type: "artifact_type", aliases: ["latest"], loggedBy: "existing_run_id" });
		expect(files).toEqual({ "file.txt": sha256("some data") });
		expect(runs).toHaveLength(1);
	});

	test("S3-C2 walks the graph from an artifact", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		expectSuccess(await client.script(step("pipeline")));
		const result = await client.cells([
			importClient,
			printed("S3-C2"),
			report({
				producer: "producer_run.id",
				consumers: "[run.id for run in consumer_runs]",
				next: "[found.name for found in next_artifacts]",
				previous: "[found.name for found in previous_artifacts]",
				types: "[next_artifacts[0].type, previous_artifacts[0].type]",
			}),
		]);
		expectSuccess(result);
		expect(reported(result)).toEqual({
			producer: "producer",
			consumers: ["trainer"],
			next: ["model:v0"],
			previous: ["raw:v0"],
			types: ["model", "dataset"],
		});
		const [artifact, producer] = await ask(
			account,
			["artifact", "project/artifact:alias"],
			["run", `${account.team}/project/producer`],
		);
		expect(artifact).toMatchObject({ loggedBy: "producer", usedBy: ["trainer"], aliases: ["alias", "latest"] });
		expect(producer).toMatchObject({ state: "finished", logged: ["artifact:v0"], used: ["raw:v0"] });
	});

	test("S3-C3 walks the graph from a run", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		expectSuccess(await client.script(step("pipeline")));
		const result = await client.cells([
			importClient,
			printed("S3-C3", { "entity/project/run_id": `${account.team}/project/trainer` }),
			report({
				produced: "[found.name for found in produced_artifacts]",
				consumed: "[found.name for found in consumed_artifacts]",
				earlier: "earlier_run.id",
				consumers: "[run.id for run in consumer_runs]",
				states: "[earlier_run.state, consumer_runs[0].state]",
			}),
		]);
		expectSuccess(result);
		expect(reported(result)).toEqual({
			produced: ["model:v0"],
			consumed: ["artifact:v0"],
			earlier: "producer",
			consumers: ["evaluator"],
			states: ["finished", "finished"],
		});
		const [model] = await ask(account, ["artifact", "project/model:v0"]);
		expect(model).toMatchObject({ loggedBy: "trainer", usedBy: ["evaluator"] });
	});

	test("S3-C4 gives one artifact a version for each run, and none for equal content", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		client.write("sample.py", printed("S3-C4"));
		const logFromRuns = [
			'for weights in ["one", "two", "three", "three"]:',
			'    with wandb.init(project="project") as run:',
			'        artifact = eval(open("sample.py").read())',
			'        with artifact.new_file("weights.txt") as file:',
			"            file.write(weights)",
			"        run.log_artifact(artifact)",
		].join("\n");
		expectSuccess(await client.cells([importClient, logFromRuns]));
		const name = `${account.team}/project/sweep_name`;
		const [versions, latest, runs] = await ask(
			account,
			["versions", "model", name],
			["files", `${name}:latest`],
			["runs", `${account.team}/project`],
		);
		expect(versions).toEqual(["v2", "v1", "v0"]);
		expect(latest).toEqual({ "weights.txt": sha256("three") });
		expect(runs).toHaveLength(4);
	});

	test("S3-C5 downloads the outputs of the best run of a sweep", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		const made = await client.script(
			[
				"import json, wandb",
				'metric = {"name": "val_acc", "goal": "maximize"}',
				'config = {"method": "random", "metric": metric, "parameters": {"lr": {"values": [0.1, 0.01]}}}',
				'print("RESULT", json.dumps(wandb.sweep(config, project="project")))',
			].join("\n"),
		);
		expectSuccess(made);
		await expectPrintedPages(made, account.url);
		const sweep = String(reported(made));
		const env = { WANDB_SWEEP_ID: sweep, WANDB_PROJECT: "project" };
		const trials = await client.script(step("sweep_runs"), { env });
		expectSuccess(trials);
		await expectPrintedPages(trials, account.url);
		const result = await client.cells([
			importClient,
			printed("S3-C5", { "entity/project/sweep_id": `${account.team}/project/${sweep}` }),
			report({ best: "best_run.id", accuracies: '[run.summary["val_acc"] for run in runs]' }),
		]);
		expectSuccess(result);
		expect(at(reported(result), "accuracies")).toEqual([0.9, 0.7, 0.5]);
		const [best] = await ask(account, ["run", `${account.team}/project/${at(reported(result), "best")}`]);
		expect(best).toMatchObject({ state: "finished", summary: { val_acc: 0.9 }, logged: ["sweep_name:v1"] });
		const paths = result.stdout.split("\n").filter((line) => line.endsWith("sweep_name:v1"));
		expect(paths, result.output).toHaveLength(1);
		const weights = readFileSync(join(client.folder, "artifacts", "sweep_name:v1", "weights.txt"), "utf8");
		expect(weights).toBe("accuracy 0.9");
	});

	test("S3-C6, repaired, lists the script as a code artifact under the run", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		client.write("train.py", "print('training')\n");
		const fills = { "<name>": "training-code", "<project>": "project" };
		const result = await client.cells([importClient, repaired("S3-C6", fills)]);
		expectSuccess(result);
		await expectPrintedPages(result, account.url);
		const name = `${account.team}/project/training-code:v0`;
		const [code, files] = await ask(account, ["artifact", name], ["files", name]);
		expect(code).toMatchObject({ type: "code", version: "v0" });
		expect(files).toEqual({ "train.py": sha256("print('training')\n") });
		const path = `${account.team}/project/${at(code, "loggedBy")}`;
		const [run] = await ask(account, ["run", path]);
		expect(run).toMatchObject({ state: "finished", logged: expect.arrayContaining(["training-code:v0"]) });
	});

	test("S3-C7, repaired, reads the version id and the ETag as they were logged", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		expectSuccess(await client.script(step("s3_reference")));
		const result = await client.cells([
			importClient,
			'run = wandb.init(project="references", id="reader")',
			repaired("S3-C7"),
			report({ versionID: "versionID", etag: "etag" }),
		]);
		expectSuccess(result);
		const extra = { versionID: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY", etag: '"0d2f3c1e9a"' };
		expect(reported(result)).toEqual(extra);
		const [table] = await ask(account, ["artifact", "references/my_table:v0"]);
		expect(table).toMatchObject({
			usedBy: ["reader"],
			entries: { "table.csv": { ref: "s3://bucket/table.csv", size: 12, extra } },
		});
	});
});
