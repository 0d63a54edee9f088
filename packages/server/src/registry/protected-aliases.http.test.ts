import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ArtifactRow, MembershipRow } from "../artifact/index.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization, addUserToTeam } from "../org/index.ts";
import { findProject, type ProjectRow } from "../project/index.ts";
import {
	commitVersion,
	eventsOf,
	linkInto,
	linkTo,
	logVersion,
	nodeIdOf,
	stageVersion,
} from "../testing/artifact-factories.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { type GraphqlAnswer, startWorkplace } from "../testing/test-app.ts";

// `production` is protected: the organisation's admin may move it, a member may not, whatever the door.

const { app, at } = await startWorkplace();
/** A member of the organisation and of the team; no admin of the registry. */
let bob: MadeUser;
let registry: ProjectRow;
let holder: ArtifactRow;
let other: ArtifactRow;
let place: MembershipRow;
let rounds = 0;

const target = (collectionName = `c${rounds}`) => ({
	entityName: at.org.name,
	projectName: "wandb-registry-dataset",
	collectionName,
});

beforeAll(async () => {
	bob = await makeUser(app.services);
	const { username } = bob.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
	await addUserToTeam(await at.ann.ctx(), { teamName: at.team.name, username, role: "member" });
	const found = await findProject(await at.ann.ctx(), target());
	if (found === null) throw new Error("the core registry is not there");
	registry = found;
	expect((await protect(at.ann, ["production"])).errors).toEqual([]);
});

/** A collection with two links, the first of which holds `production`. */
beforeEach(async () => {
	rounds++;
	const log = (content: string) =>
		logVersion({ by: bob, project: at.project, collectionName: `s${rounds}`, files: { "a.txt": content } });
	[holder, other] = [await log("holder"), await log("other")];
	const member = await linkInto(at.ann, linkTo(holder, target(), ["production", "free"]));
	if (member === null) throw new Error("the version is not linked");
	place = member;
	await linkInto(bob, linkTo(other, target()));
});

const protect = (by: MadeUser, aliases: string[]) =>
	app.gql(
		by,
		`mutation ($id: ID!, $aliases: [String!]) {
			updateRegistry(input: { projectId: $id, protectedAliases: $aliases }) { project { protectedAliases } } }`,
		{ id: toNodeId("Project", registry.id), aliases },
	);

const input = (fields: string, values: Record<string, unknown>) =>
	`mutation { ${fields}(input: { ${Object.entries(values)
		.map(([name, value]) => `${name}: ${JSON.stringify(value).replace(/"(\w+)":/g, "$1:")}`)
		.join(", ")} }) { __typename } }`;
const alias = (name: string) => ({
	...{ entityName: at.org.name, projectName: "wandb-registry-dataset" },
	...{ artifactCollectionName: `c${rounds}`, alias: name },
});
const portfolio = () => ({ artifactPortfolioID: toNodeId("ArtifactCollection", place.collectionId) });
const link = (artifact: ArtifactRow, name: string) => ({
	...{ entityName: at.org.name, projectName: "wandb-registry-dataset", artifactID: nodeIdOf(artifact) },
	...{ artifactPortfolioName: `c${rounds}`, aliases: [{ artifactCollectionName: `c${rounds}`, alias: name }] },
});

const doors: ReadonlyArray<[string, () => string]> = [
	["a link that takes it", () => input("linkArtifact", link(other, "production"))],
	[
		"addAliases",
		() => input("addAliases", { artifactID: nodeIdOf(other), aliases: [alias("more"), alias("production")] }),
	],
	["deleteAliases", () => input("deleteAliases", { artifactID: nodeIdOf(holder), aliases: [alias("production")] })],
	["unlinking its holder", () => input("unlinkArtifact", { artifactID: nodeIdOf(holder), ...portfolio() })],
	["renaming the collection", () => input("updateArtifactPortfolio", { ...portfolio(), name: `r${rounds}` })],
	["deleting the collection", () => input("deleteArtifactPortfolio", portfolio())],
	["deleting the version", () => input("deleteArtifact", { artifactID: nodeIdOf(holder), deleteAliases: true })],
	[
		"deleting what it was logged to",
		() => input("deleteArtifactSequence", { artifactSequenceID: toNodeId("ArtifactCollection", holder.collectionId) }),
	],
];

async function holders(): Promise<unknown> {
	const { data } = await app.gql(
		at.ann,
		`query ($id: ID!) { artifactCollection(id: $id) { name artifactMemberships { edges { node { versionIndex aliases { alias } } } } } }`,
		{ id: toNodeId("ArtifactCollection", place.collectionId) },
	);
	return data;
}

function expectRefusal(answer: GraphqlAnswer): void {
	expect(answer).toMatchObject({ status: 403, errors: [{ extensions: { code: "FORBIDDEN" } }] });
	expect(answer.errors[0]?.message).toMatch(/"production" is protected in the registry "dataset".*its admins/);
}

describe.each(doors)("%s", (_door, mutation) => {
	test("is refused to a member, and nothing changes", async () => {
		const before = await holders();
		expectRefusal(await app.gql(bob, mutation()));
		expect(await holders()).toEqual(before);
		expect(await eventsOf(app.services, place.collectionId, "collection.renamed", "collection.deleted")).toEqual([]);
	});

	test("is open to an admin", async () => {
		expect(await app.gql(at.ann, mutation())).toMatchObject({ status: 200, errors: [] });
	});
});

