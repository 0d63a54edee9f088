import type { KeifuClient } from "@keifu/sdk";

const place = { entityName: "my-team", projectName: "vision" };

type RunInput = {
	name: string;
	displayName?: string;
	jobType?: string;
	groupName?: string;
	tags?: string[];
	notes?: string;
	state?: string;
	sweep?: string;
	config?: Record<string, unknown>;
	summary?: Record<string, unknown>;
};

/** Makes a run of the project `vision`, or changes it. */
export async function putRun(client: KeifuClient, run: RunInput): Promise<void> {
	const { config, summary, ...same } = run;
	const wrapped = config && Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]));
	await client.graphql("mutation($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }", {
		input: {
			...same,
			...{ entityName: place.entityName, modelName: place.projectName },
			...(wrapped ? { config: JSON.stringify(wrapped) } : {}),
			...(summary ? { summaryMetrics: JSON.stringify(summary) } : {}),
		},
	});
}

type Stream = { history?: object[]; events?: object[]; log?: string[]; summary?: object; complete?: boolean };

/** Sends what a running script says, from the beginning of each stream. */
export async function streamRun(client: KeifuClient, run: string, sent: Stream & { logFrom?: number }): Promise<void> {
	const { history, events, log, summary, complete, logFrom = 0 } = sent;
	const lines = (rows: object[]) => ({ offset: 0, content: rows.map((row) => JSON.stringify(row)) });
	const files = {
		...(history ? { "wandb-history.jsonl": lines(history) } : {}),
		...(events ? { "wandb-events.jsonl": lines(events) } : {}),
		...(summary ? { "wandb-summary.json": lines([summary]) } : {}),
		...(log ? { "output.log": { offset: logFrom, content: log } } : {}),
	};
	const body = JSON.stringify({ files, ...(complete ? { complete: true, exitcode: 0 } : {}) });
	await client.request(`/files/${place.entityName}/${place.projectName}/${run}/file_stream`, {
		method: "POST",
		headers: [["content-type", "application/json"]],
		body,
	});
}

/** Saves files with a run. */
export async function saveFiles(client: KeifuClient, runName: string, files: Record<string, string | Uint8Array>) {
	type Result = { createRunFiles: { files: { name: string; uploadUrl: string }[] } };
	const { createRunFiles } = await client.graphql<Result>(
		"mutation($input: CreateRunFilesInput!) { createRunFiles(input: $input) { files { name uploadUrl } } }",
		{ input: { ...place, runName, files: Object.keys(files) } },
	);
	for (const { name, uploadUrl } of createRunFiles.files) {
		const body = files[name];
		if (body === undefined) throw new Error(`an address for ${name}, which nobody asked for`);
		await client.request(uploadUrl, {
			method: "PUT",
			body: typeof body === "string" ? body : new Blob([body.slice()]),
		});
	}
}

const start = 1_790_000_000;

function historyOf(seed: number, steps: number): Record<string, unknown>[] {
	return Array.from({ length: steps }, (_, step) => {
		const wave = Math.sin(step * 1.7 + seed) * 0.04;
		const common = { _step: step, _runtime: step * 2 + 1, _timestamp: start + step * 2 };
		const loss = 1.8 / (1 + step / (12 + seed)) + wave + 0.15;
		const train = { "train/loss": loss, "train/lr": 0.01 * 0.97 ** step };
		const accuracy = 1 - 0.8 / (1 + step / (20 + seed)) + wave / 4;
		return step % 5 === 0
			? { ...common, ...train, "val/accuracy": accuracy, epoch: step / 5 }
			: { ...common, ...train };
	});
}

/** 4 × 4 points, red. */
const picture = Buffer.from(
	"iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==",
	"base64",
);

function mediaOf(): Record<string, unknown> {
	return {
		sample: { _type: "image-file", path: "media/images/sample.png", caption: "a red square", width: 4, height: 4 },
		predictions: { _type: "table-file", path: "media/table/predictions.table.json", nrows: 2, ncols: 2 },
		weights: { _type: "histogram", values: [1, 5, 9, 4, 2], bins: [-1, -0.5, 0, 0.5, 1, 1.5] },
	};
}

const names = ["crimson-fox", "quiet-river", "amber-dawn", "bold-falcon", "silver-birch", "lucky-comet"];

