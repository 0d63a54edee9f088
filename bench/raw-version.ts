import { createHash } from "node:crypto";
import { at, textAt } from "./json.ts";
import { graphql, send } from "./raw-http.ts";

/** One file of a version: its bytes, readable as often as needed, and their MD5 in base64. */
export type RawFile = {
	readonly name: string;
	readonly size: number;
	readonly md5: string;
	chunks(): Iterable<Buffer>;
};

export type RawTarget = { readonly entity: string; readonly project: string; readonly collection: string };

/** A file that no other seed gives, of one block over and over, so that sending it costs the same everywhere. */
export function rawFile(seed: string, size: number): RawFile {
	const block = Buffer.alloc(Math.min(size, 1 << 20), createHash("sha256").update(seed).digest());
	function* chunks(): Generator<Buffer> {
		for (let left = size; left > 0; left -= block.length) yield block.subarray(0, left);
	}
	const md5 = createHash("md5");
	for (const chunk of chunks()) md5.update(chunk);
	return { name: "f00000.bin", size, md5: md5.digest("base64"), chunks };
}

/** Logs a version without the client; gives back what the upload of its file took, in seconds, and its id. */
export async function logRawVersion(url: string, target: RawTarget, file: RawFile) {
	const artifactId = textAt(
		await graphql(url, createArtifact, { input: artifactInput(target, file) }),
		...["createArtifact", "artifact", "id"],
	);
	const manifestId = textAt(await createManifest(url, artifactId, ""), "id");
	const spec = { artifactID: artifactId, artifactManifestID: manifestId, name: file.name, md5: file.md5 };
	const files = await graphql(url, createFiles, { input: { artifactFiles: [spec], storageLayout: "V2" } });
	const seconds = await upload(at(files, "createArtifactFiles", "files", "edges", 0, "node"), file);
	const manifest = manifestFile(artifactId, file);
	await upload(at(await createManifest(url, artifactId, manifest.md5), "file"), manifest);
	await graphql(url, commitArtifact, { id: artifactId });
	return { artifactId, seconds };
}

/** Versions go into projects that are there. */
export async function makeProject(url: string, entity: string, name: string): Promise<void> {
	await graphql(url, upsertProject, { entity, name });
}

/** The address to read the version's only file from. */
export async function rawFileUrl(url: string, artifactId: string): Promise<string> {
	const data = await graphql(url, fileUrls, { id: artifactId });
	return textAt(data, "artifact", "files", "edges", 0, "node", "directUrl");
}

async function createManifest(url: string, artifactID: string, digest: string): Promise<unknown> {
	const input = { artifactID, name: "wandb_manifest.json", digest, entityName: "", projectName: "", runName: "" };
	const reply = await graphql(url, createManifestDocument, { input: { ...input, type: "FULL" } });
	return at(reply, "createArtifactManifest", "artifactManifest");
}

/** Zero where the server has the bytes already. */
async function upload(node: unknown, file: RawFile): Promise<number> {
	const to = at(node, "uploadUrl");
	if (typeof to !== "string") return 0;
	const begin = performance.now();
	const headers = { "content-md5": file.md5, "content-length": String(file.size) };
	await send(to, { method: "PUT", headers, body: file.chunks() });
	return (performance.now() - begin) / 1000;
}

function artifactInput({ entity, project, collection }: RawTarget, file: RawFile): object {
	const digest = createHash("md5").update(`wandb-artifact-manifest-v1\n${file.name}:${file.md5}\n`).digest("hex");
	return {
		entityName: entity,
		projectName: project,
		artifactTypeName: "dataset",
		artifactCollectionName: collection,
		digest,
		digestAlgorithm: "MANIFEST_MD5",
		aliases: [{ artifactCollectionName: collection, alias: "latest" }],
		enableDigestDeduplication: true,
	};
}

function manifestFile(artifactId: string, { name, size, md5 }: RawFile): RawFile {
	const contents = { [name]: { digest: md5, size, birthArtifactID: artifactId } };
	const policy = { storagePolicy: "wandb-storage-policy-v1", storagePolicyConfig: { storageLayout: "V2" } };
	const bytes = Buffer.from(JSON.stringify({ version: 1, ...policy, contents }));
	const digest = createHash("md5").update(bytes).digest("base64");
	return { name: "wandb_manifest.json", size: bytes.length, md5: digest, chunks: () => [bytes] };
}

const upsertProject = `mutation BenchProject($entity: String, $name: String) {
	upsertModel(input: { entityName: $entity, name: $name, access: "PRIVATE" }) { project { id } }
}`;
const createArtifact =
	"mutation BenchCreate($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }";
const createManifestDocument = `mutation BenchManifest($input: CreateArtifactManifestInput!) {
	createArtifactManifest(input: $input) { artifactManifest { id file { uploadUrl } } }
}`;
const createFiles = `mutation BenchFiles($input: CreateArtifactFilesInput!) {
	createArtifactFiles(input: $input) { files { edges { node { uploadUrl } } } }
}`;
const commitArtifact =
	"mutation BenchCommit($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }";
const fileUrls = `query BenchFileUrls($id: ID!) {
	artifact(id: $id) { files(first: 1) { edges { node { directUrl } } } }
}`;
