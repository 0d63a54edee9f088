import { beforeAll, describe, expect, test } from "vitest";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization } from "../org/index.ts";
import { linkInto, linkTo, logVersion, makeRun, nodeIdOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { useArtifact } from "./use-artifact.ts";

// Who learns what of deletions and changes, in the client's words.

const { app, at } = await startWorkplace();
let stranger: MadeUser;

beforeAll(async () => {
	stranger = await makeUser(app.services);
	// The first use of a key in a minute is noted.
	await app.gql(stranger, "{ viewer { id } }");
});

const remove =
	"mutation ($id: ID!) { deleteArtifact(input: { artifactID: $id, deleteAliases: true }) { artifact { id } } }";
const log = async (collectionName: string, more: object = {}) =>
	await logVersion({ by: at.ann, project: at.project, collectionName, ...more });

describe("what one may not see is changed with the answer, and the queries, of what never was", () => {
	test.each([
		["Artifact", remove],
		[
			"ArtifactCollection",
			"mutation ($id: ID!) { deleteArtifactSequence(input: { artifactSequenceID: $id }) { artifactCollection { state } } }",
		],
		[
			"ArtifactCollection",
			"mutation ($id: ID!) { deleteArtifactPortfolio(input: { artifactPortfolioID: $id }) { artifactCollection { state } } }",
		],
		[
			"ArtifactCollection",
			`mutation ($id: ID!) { updateArtifactSequence(input: { artifactSequenceID: $id, name: "x" }) { artifactCollection { id } } }`,
		],
		[
			"ArtifactCollection",
			`mutation ($id: ID!) { moveArtifactSequence(input: { artifactSequenceID: $id, destinationArtifactTypeName: "x" }) {
				artifactCollection { id } } }`,
		],
	])("by the id of the %s: %s", async (type, mutation) => {
		const version = await log("hidden");
		const id = type === "Artifact" ? version.id : version.collectionId;
		const answers: unknown[] = [];
		const ask = (uuid: string) => async () =>
			answers.push(await app.gql(stranger, mutation, { id: toNodeId(type, uuid) }));
		const forUnknown = await app.queriesOf(ask(app.services.ids.uuid()));
		expect(await app.queriesOf(ask(id))).toEqual(forUnknown);
		expect(answers[0]).toMatchObject({ status: 404, errors: [{ extensions: { code: "NOT_FOUND" } }] });
		expect(answers[1]).toEqual(answers[0]);
	});

	test("by name: tags of a collection", async () => {
		await log("hidden");
		const mutation = `mutation ($entity: String!, $project: String!) {
			createArtifactCollectionTagAssignments(input: {
				entityName: $entity, projectName: $project, artifactCollectionName: "hidden", tags: [{ tagName: "x" }]
			}) { tags { name } } }`;
		const entity = at.project.entityName;
		const answers: Array<{ errors: unknown }> = [];
		const ask = (project: string) => async () => answers.push(await app.gql(stranger, mutation, { entity, project }));
		expect(await app.queriesOf(ask(at.project.name))).toEqual(await app.queriesOf(ask("never-was")));
		const [hidden, missing] = answers.map((answer) => JSON.stringify(answer).replaceAll(at.project.name, "never-was"));
		expect(hidden).toBe(missing);
	});

	test("names near by are told to nobody who may not see them", async () => {
		const version = await log("secret-name");
		const query = `query ($entity: String, $project: String) {
			project(entityName: $entity, name: $project) { artifactCollectionMembership(name: "secret-nam:v0") { id } } }`;
		const { entityName: entity, name: project } = at.project;
		expect(await app.gql(at.ann, query, { entity, project })).toMatchObject({
			status: 404,
			errors: [{ message: expect.stringContaining('Did you mean "secret-name:v0"') }],
		});
		const forStranger = await app.gql(stranger, query, { entity, project });
		expect(forStranger).toEqual({ status: 200, data: { project: null }, errors: [] });
		await app.gql(at.ann, remove, { id: nodeIdOf(version) });
	});
});

describe("a deleted version, asked for by its id", () => {
	const ghost = `query ($id: ID!) { artifact(id: $id) { state versionIndex aliases { alias } artifactSequence { name }
		createdBy { ... on Run { name } } producedBy { edges { node { name } } } usedBy { edges { node { name } } }
		artifactMemberships { totalCount } } }`;
	let version: ArtifactRow;
	let reader: MadeUser;

	beforeAll(async () => {
		const [maker, user] = [await makeRun(at.ann, at.project, "maker"), await makeRun(at.ann, at.project, "user")];
		version = await log("ghost", { run: maker, files: { "a.txt": "ghost" } });
		const { entityName, name: projectName } = at.project;
		const use = { usedAs: null, artifactEntityName: null, artifactProjectName: null };
		await useArtifact(await at.ann.ctx(), {
			...{ entityName, projectName, runName: user.name, artifactId: nodeIdOf(version) },
			...use,
		});
		reader = await makeUser(app.services);
		const { username } = reader.user;
		const organizationId = at.org.id;
		await addUserToOrganization(await at.ann.ctx(), { organizationId, username, role: "viewer" });
		const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "ghost" };
		await linkInto(at.ann, linkTo(version, target));
		expect((await app.gql(at.ann, remove, { id: nodeIdOf(version) })).errors).toEqual([]);
	});

	test("still says what it was, who made and who used it, to those who could see it", async () => {
		expect((await app.gql(at.ann, ghost, { id: nodeIdOf(version) })).data.artifact).toEqual({
			...{ state: "DELETED", versionIndex: 0, aliases: [], artifactSequence: { name: "ghost" } },
			createdBy: { name: "maker" },
			producedBy: { edges: [{ node: { name: "maker" } }] },
			usedBy: { edges: [{ node: { name: "user" } }] },
			artifactMemberships: { totalCount: 0 },
		});
		const { data } = await app.gql(reader, ghost, { id: nodeIdOf(version) });
		expect(data.artifact).toMatchObject({ state: "DELETED", producedBy: { edges: [] }, usedBy: { edges: [] } });
		expect((await app.gql(stranger, ghost, { id: nodeIdOf(version) })).data).toEqual({ artifact: null });
	});

	test.each([
		"currentManifest { file { directUrl } }",
		"files { edges { node { name } } }",
		`filesByManifestEntries(entries: [{ name: "a.txt", digest: "x" }]) { edges { node { directUrl } } }`,
	])("gives no bytes and no names of files: %s", async (field) => {
		const query = `query ($id: ID!) { artifact(id: $id) { ${field} } }`;
		for (const by of [at.ann, reader]) {
			expect(await app.gql(by, query, { id: nodeIdOf(version) })).toMatchObject({
				errors: [{ message: "this version (v0) was deleted: use another version, or log it again" }],
			});
		}
	});

	test("is linked and used by nobody", async () => {
		const home = await makeProject(app.services, { by: at.ann });
		const target = { entityName: home.entityName, projectName: home.name, collectionName: "again" };
		await expect(linkInto(at.ann, linkTo(version, target))).rejects.toMatchObject({ code: "GONE" });
	});
});
