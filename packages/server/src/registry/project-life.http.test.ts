import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization } from "../org/index.ts";
import {
	eventsOf,
	linkInto,
	linkTo,
	logVersion,
	makeRun,
	makeWorkplace,
	nodeIdOf,
	stageVersion,
	type Workplace,
} from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { startTestApp, type TestApp } from "../testing/test-app.ts";

// Projects and registries under other names, and deleted, with all that is in them and all that leads to them.

let app: TestApp;
let at: Workplace;
let stranger: MadeUser;

beforeAll(async () => {
	app = await startTestApp();
	stranger = await makeUser(app.services);
});
afterAll(async () => {
	await app?.close();
});
beforeEach(async () => {
	at = await makeWorkplace(app.services);
});

const rename = async (by: MadeUser, from: string, to: string, entity = at.team.name) =>
	await app.gql(
		by,
		`mutation ($entity: String!, $from: String!, $to: String!) {
			renameProject(input: { entityName: $entity, oldProjectName: $from, newProjectName: $to }) {
				inserted project { name id }
			}
		}`,
		{ entity, from, to },
	);
const remove = async (by: MadeUser, id: string) =>
	await app.gql(by, "mutation ($id: String!) { deleteModel(input: { id: $id }) { success } }", {
		id: toNodeId("Project", id),
	});
const upsert = async (by: MadeUser, name: string, entity = at.team.name) =>
	await app.gql(
		by,
		`mutation ($entity: String, $name: String) {
			upsertModel(input: { entityName: $entity, name: $name }) { inserted project { id name } }
		}`,
		{ entity, name },
	);
/** The name and id of the project that a name leads to; null where it leads to none. */
const find = async (by: MadeUser, name: string, entity = at.team.name) => {
	const query = "query ($entity: String, $name: String) { project(name: $name, entityName: $entity) { id name } }";
	return (await app.gql(by, query, { entity, name })).data.project;
};

async function makeRegistry(name: string): Promise<string> {
	const { data } = await upsert(at.ann, `wandb-registry-${name}`, at.org.name);
	return Buffer.from(data.upsertModel.project.id, "base64").toString().slice("Project:".length);
}

describe("a project with another name", () => {
	test("is found by the new and the old one, until something else takes that", async () => {
		const { id, name } = at.project;
		const nodeId = toNodeId("Project", id);
		const renamed = { project: { name: "second", id: nodeId } };
		expect((await rename(at.ann, name, "second")).data.renameProject).toEqual({ inserted: false, ...renamed });
		await rename(at.ann, name, "third");
		const now = { id: nodeId, name: "third" };
		expect(await Promise.all([name, "second", "third"].map(async (each) => await find(at.ann, each)))).toEqual([
			now,
			now,
			now,
		]);
		expect(await find(stranger, name)).toBeNull();
		// A script that runs under the old name goes on in the project.
		expect((await makeRun(at.ann, at.project)).projectId).toBe(id);

		const taken = (await upsert(at.ann, name)).data.upsertModel;
		expect(taken).toMatchObject({ inserted: true, project: { name } });
		expect(await find(at.ann, name)).toEqual(taken.project);
		expect(await find(at.ann, "second")).toEqual(now);
		expect(await eventsOf(app.services, id, "project.renamed")).toEqual([
			{ type: "project.renamed", projectId: id, from: name, to: "second" },
			{ type: "project.renamed", projectId: id, from: "second", to: "third" },
		]);
	});

	test("gets its first name back, and a name that led to another", async () => {
		const other = await makeProject(app.services, { by: at.ann, entityName: at.team.name });
		await rename(at.ann, at.project.name, "b");
		await rename(at.ann, "b", at.project.name);
		expect(await find(at.ann, "b")).toMatchObject({ name: at.project.name });
		await rename(at.ann, other.name, "b");
		expect(await find(at.ann, "b")).toMatchObject({ id: toNodeId("Project", other.id), name: "b" });
		expect(await find(at.ann, at.project.name)).toMatchObject({ id: toNodeId("Project", at.project.id) });
	});

	test.each([
		["a name that is taken", "other", /the name is taken in/],
		["no name", " ", /it is empty/],
		["a name that no address carries", "a/b", /may not contain/],
		["the name of a registry", "wandb-registry-x", /are those of registries/],
	])("does not get %s", async (_, to, text) => {
		await makeProject(app.services, { by: at.ann, entityName: at.team.name, name: "other" });
		const refused = await rename(at.ann, at.project.name, to);
		expect(refused).toMatchObject({ status: 200, errors: [{ message: expect.stringMatching(text) }] });
		expect(await find(at.ann, at.project.name)).toMatchObject({ name: at.project.name });
	});

	test("is renamed by its admins, and by nobody else", async () => {
		const { services } = app;
		const open = await makeProject(services, { by: at.ann, entityName: at.team.name, access: "USER_WRITE" });
		expect(await rename(stranger, open.name, "x")).toMatchObject({
			status: 403,
			errors: [{ message: expect.stringContaining("needs the role admin") }],
		});
		const hidden = await rename(stranger, at.project.name, "x");
		expect(hidden).toMatchObject({ status: 404 });
		expect(JSON.stringify(hidden).replaceAll(at.project.name, "?")).toBe(
			JSON.stringify(await rename(stranger, "never-was", "x")).replaceAll("never-was", "?"),
		);
	});

	test("registries keep their prefix, core ones their name", async () => {
		await makeRegistry("golden");
		const inOrg = async (from: string, to: string) => await rename(at.ann, `wandb-registry-${from}`, to, at.org.name);
		expect((await inOrg("golden", "silver")).errors[0]?.message).toContain('begins with "wandb-registry-"');
		expect((await inOrg("model", "wandb-registry-best")).errors[0]?.message).toContain("keeps its name");
		expect((await inOrg("golden", "wandb-registry-Silver")).errors).toEqual([]);
		expect(await find(at.ann, "wandb-registry-GOLDEN", at.org.name)).toMatchObject({ name: "wandb-registry-Silver" });
		expect((await upsert(at.ann, "wandb-registry-golden", at.org.name)).data.upsertModel.inserted).toBe(true);
	});
});

