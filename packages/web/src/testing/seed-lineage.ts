import { createHash } from "node:crypto";
import type { KeifuClient } from "@keifu/sdk";

const place = { entityName: "my-team", projectName: "zoo" };

type RunWanted = { name: string; displayName: string; jobType: string; summary?: string };

/** Makes a finished run in my-team/zoo. */
export async function makeRun(client: KeifuClient, { summary = '{"acc":0.75}', ...names }: RunWanted): Promise<void> {
	const config = JSON.stringify({ lr: { value: 0.25 } });
	await client.graphql(
		`mutation($name: String, $displayName: String, $jobType: String, $config: JSONString, $summary: JSONString) {
			upsertBucket(input: {
				name: $name, displayName: $displayName, jobType: $jobType, config: $config, summaryMetrics: $summary,
				entityName: "my-team", modelName: "zoo", state: "finished"
			}) { bucket { id } }
		}`,
		{ ...names, config, summary },
	);
}

type ManifestResult = {
	createArtifactManifest: { artifactManifest: { file: { uploadUrl: string | null; uploadHeaders: string[] | null } } };
};

async function uploadManifest(client: KeifuClient, artifactID: string, runName: string, manifest: string) {
	const document = `mutation($input: CreateArtifactManifestInput!) {
		createArtifactManifest(input: $input) { artifactManifest { file { id uploadUrl uploadHeaders } } }
	}`;
	const input = { ...place, artifactID, runName, name: "wandb_manifest.json", type: "FULL" };
	await client.graphql(document, { input: { ...input, digest: "" } });
	const digest = createHash("md5").update(manifest).digest("base64");
	const result = await client.graphql<ManifestResult>(document, { input: { ...input, digest } });
	const { uploadUrl, uploadHeaders } = result.createArtifactManifest.artifactManifest.file;
	if (uploadUrl === null) throw new Error("no address for the manifest");
	const headers = (uploadHeaders ?? []).map((header): [string, string] => {
		const at = header.indexOf(":");
		return [header.slice(0, at), header.slice(at + 1)];
	});
	await client.request(uploadUrl, { method: "PUT", headers, body: manifest });
}

type Logged = {
	runName: string;
	name: string;
	type: string;
	/** Other content makes another version. */
	content?: string;
	metadata?: object;
	aliases?: string[];
};

/** Logs a version that holds one reference, so that no bytes need uploading but the manifest's. */
export async function logReference(client: KeifuClient, logged: Logged): Promise<string> {
	const { runName, name, type, content = "", metadata = { rows: 42 }, aliases = ["latest"] } = logged;
	const entry = { digest: `${name}-digest${content}`, ref: `https://files.example.org/${name}.bin`, size: 1234 };
	const file = `${name}.bin`;
	const hash = createHash("md5").update(`wandb-artifact-manifest-v1\n${file}:${entry.digest}\n`).digest("hex");
	const { createArtifact } = await client.graphql<{ createArtifact: { artifact: { id: string; state: string } } }>(
		"mutation($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id state } } }",
		{
			input: {
				...place,
				runName,
				artifactTypeName: type,
				artifactCollectionName: name,
				digest: hash,
				digestAlgorithm: "MANIFEST_MD5",
				description: `About ${name}.`,
				metadata: JSON.stringify(metadata),
				aliases: aliases.map((alias) => ({ artifactCollectionName: name, alias })),
			},
		},
	);
	const { id, state } = createArtifact.artifact;
	// The same content is the same version, with one producer more.
	if (state === "COMMITTED") return id;
	const manifest = {
		version: 1,
		storagePolicy: "wandb-storage-policy-v1",
		storagePolicyConfig: { storageLayout: "V2" },
		contents: { [file]: entry },
	};
	await uploadManifest(client, id, runName, JSON.stringify(manifest));
	await client.graphql("mutation($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }", { id });
	return id;
}

async function makeSweep(client: KeifuClient): Promise<string> {
	const config = "method: grid\nparameters:\n  lr:\n    values: [0.25]\n";
	const { upsertSweep } = await client.graphql<{ upsertSweep: { sweep: { name: string } } }>(
		`mutation($config: String) {
			upsertSweep(input: { entityName: "my-team", projectName: "zoo", config: $config }) { sweep { name } }
		}`,
		{ config },
	);
	return upsertSweep.sweep.name;
}

/** A dataset, a run that trains on it, the model it logs, the link of the model, a sweep. Gives back the sweep's id. */
export async function seedLineage(client: KeifuClient): Promise<string> {
	await makeRun(client, { name: "split1", displayName: "rural-feather-20", jobType: "split" });
	await makeRun(client, { name: "train1", displayName: "northern-lake-21", jobType: "train" });
	const dataset = await logReference(client, { runName: "split1", name: "animals", type: "dataset" });
	const use = "mutation($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }";
	await client.graphql(use, { input: { ...place, artifactID: dataset, runName: "train1" } });
	const model = await logReference(client, { runName: "train1", name: "net", type: "model" });
	await client.graphql("mutation($input: LinkArtifactInput!) { linkArtifact(input: $input) { versionIndex } }", {
		input: {
			artifactID: model,
			artifactPortfolioName: "first-collection",
			entityName: "my-org",
			projectName: "wandb-registry-model",
		},
	});
	return await makeSweep(client);
}
