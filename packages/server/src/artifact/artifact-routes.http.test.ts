import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { addUserToOrganization } from "../org/index.ts";
import {
	fileEntries,
	linkInto,
	linkTo,
	logVersion,
	manifestText,
	md5Base64,
	nodeIdOf,
	wireDigest,
} from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";
import type { ArtifactRow } from "./artifact-rows.ts";

const { app, at } = await startWorkplace();
let stranger: MadeUser;

beforeAll(async () => {
	stranger = await makeUser(app.services);
});

const create = `mutation CreateArtifact($input: CreateArtifactInput!) {
	createArtifact(input: $input) { artifact { id state artifactSequence { latestArtifact { id } } } } }`;
const createManifest = `mutation CreateArtifactManifest($input: CreateArtifactManifestInput!, $includeUpload: Boolean!) {
	createArtifactManifest(input: $input) { artifactManifest { id file { id
		uploadUrl @include(if: $includeUpload) uploadHeaders @include(if: $includeUpload) } } } }`;
const createFiles = `mutation CreateArtifactFiles($input: CreateArtifactFilesInput!) {
	createArtifactFiles(input: $input) { files { edges { node { storagePath uploadUrl uploadHeaders
		uploadMultipartUrls { uploadID uploadUrlParts { partNumber uploadUrl } } artifact { id } } } } } }`;
const commit = `mutation CommitArtifact($input: CommitArtifactInput!) {
	commitArtifact(input: $input) { artifact { id digest } } }`;
const fileUrls = `query ($entity: String!, $project: String!, $name: String!) {
	project(name: $project, entityName: $entity) { artifactCollection(name: $name) { __typename
		artifactMembership(aliasName: "v0") { files(first: 5000) { pageInfo { hasNextPage endCursor }
			edges { node { name directUrl } } } } } } }`;
const manifestUrl = `query ($id: ID!) { artifact(id: $id) { currentManifest { file { directUrl } } } }`;

async function ask(query: string, variables: Record<string, unknown>) {
	const { status, data, errors } = await app.gql(at.ann, query, variables);
	expect({ status, errors }).toEqual({ status: 200, errors: [] });
	return data;
}

/** A PUT as the client makes it: the headers it was given, and no key. */
async function put(address: { uploadUrl: string; uploadHeaders: string[] }, body: string): Promise<number> {
	const headers = address.uploadHeaders.map((line): [string, string] => {
		const colon = line.indexOf(":");
		return [line.slice(0, colon), line.slice(colon + 1)];
	});
	return (await app.send(null, address.uploadUrl, { method: "PUT", headers, body })).status;
}

function inputOf(name: string, files: Record<string, string>) {
	return {
		entityName: at.project.entityName,
		projectName: at.project.name,
		runName: null,
		artifactTypeName: "dataset",
		artifactCollectionName: name,
		digest: wireDigest(fileEntries(files)),
		digestAlgorithm: "MANIFEST_MD5",
		description: null,
		metadata: null,
		aliases: [{ artifactCollectionName: name, alias: "latest" }],
		enableDigestDeduplication: true,
		clientID: "c".repeat(128),
		sequenceClientID: "s".repeat(128),
	};
}