const readVersion = `query ($id: ID!) { artifact(id: $id) { state usedBy { edges { node { name } } }
	artifactSequence { name project { name } } currentManifest { file { directUrl } } } }`;

test("what would go with a project is said to its admins", async () => {
	const other = await makeProject(app.services, { by: at.ann, entityName: at.team.name });
	const files = { "own.txt": "own bytes", "both.txt": "shared" };
	const version = await logVersion({ by: at.ann, project: at.project, files, run: await makeRun(at.ann, at.project) });
	await logVersion({ by: at.ann, project: at.project, files: { "own.txt": "own bytes" } });
	const theirs = await logVersion({ by: at.ann, project: other, files: { "both.txt": "shared" } });
	await linkInto(at.ann, linkTo(version, { entityName: at.org.name, projectName: "wandb-registry-dataset" }));
	await linkInto(
		at.ann,
		linkTo(version, { entityName: at.team.name, projectName: other.name, collectionName: "copy" }),
	);
	await linkInto(at.ann, linkTo(theirs, { entityName: at.team.name, projectName: at.project.name }));
	const use = `mutation ($id: ID!, $run: String!, $entity: String!, $project: String!) {
		useArtifact(input: { artifactID: $id, runName: $run, entityName: $entity, projectName: $project }) { artifact { id } } }`;
	const user = await makeRun(at.ann, other);
	await app.gql(at.ann, use, { id: nodeIdOf(version), run: user.name, entity: at.team.name, project: other.name });

	const query = `query ($entity: String, $name: String) { project(name: $name, entityName: $entity) { deletion {
		runs sweeps collections versions linksHere bytesFreed bytesShared linksElsewhere usersElsewhere
		linkedFrom { name links project { name } } usedIn { runs project { name } } } } }`;
	const { data, errors } = await app.gql(at.ann, query, { entity: at.team.name, name: at.project.name });
	expect(errors).toEqual([]);
	const { bytesFreed, linkedFrom, ...rest } = data.project.deletion;
	expect(rest).toEqual({
		...{ runs: 1, sweeps: 0, collections: 2, versions: 2, linksHere: 1, linksElsewhere: 2, usersElsewhere: 1 },
		bytesShared: "shared".length,
		usedIn: [{ runs: 1, project: { name: other.name } }],
	});
	// The manifests of both versions go, too.
	expect(bytesFreed).toBeGreaterThan("own bytes".length);
	expect(linkedFrom.map(({ name }: { name: string }) => name).sort()).toEqual(["best", "copy"]);
	const open = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_WRITE" });
	const asked = await app.gql(stranger, query, { entity: at.team.name, name: open.name });
	expect(asked).toMatchObject({ data: { project: { deletion: null } }, errors: [] });
});

