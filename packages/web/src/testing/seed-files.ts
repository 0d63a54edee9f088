import { createHash } from "node:crypto";
import type { KeifuClient } from "@keifu/sdk";

type Bytes = string | Uint8Array<ArrayBuffer>;

/** A version to log: files with their bytes, and entries that point elsewhere. */
export type VersionToLog = {
	collection: string;
	type: string;
	files?: Readonly<Record<string, Bytes>>;
	references?: Readonly<Record<string, string>>;
	metadata?: object;
	aliases?: readonly string[];
};

const place = { entityName: "my-team", projectName: "zoo" };
const md5 = (bytes: Bytes) => createHash("md5").update(bytes).digest("base64");

type Upload = { uploadUrl: string | null; uploadHeaders: string[] | null };

async function put(client: KeifuClient, { uploadUrl, uploadHeaders }: Upload, body: Bytes): Promise<void> {
	if (uploadUrl === null) return;
	const headers = (uploadHeaders ?? []).map((header): [string, string] => {
		const at = header.indexOf(":");
		return [header.slice(0, at), header.slice(at + 1)];
	});
	await client.request(uploadUrl, { method: "PUT", headers, body });
}

type Entry = { digest: string; size?: number; ref?: string };

function entriesOf({ files = {}, references = {} }: VersionToLog): Map<string, Entry> {
	const stored = Object.entries(files).map(([path, bytes]): [string, Entry] => [
		path,
		{ digest: md5(bytes), size: Buffer.byteLength(bytes) },
	]);
	const elsewhere = Object.entries(references).map(([path, ref]): [string, Entry] => [
		path,
		{ digest: ref, ref, size: 1234 },
	]);
	return new Map([...stored, ...elsewhere].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}

function digestOf(entries: ReadonlyMap<string, Entry>): string {
	const hash = createHash("md5").update("wandb-artifact-manifest-v1\n");
	for (const [path, { digest }] of entries) hash.update(`${path}:${digest}\n`);
	return hash.digest("hex");
}

type Made = { createArtifact: { artifact: { id: string } } };

async function createVersion(client: KeifuClient, version: VersionToLog, digest: string): Promise<string> {
	const made = await client.graphql<Made>(
		"mutation($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }",
		{
			input: {
				...place,
				artifactTypeName: version.type,
				artifactCollectionName: version.collection,
				digest,
				digestAlgorithm: "MANIFEST_MD5",
				metadata: JSON.stringify(version.metadata ?? {}),
				aliases: ["latest", ...(version.aliases ?? [])].map((alias) => ({
					artifactCollectionName: version.collection,
					alias,
				})),
			},
		},
	);
	return made.createArtifact.artifact.id;
}

async function uploadFiles(
	client: KeifuClient,
	artifactID: string,
	files: Readonly<Record<string, Bytes>>,
): Promise<void> {
	type Files = { createArtifactFiles: { files: { edges: { node: Upload & { name: string } }[] } } };
	const all = Object.entries(files);
	for (let at = 0; at < all.length; at += 500) {
		const part = all.slice(at, at + 500);
		const asked = await client.graphql<Files>(
			`mutation($input: CreateArtifactFilesInput!) { createArtifactFiles(input: $input) {
				files { edges { node { id name uploadUrl uploadHeaders } } } } }`,
			{
				input: {
					storageLayout: "V2",
					artifactFiles: part.map(([name, bytes]) => ({ artifactID, name, md5: md5(bytes) })),
				},
			},
		);
		for (const { node } of asked.createArtifactFiles.files.edges) await put(client, node, files[node.name] ?? "");
	}
}

/** Logs a version as the client does, and gives back its id. */
export async function logFiles(client: KeifuClient, version: VersionToLog): Promise<string> {
	const entries = entriesOf(version);
	const id = await createVersion(client, version, digestOf(entries));
	await uploadFiles(client, id, version.files ?? {});
	const manifest = JSON.stringify({
		version: 1,
		storagePolicy: "wandb-storage-policy-v1",
		storagePolicyConfig: { storageLayout: "V2" },
		contents: Object.fromEntries(entries),
	});
	const announced = await client.graphql<{ createArtifactManifest: { artifactManifest: { file: Upload } } }>(
		`mutation($input: CreateArtifactManifestInput!) {
			createArtifactManifest(input: $input) { artifactManifest { file { id uploadUrl uploadHeaders } } } }`,
		{ input: { ...place, artifactID: id, name: "wandb_manifest.json", type: "FULL", digest: md5(manifest) } },
	);
	await put(client, announced.createArtifactManifest.artifactManifest.file, manifest);
	await client.graphql("mutation($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }", { id });
	return id;
}