test("a version goes up and comes down again, in the client's words", async () => {
	const files = { "a.txt": "alpha", "dir/b.txt": "beta" };
	const made = (await ask(create, { input: inputOf("wire", files) })).createArtifact.artifact;
	expect(made).toMatchObject({ state: "PENDING", artifactSequence: { latestArtifact: null } });
	const manifest = { artifactID: made.id, name: "wandb_manifest.json", type: "FULL", digest: "", ...address() };
	const early = await ask(createManifest, { input: manifest, includeUpload: false });
	const artifactFiles = Object.entries(files).map(([name, content]) => ({
		artifactID: made.id,
		artifactManifestID: early.createArtifactManifest.artifactManifest.id,
		name,
		md5: md5Base64(content),
		mimetype: null,
		uploadPartsInput: null,
	}));
	const uploads = await ask(createFiles, { input: { artifactFiles, storageLayout: "V2" } });
	const nodes = uploads.createArtifactFiles.files.edges.map((edge: { node: unknown }) => edge.node);
	expect(nodes).toHaveLength(2);
	for (const [at, content] of Object.values(files).entries()) {
		expect(nodes[at]).toMatchObject({ uploadMultipartUrls: null, artifact: { id: made.id } });
		expect(await put(nodes[at], `not ${content}`)).toBe(422);
		expect(await put(nodes[at], content)).toBe(200);
	}
	const text = manifestText(fileEntries(files));
	const late = await ask(createManifest, { input: { ...manifest, digest: md5Base64(text) }, includeUpload: true });
	expect(late.createArtifactManifest.artifactManifest.id).toBe(early.createArtifactManifest.artifactManifest.id);
	expect(await put(late.createArtifactManifest.artifactManifest.file, text)).toBe(200);
	const committed = await ask(commit, { input: { artifactID: made.id } });
	expect(committed.commitArtifact.artifact).toEqual({ id: made.id, digest: wireDigest(fileEntries(files)) });

	const names = { entity: at.project.entityName, project: at.project.name, name: "wire" };
	const { artifactCollection } = (await ask(fileUrls, names)).project;
	expect(artifactCollection.__typename).toBe("ArtifactSequence");
	const down: Record<string, string> = {};
	for (const { node } of artifactCollection.artifactMembership.files.edges) {
		down[node.name] = await (await app.send(null, node.directUrl)).text();
	}
	expect(down).toEqual(files);
	const { directUrl } = (await ask(manifestUrl, { id: made.id })).artifact.currentManifest.file;
	expect(await (await app.send(null, directUrl)).text()).toBe(text);
	const again = await ask(create, { input: inputOf("wire", files) });
	expect(again.createArtifact.artifact).toMatchObject({ id: made.id, state: "COMMITTED" });
	const mapping = await ask(`{ clientIDMapping(clientID: "${"c".repeat(128)}") { serverID } }`, {});
	expect(mapping.clientIDMapping.serverID).toBe(made.id);
});

test("a draft may be asked for by its client's id before it has begun: both are saved side by side", async () => {
	const clientID = "d".repeat(128);
	const mapped = ask(`{ clientIDMapping(clientID: "${clientID}") { serverID } }`, {});
	await sleep(300);
	const input = { ...inputOf("drafts", { "a.txt": "a draft" }), clientID, sequenceClientID: "e".repeat(128) };
	const { id } = (await ask(create, { input })).createArtifact.artifact;
	expect((await mapped).clientIDMapping).toEqual({ serverID: id });
	expect((await ask('{ clientIDMapping(clientID: "no id of a client") { serverID } }', {})).clientIDMapping).toBeNull();
});

const address = () => ({ entityName: at.project.entityName, projectName: at.project.name, runName: "" });

test("what is not there is null to who asks before they log, and told to who looks it up", async () => {
	await logVersion({ by: at.ann, project: at.project, collectionName: "animals" });
	const query = `query ($entity: String!, $project: String!, $name: String!, $enableTracking: Boolean) {
		project(name: $project, entityName: $entity) { artifact(name: $name, enableTracking: $enableTracking) { id } } }`;
	const { entityName: entity, name: project } = at.project;
	const find = async (more: object) => await app.gql(at.ann, query, { entity, project, name: "anmials:v0", ...more });
	for (const silent of [{}, { enableTracking: null }]) {
		expect(await find(silent)).toMatchObject({ status: 200, data: { project: { artifact: null } }, errors: [] });
	}
	for (const enableTracking of [true, false]) {
		expect(await find({ enableTracking })).toMatchObject({
			status: 404,
			errors: [{ message: expect.stringContaining('Did you mean "animals:v0"?') }],
		});
	}
});

test("a part of a file can be had", async () => {
	await logVersion({ by: at.ann, project: at.project, collectionName: "ranges", files: { "r.txt": "0123456789" } });
	const names = { entity: at.project.entityName, project: at.project.name, name: "ranges" };
	const { artifactCollection } = (await ask(fileUrls, names)).project;
	const { directUrl } = artifactCollection.artifactMembership.files.edges[0].node;
	const part = await app.send(null, directUrl, { headers: { range: "bytes=2-4" } });
	expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"]);
	expect((await app.send(null, directUrl, { headers: { range: "bytes=10-" } })).status).toBe(416);
});