describe("a deleted project", () => {
	test("is found under no name and gone from every list, and its name is free", async () => {
		const { id, name } = at.project;
		const run = await makeRun(at.ann, at.project, "maker");
		const version = await logVersion({ by: at.ann, project: at.project, run });
		const draft = await stageVersion({ by: at.ann, project: at.project, files: { "b.txt": "b" } });
		await rename(at.ann, name, "late");
		expect((await remove(at.ann, id)).data.deleteModel).toEqual({ success: true });
		expect(await Promise.all([name, "late"].map(async (each) => await find(at.ann, each)))).toEqual([null, null]);
		const list = `query ($entity: String!) { entity(name: $entity) { projects { edges { node { name } } } } }`;
		expect((await app.gql(at.ann, list, { entity: at.team.name })).data.entity.projects.edges).toEqual([]);
		const stream = await app.send(at.ann, `/files/${at.team.name}/late/maker/file_stream`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ files: {} }),
		});
		expect(stream.status).toBe(404);
		const commit = `mutation ($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }`;
		expect((await app.gql(at.ann, commit, { id: nodeIdOf(draft) })).errors[0]?.message).toContain("was deleted");
		const byId = `mutation ($id: String) { upsertBucket(input: { id: $id, notes: "x" }) { bucket { id } } }`;
		expect((await app.gql(at.ann, byId, { id: toNodeId("Run", run.id) })).errors).toHaveLength(1);

		await expect(makeRun(at.ann, { ...at.project, name: "late" }, "maker")).rejects.toMatchObject({ code: "GONE" });

		const { data } = await app.gql(at.ann, readVersion, { id: nodeIdOf(version) });
		expect(data.artifact).toMatchObject({ state: "DELETED", artifactSequence: { project: { name: "late" } } });
		expect(await app.gql(stranger, readVersion, { id: nodeIdOf(version) })).toMatchObject({ data: { artifact: null } });
		expect((await upsert(at.ann, "late")).data.upsertModel).toMatchObject({ inserted: true });
		expect((await remove(at.ann, id)).errors[0]?.message).toContain('late" was deleted');
		const { rows } = await sql`select deleted_by from project where id = ${id}`.execute(app.services.db);
		expect(rows).toEqual([{ deleted_by: at.ann.user.id }]);
		expect(await eventsOf(app.services, id, "project.deleted")).toEqual([
			{ type: "project.deleted", projectId: id, entityId: at.team.id, name: "late" },
		]);
	});

	test("takes the links to its versions away, passes `latest` on, and stays a ghost in the lineage of others", async () => {
		const { services } = app;
		const other = await makeProject(services, { by: at.ann, entityName: at.team.name });
		const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "zoo" };
		const kept = await logVersion({ by: at.ann, project: other, files: { "k.txt": "k" } });
		const gone = await logVersion({ by: at.ann, project: at.project });
		await linkInto(at.ann, linkTo(kept, target));
		await linkInto(at.ann, linkTo(gone, target, ["prod"]));
		const user = await makeRun(at.ann, other, "user");
		const use = `mutation ($id: ID!, $run: String!, $entity: String!, $project: String!) {
			useArtifact(input: { artifactID: $id, runName: $run, entityName: $entity, projectName: $project }) { artifact { id } } }`;
		const by = { run: user.name, entity: at.team.name, project: other.name };
		for (const each of [kept, gone]) {
			expect((await app.gql(at.ann, use, { id: nodeIdOf(each), ...by })).errors).toEqual([]);
		}

		expect((await remove(at.ann, at.project.id)).errors).toEqual([]);
		const places = `query ($entity: String) { project(name: "wandb-registry-dataset", entityName: $entity) {
			artifactCollection(name: "zoo") { aliases { edges { node { alias } } } artifacts { edges { version node { id } } } } } }`;
		const { data } = await app.gql(at.ann, places, { entity: at.org.name });
		expect(data.project.artifactCollection).toEqual({
			aliases: { edges: [{ node: { alias: "latest" } }] },
			artifacts: { edges: [{ version: "v0", node: { id: nodeIdOf(kept) } }] },
		});
		const inputs = `query ($entity: String, $project: String) { project(name: $project, entityName: $entity) {
			run(name: "user") { inputArtifacts { edges { node { id } } } } } }`;
		const used = await app.gql(at.ann, inputs, { entity: at.team.name, project: other.name });
		expect(used.data.project.run.inputArtifacts.edges).toEqual([{ node: { id: nodeIdOf(kept) } }]);
		const ghost = await app.gql(at.ann, readVersion, { id: nodeIdOf(gone) });
		expect(ghost.data.artifact).toMatchObject({ state: "DELETED", usedBy: { edges: [{ node: { name: "user" } }] } });
	});

	test("a registry goes with its collections, and what was linked there stays where it is", async () => {
		const registryId = await makeRegistry("golden");
		const version = await logVersion({ by: at.ann, project: at.project });
		const target = { entityName: at.org.name, projectName: "wandb-registry-golden" };
		await linkInto(at.ann, linkTo(version, target, ["prod"]));
		const reader = await makeUser(app.services);
		expect(await remove(reader, registryId)).toMatchObject({ status: 404 });
		expect((await remove(at.ann, registryId)).errors).toEqual([]);
		const registries = `query ($name: String!) { organization(name: $name) { registries { name } } }`;
		const { data } = await app.gql(at.ann, registries, { name: at.org.name });
		expect(data.organization.registries.map(({ name }: { name: string }) => name)).toEqual([
			"wandb-registry-dataset",
			"wandb-registry-model",
		]);
		const shown = await app.gql(at.ann, `query ($id: ID!) { artifact(id: $id) { state aliases { alias } } }`, {
			id: nodeIdOf(version),
		});
		expect(shown.data.artifact).toEqual({ state: "COMMITTED", aliases: [{ alias: "latest" }] });
		await expect(linkInto(at.ann, linkTo(version, target))).rejects.toMatchObject({ code: "NOT_FOUND" });
	});

	test("stays, with all in it, while a registry protects an alias of one of its versions", async () => {
		const { services } = app;
		const lead = await makeUser(services);
		const { username } = lead.user;
		await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
		const team = await makeTeam(services, { org: at.org, admin: lead });
		const project = await makeProject(services, { by: lead, entityName: team.name });
		const version = await logVersion({ by: lead, project });
		await linkInto(lead, linkTo(version, { entityName: at.org.name, projectName: "wandb-registry-dataset" }, ["prod"]));
		const registries = `query ($name: String!) { organization(name: $name) { registry(name: "dataset") { id } } }`;
		const { organization } = (await app.gql(at.ann, registries, { name: at.org.name })).data;
		const protect = `mutation ($id: ID!) { updateRegistry(input: { projectId: $id, protectedAliases: ["prod"] }) { project { id } } }`;
		expect((await app.gql(at.ann, protect, { id: organization.registry.id })).errors).toEqual([]);
		expect((await remove(lead, project.id)).errors[0]?.message).toContain(
			'"prod" is protected in the registry "dataset"',
		);
		expect(await find(lead, project.name, team.name)).not.toBeNull();
		const shown = await app.gql(lead, readVersion, { id: nodeIdOf(version) });
		expect(shown.data.artifact).toMatchObject({ state: "COMMITTED" });
	});

	test("core registries and the projects of others stay", async () => {
		const query = `query ($name: String!) { organization(name: $name) { registries { id } } }`;
		const { data } = await app.gql(at.ann, query, { name: at.org.name });
		const id = Buffer.from(data.organization.registries[0].id, "base64").toString().slice("Project:".length);
		expect((await remove(at.ann, id)).errors[0]?.message).toContain("is there from the start");
		expect(await remove(stranger, at.project.id)).toEqual(await remove(stranger, app.services.ids.uuid()));
		const open = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_WRITE" });
		expect(await remove(stranger, open.id)).toMatchObject({ status: 403 });
		expect(await find(at.ann, open.name)).not.toBeNull();
	});
});
