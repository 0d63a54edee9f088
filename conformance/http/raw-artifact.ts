import { createHash } from "node:crypto";
import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { graphql } from "../graphql.ts";
import { at, listAt, textAt } from "../json.ts";
import type { Door } from "../server.ts";

/** One file to upload: what it holds, readable as often as needed. */
export interface RawFile {
	readonly size: number;
	/** MD5 in base64, as the wire has it. */
	readonly md5: string;
	chunks(): Iterable<Uint8Array>;
}

/** Where a version goes. */
export interface RawTarget {
	readonly entity: string;
	readonly project: string;
	readonly collection: string;
	/** What the manifest says of where bytes are; without it what today's clients say. */
	readonly storagePolicyConfig?: object;
}

/** A version begun but not committed. */
export interface RawDraft {
	readonly artifactId: string;
	readonly manifestId: string;
}

export function rawFile(content: string | Uint8Array): RawFile {
	const bytes = Buffer.from(content);
	return { size: bytes.length, md5: md5Base64(bytes), chunks: () => [bytes] };
}

export function md5Base64(bytes: Uint8Array): string {
	return createHash("md5").update(bytes).digest("base64");
}

/** Does what the client does to log a version: begin, upload, manifest, commit. Gives back the version's id. */
export async function logVersion(
	door: Door,
	target: RawTarget,
	files: Readonly<Record<string, RawFile>>,
): Promise<string> {
	const draft = await beginVersion(door, target, files);
	for (const [name, file] of Object.entries(files)) {
		const upload = await fileUpload(door, draft, name, file.md5);
		if (upload !== null) expectStored(await put(upload, file), name);
	}
	await uploadManifest(door, target, draft, files);
	await commit(door, draft);
	return draft.artifactId;
}

export async function beginVersion(
	door: Door,
	target: RawTarget,
	files: Readonly<Record<string, RawFile>>,
): Promise<RawDraft> {
	const names = Object.keys(files).sort();
	const digest = createHash("md5").update("wandb-artifact-manifest-v1\n");
	for (const name of names) digest.update(`${name}:${files[name]?.md5}\n`);
	const made = await graphql(
		door,
		"mutation CreateArtifact($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id state } } }",
		{
			input: {
				entityName: target.entity,
				projectName: target.project,
				artifactTypeName: "dataset",
				artifactCollectionName: target.collection,
				digest: digest.digest("hex"),
				digestAlgorithm: "MANIFEST_MD5",
				aliases: [{ artifactCollectionName: target.collection, alias: "latest" }],
				enableDigestDeduplication: true,
			},
		},
	);
	const artifactId = textAt(made, "createArtifact", "artifact", "id");
	const manifest = await createManifest(door, target, artifactId, "");
	return { artifactId, manifestId: textAt(manifest, "id") };
}

/** The upload address of a file of the version; null when the server has the bytes. */
export async function fileUpload(door: Door, draft: RawDraft, name: string, md5: string): Promise<RawUpload | null> {
	const reply = await graphql(
		door,
		`mutation CreateArtifactFiles($input: CreateArtifactFilesInput!) {
			createArtifactFiles(input: $input) { files { edges { node { uploadUrl uploadHeaders artifact { id } } } } }
		}`,
		{
			input: {
				artifactFiles: [{ artifactID: draft.artifactId, artifactManifestID: draft.manifestId, name, md5 }],
				storageLayout: "V2",
			},
		},
	);
	return uploadOf(at(reply, "createArtifactFiles", "files", "edges", 0, "node"));
}

export async function uploadManifest(
	door: Door,
	target: RawTarget,
	draft: RawDraft,
	files: Readonly<Record<string, RawFile>>,
): Promise<void> {
	const contents = Object.fromEntries(
		Object.keys(files)
			.sort()
			.map((name) => [name, { digest: files[name]?.md5, size: files[name]?.size, birthArtifactID: draft.artifactId }]),
	);
	const manifest = rawFile(
		JSON.stringify({
			version: 1,
			storagePolicy: "wandb-storage-policy-v1",
			storagePolicyConfig: target.storagePolicyConfig ?? { storageLayout: "V2" },
			contents,
		}),
	);
	const upload = uploadOf(at(await createManifest(door, target, draft.artifactId, manifest.md5), "file"));
	if (upload === null) throw new Error("no upload address for the manifest");
	expectStored(await put(upload, manifest), "manifest");
}

export async function commit(door: Door, draft: RawDraft): Promise<void> {
	await graphql(
		door,
		"mutation CommitArtifact($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }",
		{ id: draft.artifactId },
	);
}

/** Signed addresses of a version's files by name, as the client asks for them. */
export async function fileUrls(door: Door, artifactId: string): Promise<Map<string, string>> {
	const data = await graphql(
		door,
		`query ArtifactFileURLs($id: ID!) {
			artifact(id: $id) { files(first: 5000) { edges { node { name directUrl } } } }
		}`,
		{ id: artifactId },
	);
	const edges = listAt(data, "artifact", "files", "edges");
	return new Map(edges.map((edge) => [textAt(edge, "node", "name"), textAt(edge, "node", "directUrl")]));
}

export interface RawUpload {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
}

/** Sends the bytes with the headers that came with the address and a Content-Length, like the client. */
export async function put(upload: RawUpload, file: Pick<RawFile, "size" | "chunks">): Promise<number> {
	return await new Promise((done, fail) => {
		const headers = { ...upload.headers, "content-length": String(file.size) };
		const call = request(upload.url, { method: "PUT", headers }, (response) => {
			response.resume();
			response.once("end", () => done(response.statusCode ?? 0));
			response.once("error", fail);
		});
		call.once("error", fail);
		// A server that refuses early may close the connection: its answer, or the error above, then decides.
		pipeline(Readable.from(file.chunks()), call).catch(() => undefined);
	});
}

function expectStored(status: number, name: string): void {
	if (status < 200 || status > 299) throw new Error(`PUT of ${name} answered ${status}`);
}

async function createManifest(door: Door, target: RawTarget, artifactId: string, digest: string): Promise<unknown> {
	const reply = await graphql(
		door,
		`mutation CreateArtifactManifest($input: CreateArtifactManifestInput!) {
			createArtifactManifest(input: $input) { artifactManifest { id file { id uploadUrl uploadHeaders } } }
		}`,
		{
			input: {
				artifactID: artifactId,
				name: "wandb_manifest.json",
				digest,
				entityName: target.entity,
				projectName: target.project,
				runName: "",
				type: "FULL",
			},
		},
	);
	return at(reply, "createArtifactManifest", "artifactManifest");
}

function uploadOf(node: unknown): RawUpload | null {
	const url = at(node, "uploadUrl");
	if (typeof url !== "string") return null;
	const headers = at(node, "uploadHeaders");
	const pairs = (Array.isArray(headers) ? headers : []).map((header: unknown) => {
		const [name = "", ...value] = String(header).split(":");
		return [name, value.join(":")];
	});
	return { url, headers: Object.fromEntries(pairs) };
}
