import { beforeAll, describe, expect, test } from "vitest";
import type { ArtifactRow } from "../artifact/index.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization } from "../org/index.ts";
import { linkInto, linkTo, logVersion, makeRun, nodeIdOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// What somebody sees of a version in a private project: a stranger nothing, a reader of the registry the link.

const { app, at } = await startWorkplace();
let stranger: MadeUser;
/** Of the organisation, but in no team. */
let reader: MadeUser;
/** Linked to the registry. */
let linked: ArtifactRow;
/** In the same private project and collection, linked to none. */
let secret: ArtifactRow;

beforeAll(async () => {
	[stranger, reader] = [await makeUser(app.services), await makeUser(app.services)];
	const { username } = reader.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "viewer" });
	const run = await makeRun(at.ann, at.project, "secret-run");
	const log = (content: string, alias: string) =>
		logVersion({
			by: at.ann,
			project: at.project,
			collectionName: "zoo",
			files: { [`${alias}.txt`]: content },
			aliases: [alias],
			run,
		});
	linked = await log("linked", "own-alias");
	secret = await log("secret", "secret-alias");
	const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "zoo" };
	await linkInto(at.ann, linkTo(linked, target, ["prod"]));
	const hidden = await makeProject(app.services, { by: at.ann, entityName: at.team.name });
	await linkInto(
		at.ann,
		linkTo(linked, { ...target, entityName: at.team.name, projectName: hidden.name }, ["hidden-alias"]),
	);
});

const byId = `query ($id: ID!) { artifact(id: $id) { id digest aliases { alias } } }`;
const byName = `query ($entity: String, $project: String, $name: String!) {
	project(name: $project, entityName: $entity) { artifact(name: $name) { id } artifactCollection(name: "zoo") { name } } }`;
const membership = `query ($entity: String, $project: String, $name: String!) {
	project(name: $project, entityName: $entity) { artifactCollectionMembership(name: $name) {
		versionIndex aliases { alias } artifactCollection { name } files { edges { node { name directUrl } } }
		artifact { id } } } }`;

describe("a stranger", () => {
	test("gets for a private version by id the answer for one that never was, from the same queries", async () => {
		const missing = toNodeId("Artifact", app.services.ids.uuid());
		const answers: unknown[] = [];
		const ask = (id: string) => async () => answers.push(await app.gql(stranger, byId, { id }));
		// The first use of a key in a minute is noted.
		await app.gql(stranger, "{ viewer { id } }");
		const forUnknown = await app.queriesOf(ask(missing));
		const forPrivate = await app.queriesOf(ask(nodeIdOf(secret)));
		const forLinked = await app.queriesOf(ask(nodeIdOf(linked)));
		expect(answers).toEqual(Array(3).fill({ status: 200, data: { artifact: null }, errors: [] }));
		expect(forPrivate).toEqual(forUnknown);
		expect(forLinked).toEqual(forUnknown);
	});

	test("gets for a private project by name the answer for one that never was, from the same queries", async () => {
		const answers: unknown[] = [];
		const entity = at.project.entityName;
		for (const query of [byName, membership]) {
			const ask = (project: string) => async () =>
				answers.push(await app.gql(stranger, query, { entity, project, name: "zoo:latest" }));
			expect(await app.queriesOf(ask(at.project.name))).toEqual(await app.queriesOf(ask("never-was")));
		}
		expect(answers).toEqual(Array(4).fill({ status: 200, data: { project: null }, errors: [] }));
	});

	test("gets no file, and may change nothing", async () => {
		const missing = toNodeId("Artifact", app.services.ids.uuid());
		const change = `mutation ($id: ID!) { updateArtifact(input: { artifactID: $id, description: "x" }) { artifact { id } } }`;
		const commit = `mutation ($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }`;
		for (const query of [change, commit]) {
			const refused = await app.gql(stranger, query, { id: nodeIdOf(secret) });
			expect(refused).toMatchObject({ status: 404, errors: [{ extensions: { code: "NOT_FOUND" } }] });
			expect(refused).toEqual(await app.gql(stranger, query, { id: missing }));
		}
	});

	test("who sends no key is asked to sign in", async () => {
		expect(await app.gql(null, byId, { id: nodeIdOf(secret) })).toMatchObject({
			status: 401,
			errors: [{ message: expect.stringContaining("wandb login"), extensions: { code: "UNAUTHENTICATED" } }],
		});
	});
});