async function seedTraining(client: KeifuClient, index: number): Promise<void> {
	const name = `train${index}`;
	const history = historyOf(index, 120);
	const [last] = history.slice(-1);
	await putRun(client, {
		name,
		displayName: `${names[index % names.length]}-${index + 1}`,
		jobType: index % 3 === 0 ? "eval" : "train",
		groupName: index % 2 === 0 ? "baseline" : "wide",
		tags: index % 2 === 0 ? ["baseline"] : ["wide", "aug"],
		config: {
			lr: 0.01 * (index + 1),
			optimizer: index % 2 === 0 ? "adam" : "sgd",
			net: { depth: 18, width: index + 1 },
		},
		summary: { "train/loss": last?.["train/loss"], accuracy: 0.8 + index / 100, loss: { min: 0.2, max: 1.9 } },
	});
	const withMedia = history.map((row, step) => (step === 50 || step === 100 ? { ...row, ...mediaOf() } : row));
	await streamRun(client, name, {
		history: index === 0 ? withMedia : history,
		events: history
			.filter((_, step) => step % 10 === 0)
			.map(({ _runtime, _timestamp }, step) => ({
				...{ _runtime, _timestamp, "system.cpu": 40 + step, "system.memory": 60 - step },
			})),
	});
}

async function seedConsole(client: KeifuClient): Promise<void> {
	const at = (line: number) => `2026-11-21T05:00:00.${String(line % 1000).padStart(3, "0")}000`;
	const log = Array.from({ length: 3000 }, (_, line) => {
		if (line === 17) return `ERROR ${at(line)} \u001b[31mRuntimeWarning\u001b[0m: overflow in exp`;
		return `${at(line)} epoch ${Math.floor(line / 100)} \u001b[1mstep\u001b[0m ${line} loss=\u001b[32m${(1 / (line + 1)).toFixed(5)}\u001b[0m`;
	});
	await streamRun(client, "train0", { log });
	const metadata = {
		...{ host: "gpu-node-7", os: "Linux-6.8", python: "CPython 3.12.3", program: "train.py", args: ["--lr", "0.01"] },
		...{ git: { remote: "git@example.org:my-team/vision.git", commit: "4f2c1d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e" } },
		...{ root: "/home/kim/vision", gpu: "NVIDIA A100", gpu_count: 2, cpu_count_logical: 32 },
	};
	await saveFiles(client, "train0", {
		"wandb-metadata.json": JSON.stringify(metadata),
		"requirements.txt": "torch==2.5.0\nwandb==0.31.0\n",
		"media/images/sample.png": picture,
		"media/table/predictions.table.json": JSON.stringify({
			columns: ["label", "score"],
			data: [
				["zebra", 0.91],
				["emu", 0.42],
			],
		}),
	});
}

async function seedSweep(client: KeifuClient): Promise<string> {
	const config =
		"method: bayes\nmetric:\n  name: loss\n  goal: minimize\nparameters:\n  lr:\n    min: 0.001\n    max: 0.1\n  depth:\n    values: [18, 34]\nrun_cap: 10\n";
	const { upsertSweep } = await client.graphql<{ upsertSweep: { sweep: { name: string } } }>(
		"mutation($input: UpsertSweepInput!) { upsertSweep(input: $input) { sweep { name } } }",
		{ input: { ...place, config, displayName: "learning rates" } },
	);
	const sweep = upsertSweep.sweep.name;
	for (const [index, loss] of [0.9, 0.3, 0.6].entries()) {
		const run = { name: `sweep${index}`, displayName: `sweep-run-${index + 1}`, state: "finished", sweep };
		await putRun(client, { ...run, config: { lr: 0.01 * (index + 1), depth: 18 }, summary: { loss } });
	}
	return sweep;
}

/** The project `vision`: trainings with curves, media, console and files; one that still runs; a sweep, whose id it gives back. */
export async function seedRuns(client: KeifuClient): Promise<string> {
	for (let index = 0; index < 6; index += 1) await seedTraining(client, index);
	await seedConsole(client);
	for (let index = 0; index < 5; index += 1) await streamRun(client, `train${index}`, { complete: true });
	return await seedSweep(client);
}