describe("files by address", () => {
	let version: ArtifactRow;
	let carried: ArtifactRow;
	const hex = createHash("md5").update("by address").digest("hex");
	const shapes = (artifact: ArtifactRow, birth: ArtifactRow) => {
		const [id, birthId] = [encodeURIComponent(nodeIdOf(artifact)), encodeURIComponent(nodeIdOf(birth))];
		const { entityName, name } = at.project;
		return [
			`/artifactsV2/default/${entityName}/${name}/coll/${id}/${birthId}/${hex}/x.txt`,
			`/artifactsV2/default/${entityName}/${name}/coll/${birthId}/${hex}/x.txt`,
			`/artifactsV2/default/${entityName}/${birthId}/${hex}`,
			`/artifacts/${entityName}/${hex}`,
		];
	};

	beforeAll(async () => {
		const wanted = { by: at.ann, project: at.project, collectionName: "by-address" };
		version = await logVersion({ ...wanted, files: { "dir/x.txt": "by address" } });
		carried = await logVersion({ ...wanted, files: { "dir/x.txt": "by address", "more.txt": "more" } });
	});

	test("come in the four shapes that clients ask in, of the version or of one that carries the bytes on", async () => {
		for (const path of [...shapes(version, version), ...shapes(carried, version), ...shapes(version, carried)]) {
			const reply = await app.send(at.ann, path);
			expect([path, reply.status, await reply.text()]).toEqual([path, 200, "by address"]);
		}
		const [path = ""] = shapes(version, version);
		const part = await app.send(at.ann, path, { headers: { range: "bytes=0-1" } });
		expect([part.status, await part.text()]).toEqual([206, "by"]);
	});

	test("are for a stranger what was never there, from the same queries, and ask nobody in", async () => {
		const unknown = { ...version, id: app.services.ids.uuid() };
		await app.send(stranger, "/artifactsV2/x");
		const answers: string[] = [];
		const get = (path: string) => async () => {
			const reply = await app.send(stranger, path);
			answers.push(`${reply.status} ${await reply.text()}`);
		};
		const missing = shapes(unknown, unknown);
		for (const [index, path] of shapes(version, version).entries()) {
			expect(await app.queriesOf(get(path))).toEqual(await app.queriesOf(get(missing[index] ?? "")));
			expect((await app.send(null, path)).status).toBe(401);
		}
		expect(new Set(answers).size).toBe(1);
		expect(answers[0]).toMatch(/^404 .*no file with this digest/);
	});

	test("of a public project are everybody's who is signed in", async () => {
		const project = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
		const open = await logVersion({ by: at.ann, project, files: { "x.txt": "by address" } });
		const [path = ""] = shapes(open, open);
		expect(await (await app.send(stranger, path)).text()).toBe("by address");
	});

	test("without a version's id are looked for in the entity's projects, and in what is linked into them", async () => {
		const reader = await makeUser(app.services);
		const membership = { organizationId: at.org.id, username: reader.user.username, role: "viewer" };
		await addUserToOrganization(await at.ann.ctx(), membership);
		const source = await logVersion({ by: at.ann, project: at.project, files: { "far.txt": "only linked" } });
		const address = (entity: string) => `/artifacts/${entity}/${createHash("md5").update("only linked").digest("hex")}`;
		expect((await app.send(reader, address(at.org.name))).status).toBe(404);
		const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "far" };
		await linkInto(at.ann, linkTo(source, target));
		expect(await (await app.send(reader, address(at.org.name))).text()).toBe("only linked");
		expect((await app.send(reader, address(at.team.name))).status).toBe(404);
		expect((await app.send(stranger, address(at.org.name))).status).toBe(404);
		expect(await (await app.send(at.ann, address(at.team.name.toUpperCase()))).text()).toBe("only linked");
	});

	test("are found where they live on, when the version that they were born in cannot be read", async () => {
		const other = await makeProject(app.services, { by: at.ann, entityName: at.team.name });
		await logVersion({ by: at.ann, project: other, files: { "x.txt": "born elsewhere" } });
		const lost = encodeURIComponent(nodeIdOf({ id: app.services.ids.uuid() }));
		const digest = createHash("md5").update("born elsewhere").digest("hex");
		const reply = await app.send(at.ann, `/artifactsV2/default/${at.team.name}/${lost}/${digest}`);
		expect([reply.status, await reply.text()]).toEqual([200, "born elsewhere"]);
	});

	test.each(["", "x", `e/${"c".repeat(32)}/more`, `e/${"C".repeat(32)}`, `%00/${"c".repeat(32)}`])(
		"are not at the oldest shape's %j",
		async (path) => {
			expect((await app.send(at.ann, `/artifacts/${path}`)).status).toBe(404);
		},
	);

	test.each([
		"",
		"x",
		"default/e/p/c/a/b/nothex/x.txt",
		`default/e/p/c/${"a".repeat(32)}/${"b".repeat(32)}/${"c".repeat(32)}/x`,
		`default/e/QXJ0aWZhY3Q6MTIz/${"c".repeat(32)}`,
		"default/e/%00/%00",
	])("are not at %j", async (path) => {
		expect((await app.send(at.ann, `/artifactsV2/${path}`)).status).toBe(404);
	});
});