test("a member moves the aliases that are not protected, and `latest` moves by itself", async () => {
	const moved = await app.gql(
		bob,
		input("addAliases", { artifactID: nodeIdOf(other), aliases: [alias("free"), alias("staging")] }),
	);
	expect(moved.errors).toEqual([]);
	expect(await holders()).toMatchObject({
		artifactCollection: {
			artifactMemberships: {
				edges: [
					{ node: { versionIndex: 1, aliases: [{ alias: "latest" }, { alias: "free" }, { alias: "staging" }] } },
					{ node: { versionIndex: 0, aliases: [{ alias: "production" }] } },
				],
			},
		},
	});
});

test("a link asked for before the commit is refused when it is asked for, not by the commit", async () => {
	const pending = await stageVersion({ by: bob, project: at.project, files: { "a.txt": `pending ${rounds}` } });
	expectRefusal(await app.gql(bob, input("linkArtifact", link(pending, "production"))));
	expect((await app.gql(at.ann, input("linkArtifact", link(pending, "production")))).errors).toEqual([]);
	expect((await app.gql(bob, input("linkArtifact", link(pending, "mine")))).errors).toEqual([]);
	const { id } = await commitVersion(bob, pending);
	const { data } = await app.gql(
		at.ann,
		`query ($id: ID!) { artifact(id: $id) { artifactMemberships { edges { node {
		aliases { alias } artifactCollection { __typename } } } } } }`,
		{ id: nodeIdOf({ id }) },
	);
	expect(JSON.stringify(data)).toContain("production");
	expect(JSON.stringify(data)).toContain("mine");
});

test("the same name elsewhere is anybody's", async () => {
	const elsewhere = { ...target(), projectName: "wandb-registry-model" };
	const model = await logVersion({ by: bob, project: at.project, typeName: "model", collectionName: `m${rounds}` });
	await linkInto(bob, linkTo(model, elsewhere, ["production"]));
	const { entityName, name: projectName } = at.project;
	const own = { entityName, projectName, artifactCollectionName: `s${rounds}`, alias: "production" };
	const answer = await app.gql(bob, input("addAliases", { artifactID: nodeIdOf(other), aliases: [own] }));
	expect(answer.errors).toEqual([]);
});

test("who may delete the version but not see the registry is told that one holds it, not which", async () => {
	const carl = await makeUser(app.services);
	const { username } = carl.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "viewer" });
	await addUserToTeam(await at.ann.ctx(), { teamName: at.team.name, username, role: "member" });
	const restrict = (access: string) =>
		app.gql(
			at.ann,
			`mutation { upsertModel(input: { entityName: "${at.org.name}", name: "wandb-registry-dataset", access: "${access}" }) { inserted } }`,
		);
	await restrict("RESTRICTED");
	const answer = await app.gql(carl, input("deleteArtifact", { artifactID: nodeIdOf(holder), deleteAliases: true }));
	await restrict("PRIVATE");
	expect(answer.status).toBe(403);
	expect(answer.errors[0]?.message).toMatch(/^a registry that you may not see keeps this version/);
});

describe("the list of protected aliases", () => {
	test("is shown to all who see the registry, and set by its admins", async () => {
		const shown = await app.gql(
			bob,
			`{ organization(name: "${at.org.name}") { registry(name: "Dataset") { protectedAliases registryDefaultRole isCoreRegistry } } }`,
		);
		expect(shown.data.organization.registry).toEqual({
			protectedAliases: ["production"],
			registryDefaultRole: "member",
			isCoreRegistry: true,
		});
		expect(await protect(bob, [])).toMatchObject({ status: 403 });
		const stranger = await makeUser(app.services);
		expect(await protect(stranger, [])).toMatchObject({ status: 404 });
	});

	test("is taken as a whole, with an event for each change", async () => {
		expect((await protect(at.ann, ["production", "gold", "gold"])).data.updateRegistry.project).toEqual({
			protectedAliases: ["gold", "production"],
		});
		await protect(at.ann, ["production"]);
		const events = await eventsOf(app.services, registry.id, "registry.updated");
		expect(events.at(-1)).toMatchObject({
			setting: "protectedAliases",
			from: ["gold", "production"],
			to: ["production"],
		});
	});

	test.each([
		["latest", /cannot be protected/],
		["v3", /version numbers/],
		["a/b", /cannot be the alias/],
	])("cannot hold %s", async (name, why) => {
		const answer = await protect(at.ann, [name]);
		expect(answer.errors[0]?.message).toMatch(why);
	});

	test("the role of everybody is viewer or member", async () => {
		const set = (role: string) =>
			app.gql(
				at.ann,
				`mutation { updateRegistry(input: { projectId: "${toNodeId("Project", registry.id)}", defaultRole: "${role}" }) {
					project { registryDefaultRole } } }`,
			);
		expect((await set("viewer")).data.updateRegistry.project).toEqual({ registryDefaultRole: "viewer" });
		expect(await app.gql(bob, input("linkArtifact", link(other, "mine")))).toMatchObject({ status: 403 });
		await set("member");
		expect((await set("admin")).errors[0]?.message).toContain("use viewer or member");
	});
});
