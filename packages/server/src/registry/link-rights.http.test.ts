import { beforeAll, expect, test } from "vitest";
import type { ArtifactRow } from "../artifact/index.ts";
import { addUserToOrganization } from "../org/index.ts";
import { commitVersion, linkInto, linkTo, logVersion, nodeIdOf, stageVersion } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// What a link gives: to read, where it leads; to change, in registries only.

const { app, at } = await startWorkplace();
let stranger: MadeUser;

beforeAll(async () => {
	stranger = await makeUser(app.services);
});

const change = `mutation ($id: ID!) { updateArtifact(input: { artifactID: $id, description: "mine", tagsToAdd: [{ tagName: "mine" }] }) {
	artifact { description } } }`;

async function linkHome(user: MadeUser, version: ArtifactRow): Promise<void> {
	const home = await makeProject(app.services, { by: user });
	await linkInto(
		user,
		linkTo(version, { entityName: home.entityName, projectName: home.name, collectionName: "mine" }),
	);
}

test("who may read a public version and links it into a project of their own may not change it", async () => {
	const project = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
	const version = await logVersion({ by: at.ann, project, files: { "a.txt": "public" } });
	await linkHome(stranger, version);
	expect(await app.gql(stranger, change, { id: nodeIdOf(version) })).toMatchObject({
		status: 403,
		data: { updateArtifact: null },
		errors: [{ extensions: { code: "FORBIDDEN" } }],
	});
});

test("a registry's viewer may not change what they link on; its member may", async () => {
	const [viewer, member] = [await makeUser(app.services), await makeUser(app.services)];
	const organizationId = at.org.id;
	for (const [user, role] of [
		[viewer, "viewer"],
		[member, "member"],
	] as const) {
		await addUserToOrganization(await at.ann.ctx(), { organizationId, username: user.user.username, role });
	}
	const version = await logVersion({ by: at.ann, project: at.project, files: { "a.txt": "linked" } });
	const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "zoo" };
	await linkInto(at.ann, linkTo(version, target));
	await linkHome(viewer, version);
	expect(await app.gql(viewer, change, { id: nodeIdOf(version) })).toMatchObject({ status: 403 });
	expect(await app.gql(member, change, { id: nodeIdOf(version) })).toMatchObject({
		data: { updateArtifact: { artifact: { description: "mine" } } },
	});
	const facts = `query ($id: ID!) { artifact(id: $id) { artifactSequence { project {
		name description access updatedAt user { username } } } } }`;
	expect((await app.gql(viewer, facts, { id: nodeIdOf(version) })).data.artifact.artifactSequence.project).toEqual({
		name: at.project.name,
		description: null,
		access: null,
		updatedAt: null,
		user: null,
	});
});

test("a link that waits with an alias that cannot be is refused at once, and does not keep the version from its commit", async () => {
	const project = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
	const version = await stageVersion({ by: at.ann, project, files: { "a.txt": "waiting" } });
	const home = await makeProject(app.services, { by: stranger });
	const place = { entityName: home.entityName, projectName: home.name, collectionName: "mine" };
	await expect(linkInto(stranger, linkTo(version, place, ["v7"]))).rejects.toThrow("version numbers");
	expect(await commitVersion(at.ann, version)).toMatchObject({ state: "COMMITTED" });
});

test("a registry takes no types that could not be named afterwards", async () => {
	const save = `mutation ($types: [ArtifactTypeInput!]) { upsertModel(input: {
		entityName: "${at.org.name}", name: "wandb-registry-odd", artifactTypes: $types }) { inserted } }`;
	for (const types of [[{ name: "a/b" }], [{ name: "x".repeat(129) }], Array(1001).fill({ name: "t" })]) {
		expect(await app.gql(at.ann, save, { types })).toMatchObject({
			data: { upsertModel: null },
			errors: [{ extensions: { code: "INVALID_INPUT" } }],
		});
	}
});

test("of a person's default entity only those learn who know that team", async () => {
	const project = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
	const mine = `mutation { updateUser(input: { defaultEntity: "${at.team.name}" }) { user { entity } } }`;
	expect((await app.gql(at.ann, mine)).data).toEqual({ updateUser: { user: { entity: at.team.name } } });
	const maker = `{ project(entityName: "${project.entityName}", name: "${project.name}") { user { username entity } } }`;
	const { username } = at.ann.user;
	expect((await app.gql(stranger, maker)).data).toEqual({ project: { user: { username, entity: username } } });
});