describe("a reader of the registry who is not in the team", () => {
	const registry = () => ({ entity: at.org.name, project: "wandb-registry-dataset" });

	test("sees the linked version with its files, under the link's name and aliases", async () => {
		const { data, errors } = await app.gql(reader, membership, { ...registry(), name: "zoo:prod" });
		expect(errors).toEqual([]);
		const shown = data.project.artifactCollectionMembership;
		expect(shown).toMatchObject({
			versionIndex: 0,
			artifactCollection: { name: "zoo" },
			files: { edges: [{ node: { name: "own-alias.txt" } }] },
			artifact: { id: nodeIdOf(linked) },
		});
		expect(shown.aliases.map(({ alias }: { alias: string }) => alias).sort()).toEqual(["latest", "prod"]);
		const file = await app.send(null, shown.files.edges[0].node.directUrl);
		expect(await file.text()).toBe("linked");
	});

	test("sees of its source the path and the maker's name, and nothing else of that project", async () => {
		const query = `query ($id: ID!) { artifact(id: $id) {
			id aliases { alias }
			artifactMemberships { totalCount edges { node { artifactCollection { name project { name } } } } }
			artifactSequence {
				name project { name entity { name } artifactCollections { edges { node { name } } } artifact(name: "zoo:v1") { id } }
				aliases { edges { node { alias } } } versionCount latestArtifact { id }
				artifacts { totalCount edges { version node { id } } }
				artifactMembership(aliasName: "v1") { id }
				artifactMemberships { totalCount edges { node { id } } }
			}
			artifactType { name artifactCollections { edges { node { name } } } artifact(name: "zoo:v1") { id } }
			createdBy { __typename ... on Run { name } ... on User { username } }
			producedBy { totalCount edges { node { name } } } usedBy { totalCount edges { node { name } } }
		} }`;
		const { data, errors } = await app.gql(reader, query, { id: nodeIdOf(linked) });
		expect(errors).toEqual([]);
		const none = { totalCount: 0, edges: [] };
		expect(data.artifact).toEqual({
			id: nodeIdOf(linked),
			aliases: [{ alias: "latest" }, { alias: "prod" }],
			artifactMemberships: {
				totalCount: 1,
				edges: [{ node: { artifactCollection: { name: "zoo", project: { name: "wandb-registry-dataset" } } } }],
			},
			artifactSequence: {
				name: "zoo",
				project: {
					name: at.project.name,
					entity: { name: at.team.name },
					artifactCollections: { edges: [] },
					artifact: null,
				},
				aliases: null,
				versionCount: 0,
				latestArtifact: null,
				artifacts: none,
				artifactMembership: null,
				artifactMemberships: none,
			},
			artifactType: { name: "dataset", artifactCollections: { edges: [] }, artifact: null },
			createdBy: { __typename: "User", username: at.ann.user.username },
			producedBy: none,
			usedBy: none,
		});
		expect(JSON.stringify(data)).not.toMatch(/secret|hidden|own-alias/);
	});

	test("sees none of the project's runs or its other versions", async () => {
		expect(await app.gql(reader, byId, { id: nodeIdOf(secret) })).toMatchObject({
			status: 200,
			data: { artifact: null },
		});
		const { entityName, name } = at.project;
		const byPath = await app.gql(reader, byName, { entity: entityName, project: name, name: "zoo:v0" });
		expect(byPath).toMatchObject({ data: { project: null } });
		const through = `query ($id: ID!) { artifact(id: $id) { artifactSequence { project {
			runCount runs { edges { node { name } } } run(name: "secret-run") { name } artifactTypes { edges { node { name } } }
		} } } }`;
		const { data } = await app.gql(reader, through, { id: nodeIdOf(linked) });
		expect(JSON.stringify(data)).not.toMatch(/secret-run|dataset/);
	});

	test("may not change it, and is told which role that takes", async () => {
		const change = `mutation ($id: ID!) { updateArtifact(input: { artifactID: $id, description: "x" }) { artifact { id } } }`;
		expect(await app.gql(reader, change, { id: nodeIdOf(linked) })).toMatchObject({
			status: 403,
			errors: [{ message: expect.stringContaining("role member"), extensions: { code: "FORBIDDEN" } }],
		});
	});
});

test("the team sees every name of the version", async () => {
	const { data } = await app.gql(at.ann, byId, { id: nodeIdOf(linked) });
	const aliases = data.artifact.aliases.map(({ alias }: { alias: string }) => alias).sort();
	expect(aliases).toEqual(["hidden-alias", "latest", "latest", "own-alias", "prod"]);
});