describe("refusals over GraphQL", () => {
	const useIt = `mutation ($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }`;

	test.each([
		["what is not there", { artifactID: btoa("Artifact:00000000-0000-0000-0000-000000000000") }, 404, "NOT_FOUND"],
		["an id of something else", { artifactID: btoa("Project:7") }, 404, "NOT_FOUND"],
		["a number for an id", { artifactID: btoa("Artifact:7") }, 404, "NOT_FOUND"],
		["text for an id", { artifactID: "; drop table artifact" }, 404, "NOT_FOUND"],
	])("%s", async (_what, input, status, code) => {
		expect(await app.gql(at.ann, commit, { input })).toMatchObject({ status, errors: [{ extensions: { code } }] });
	});

	test("a version that one may see but not change", async () => {
		const project = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
		const input = { ...inputOf("c", {}), projectName: project.name };
		expect(await app.gql(stranger, create, { input })).toMatchObject({
			status: 403,
			errors: [{ extensions: { code: "FORBIDDEN" }, message: expect.stringContaining("role member") }],
		});
		expect(await app.gql(null, create, { input })).toMatchObject({ status: 401 });
		const use = { entityName: "x", projectName: "y", runName: "z", artifactID: "w" };
		expect(await app.gql(stranger, useIt, { input: use })).toMatchObject({ status: 404 });
	});

	test.each([
		["an artifact name", { artifactCollectionName: "a\u0000b" }],
		["an alias", { aliases: [{ artifactCollectionName: "x", alias: "\u0000" }] }],
		["a digest", { digest: "zz" }],
		["a description", { description: "a\u0000b" }],
		["metadata", { metadata: `${"[".repeat(501)}${"]".repeat(501)}` }],
		["a digest algorithm", { digestAlgorithm: "MANIFEST_XXH128" }],
		["a time to live", { ttlDurationSeconds: 0 }],
		["a client id", { clientID: "\u0000" }],
	])("%s that cannot be kept is the caller's mistake", async (_what, input) => {
		const answer = await app.gql(at.ann, create, { input: { ...inputOf("hostile", {}), ...input } });
		expect(answer.status).toBeLessThan(500);
		expect(answer.errors).toMatchObject([{ extensions: { code: "INVALID_INPUT" } }]);
	});

	test.each(["a\u0000b", "a\u0000b:latest", "x:\u0000", "\ud800", "x".repeat(5000), "%", "'"])(
		"a name like %j is nobody's",
		async (name) => {
			const query = `query ($entity: String!, $project: String!, $name: String!) {
				project(name: $project, entityName: $entity) { artifact(name: $name) { id } } }`;
			const variables = { entity: at.project.entityName, project: at.project.name, name };
			const answer = await app.gql(at.ann, query, variables);
			expect(answer.status).toBeLessThan(500);
			expect(answer.data?.project?.artifact ?? null).toBeNull();
		},
	);
});
