import type { KeifuClient } from "@keifu/sdk";
import { logReference } from "./seed-lineage.ts";

type Run = { name: string; displayName: string; jobType: string; sweep?: string; project?: string; accuracy?: number };

async function putRun(client: KeifuClient, { project = "zoo", accuracy, ...run }: Run): Promise<void> {
	await client.graphql("mutation($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }", {
		input: {
			...{
				...run,
				entityName: "my-team",
				modelName: project,
				state: run.jobType === "retired" ? "failed" : "finished",
			},
			...(accuracy === undefined ? {} : { summaryMetrics: JSON.stringify({ accuracy }) }),
		},
	});
}

async function use(client: KeifuClient, artifactID: string, runName: string, projectName = "zoo"): Promise<void> {
	const input = { artifactID, runName, entityName: "my-team", projectName };
	await client.graphql("mutation($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }", {
		input,
	});
}

/** Six runs of a sweep that train on the same version, each with a model of its own. */
async function sweepOf(client: KeifuClient, dataset: string): Promise<void> {
	const { upsertSweep } = await client.graphql<{ upsertSweep: { sweep: { name: string } } }>(
		`mutation { upsertSweep(input: { entityName: "my-team", projectName: "zoo", config: "method: random" }) {
			sweep { name } } }`,
		{},
	);
	for (let n = 1; n <= 6; n++) {
		const run = { name: `sweep-${n}`, displayName: `brave-sweep-${n}`, jobType: "train", accuracy: n / 10 };
		await putRun(client, { ...run, sweep: upsertSweep.sweep.name });
		await use(client, dataset, run.name);
		await logReference(client, { runName: run.name, type: "model", name: "swept", content: `${n}` });
	}
}

/**
 * Document 000's pipeline in my-team/zoo: raw data, three runs that log the same split, a model and its evaluation; a
 * sweep of six; a model that was deleted and is still somebody's input; a run of a project that not everybody may see.
 */
export async function seedWalk(client: KeifuClient): Promise<void> {
	await putRun(client, { name: "ingest", displayName: "gentle-snow-16", jobType: "ingest" });
	const raw = await logReference(client, { runName: "ingest", type: "raw", name: "zoo_raw" });
	let dataset = "";
	for (const [n, displayName] of ["amber-forest-17", "quiet-lake-18", "misty-dawn-19"].entries()) {
		await putRun(client, { name: `split-${n}`, displayName, jobType: "preprocess" });
		await use(client, raw, `split-${n}`);
		dataset = await logReference(client, { runName: `split-${n}`, type: "dataset", name: "split_zoo_dataset" });
	}
	await putRun(client, { name: "train", displayName: "rural-feather-20", jobType: "train", accuracy: 0.91 });
	await use(client, dataset, "train");
	const model = await logReference(client, { runName: "train", type: "model", name: "zoo-ylbchv20" });
	await putRun(client, { name: "evaluate", displayName: "northern-lake-21", jobType: "evaluate" });
	await use(client, model, "evaluate");
	await logReference(client, { runName: "evaluate", type: "table", name: "zoo-evaluation" });
	await sweepOf(client, dataset);
	await putRun(client, { name: "old", displayName: "faded-moon-15", jobType: "retired" });
	await use(client, dataset, "old");
	const old = await logReference(client, { runName: "old", type: "model", name: "zoo-retired" });
	await putRun(client, { name: "old-check", displayName: "calm-heron-22", jobType: "evaluate" });
	await use(client, old, "old-check");
	await client.graphql(
		"mutation($id: ID!) { deleteArtifact(input: { artifactID: $id, deleteAliases: true }) { artifact { id } } }",
		{ id: old },
	);
	await client.graphql(
		'mutation { upsertModel(input: { entityName: "my-team", name: "secret", access: "RESTRICTED" }) { project { id } } }',
		{},
	);
	await putRun(client, { name: "hidden", displayName: "silent-owl-23", jobType: "train", project: "secret" });
	await use(client, dataset, "hidden", "secret");
}
