import { rmSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Account, createAccount, createProject } from "../account.ts";
import { basicAuth, graphql, post } from "../graphql.ts";
import { at, textAt } from "../json.ts";
import { type Door, startServer, useServer } from "../server.ts";
import { fileUrls, logVersion, md5Base64, rawFile } from "./raw-artifact.ts";

const server = useServer();
const content = "the owner's bytes";

interface Shelf {
	readonly owner: Account;
	readonly stranger: Account;
	readonly artifactId: string;
	readonly target: { readonly entity: string; readonly project: string; readonly collection: string };
	/** The address by which clients fetch one entry with their key. */
	readonly entryPath: string;
}

/** A project with one version, its owner, and someone of another organisation. */
async function shelf(access: string, door: Door = server): Promise<Shelf> {
	const owner = await createAccount(door);
	const stranger = await createAccount(door);
	const target = { entity: owner.team, project: "zoo", collection: "animals" };
	await createProject(owner, owner.team, target.project, access);
	const artifactId = await logVersion(owner, target, { "rows.txt": rawFile(content) });
	const id = encodeURIComponent(artifactId);
	const md5 = Buffer.from(md5Base64(Buffer.from(content)), "base64").toString("hex");
	const entryPath = `/artifactsV2/default/${owner.team}/zoo/animals/${id}/${id}/${md5}/rows.txt`;
	return { owner, stranger, artifactId, target, entryPath };
}

const readEverything = `query ($entity: String!, $id: ID!) {
	project(name: "zoo", entityName: $entity) {
		name readOnly artifact(name: "animals:latest") { id } artifactCollection(name: "animals") { name }
		artifactCollectionMembership(name: "animals:latest") { id }
	}
	artifact(id: $id) { id digest }
}`;

async function entryStatus(door: Door, path: string, apiKey?: string): Promise<{ status: number; text: string }> {
	const headers = apiKey === undefined ? {} : { authorization: basicAuth(apiKey) };
	const response = await fetch(door.url + path, { headers });
	return { status: response.status, text: await response.text() };
}

describe("a private project", () => {
	test("answers a stranger as if it did not exist", async () => {
		const { owner, stranger, artifactId, entryPath, target } = await shelf("PRIVATE");
		const own = await post(owner, readEverything, { entity: owner.team, id: artifactId });
		expect(own).toMatchObject({
			status: 200,
			data: { project: { name: "zoo", readOnly: false }, artifact: { id: artifactId } },
		});
		const theirs = await post(stranger, readEverything, { entity: owner.team, id: artifactId });
		expect(at(theirs.data, "project") ?? null).toBeNull();
		expect(at(theirs.data, "artifact") ?? null).toBeNull();
		const missing = await post(stranger, readEverything.replace('"zoo"', '"no-such-project"'), {
			entity: owner.team,
			id: artifactId,
		});
		expect({ ...missing, errors: missing.errors.replaceAll("no-such-project", "zoo") }).toEqual(theirs);

		expect(await entryStatus(server, entryPath, owner.apiKey)).toEqual({ status: 200, text: content });
		const refused = await entryStatus(server, entryPath, stranger.apiKey);
		expect(refused.status).toBe(404);
		expect(refused.text).not.toContain(content);
		expect((await entryStatus(server, entryPath)).status).toBe(401);

		await expect(logVersion(stranger, target, { "rows.txt": rawFile("other") })).rejects.toThrow();
		const hidden = await entryStatus(server, `/${owner.team}/zoo/artifacts/dataset/animals/v0`, stranger.apiKey);
		expect(hidden.text).not.toContain("animals");
	});

	test("does not say which bytes it holds: a stranger's equal file must be uploaded", async () => {
		const { owner, stranger } = await shelf("PRIVATE");
		const target = { entity: stranger.team, project: "mine", collection: "copy" };
		await createProject(stranger, target.entity, target.project);
		const id = await logVersion(stranger, target, { "rows.txt": rawFile(content) });
		const url = (await fileUrls(stranger, id)).get("rows.txt");
		expect(await (await fetch(String(url))).text()).toBe(content);
		const data = await graphql(owner, "query ($id: ID!) { artifact(id: $id) { id } }", { id }).catch(() => undefined);
		expect(at(data, "artifact") ?? null).toBeNull();
	});
});

test("a public project is readable by every signed-in user and written by its team alone", async () => {
	const { owner, stranger, artifactId, target, entryPath } = await shelf("USER_READ");
	const seen = await graphql(stranger, readEverything, { entity: owner.team, id: artifactId });
	expect(seen).toMatchObject({ project: { name: "zoo", readOnly: true }, artifact: { id: artifactId } });
	expect(await entryStatus(server, entryPath, stranger.apiKey)).toEqual({ status: 200, text: content });
	expect((await entryStatus(server, entryPath)).status).toBe(401);
	await expect(logVersion(stranger, target, { "rows.txt": rawFile("other") })).rejects.toThrow();
	const latest = await graphql(owner, readEverything, { entity: owner.team, id: artifactId });
	expect(textAt(latest, "project", "artifact", "id")).toBe(artifactId);
});

test("an open project is written by every signed-in user", async () => {
	const { owner, stranger, artifactId, target } = await shelf("USER_WRITE");
	const seen = await graphql(stranger, readEverything, { entity: owner.team, id: artifactId });
	expect(seen).toMatchObject({ project: { readOnly: false } });
	const added = await logVersion(stranger, target, { "rows.txt": rawFile("the stranger's bytes") });
	const latest = await graphql(owner, readEverything, { entity: owner.team, id: artifactId });
	expect(textAt(latest, "project", "artifact", "id")).toBe(added);
});

test("without a key, public and open projects are read where KEIFU_ANONYMOUS_READ says so, and nothing is changed", async () => {
	const own = await startServer({ env: { KEIFU_ANONYMOUS_READ: "true" } });
	onTestFinished(async () => {
		await own.stop();
		rmSync(own.dataDir, { recursive: true, force: true });
	});
	const ask = async (query: string, variables: object) => {
		const body = JSON.stringify({ query, variables });
		const headers = { "content-type": "application/json" };
		const response = await fetch(`${own.url}/graphql`, { method: "POST", headers, body });
		const reply: unknown = await response.json();
		return { status: response.status, reply };
	};
	const rename = `mutation ($entity: String!) {
		renameProject(input: { entityName: $entity, oldProjectName: "zoo", newProjectName: "park" }) { project { name } } }`;
	for (const access of ["USER_READ", "USER_WRITE"]) {
		const { owner, artifactId, entryPath } = await shelf(access, own);
		const seen = await ask(readEverything, { entity: owner.team, id: artifactId });
		expect(at(seen.reply, "data")).toMatchObject({
			project: { name: "zoo", readOnly: true },
			artifact: { id: artifactId },
		});
		expect(await entryStatus(own, entryPath)).toEqual({ status: 200, text: content });
		expect((await ask(rename, { entity: owner.team })).status).toBe(403);
	}
	for (const access of ["PRIVATE", "RESTRICTED"]) {
		const { owner, artifactId, entryPath } = await shelf(access, own);
		const hidden = await ask(readEverything, { entity: owner.team, id: artifactId });
		expect(at(hidden.reply, "data")).toEqual({ project: null, artifact: null });
		expect((await entryStatus(own, entryPath)).status).toBe(404);
		expect((await ask(rename, { entity: owner.team })).status).toBe(404);
	}
});
