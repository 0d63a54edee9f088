import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toNodeId } from "../graphql/node-id.ts";
import { linkInto, linkTo, logVersion, makeWorkplace, type Workplace } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { type GraphqlAnswer, startTestApp, type TestApp } from "../testing/test-app.ts";
import { addUserToOrganization, addUserToTeam } from "./index.ts";

// Users, teams and organisations under other names, and gone, through the whole app.

let app: TestApp;
let at: Workplace;
let bob: MadeUser;

beforeAll(async () => {
	app = await startTestApp();
});
afterAll(async () => {
	await app?.close();
});
beforeEach(async () => {
	at = await makeWorkplace(app.services);
	bob = await makeUser(app.services);
	const { username } = bob.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
	await addUserToTeam(await at.ann.ctx(), { teamName: at.team.name, username, role: "member" });
});

const project = "query ($e: String!, $p: String!) { project(entityName: $e, name: $p) { name entityName } }";
const entity = "query ($n: String!) { entity(name: $n) { id name } }";
const organization = "query ($n: String!) { organization(name: $n) { name orgEntity { name } } }";
const renameTeam =
	"mutation ($e: String!, $n: String) { updateEntity(input: { entityName: $e, name: $n }) { entity { name } } }";
const renameUser = "mutation ($n: String) { updateUser(input: { username: $n }) { user { username entity } } }";
const renameOrg = `mutation ($id: ID!, $n: String!) {
	updateOrganization(input: { organizationId: $id, name: $n }) { organization { name } } }`;
const makeTeam = "mutation ($n: String!) { createTeam(input: { teamName: $n }) { entity { id name } } }";
const deletion = `query ($n: String!) { entity(name: $n) {
	deletion { members projects runs versions linksElsewhere bytes } } }`;
const deleteTeam = "mutation ($e: String!) { deleteTeam(input: { entityName: $e }) { success } }";
const deleteOrg = "mutation ($id: ID!) { deleteOrganization(input: { organizationId: $id }) { success } }";
const deleteProject = "mutation ($id: String!) { deleteModel(input: { id: $id }) { success } }";

const unused = () => `name-${app.services.ids.token(8)}`;
const codeOf = ({ errors }: GraphqlAnswer) => errors[0]?.extensions?.code;

describe("another name", () => {
	test("of a team: the old one leads on, until something else takes it", async () => {
		const [old, now] = [at.team.name, unused()];
		expect((await app.gql(at.ann, renameTeam, { e: old, n: now })).data.updateEntity.entity.name).toBe(now);
		for (const e of [old, now, old.toUpperCase()]) {
			const { data } = await app.gql(bob, project, { e, p: at.project.name });
			expect(data.project).toEqual({ name: at.project.name, entityName: now });
		}
		expect((await app.gql(bob, entity, { n: old })).data.entity.name).toBe(now);
		expect((await makeProject(app.services, { by: bob, entityName: old })).entityName).toBe(now);
		const taker = await app.gql(at.ann, makeTeam, { n: old });
		expect((await app.gql(bob, entity, { n: old })).data.entity.id).toBe(taker.data.createTeam.entity.id);
		expect((await app.gql(bob, project, { e: old, p: at.project.name })).data.project).toBeNull();
		expect((await app.gql(bob, entity, { n: now })).data.entity.name).toBe(now);
	});

	test("and back again, and in other letters", async () => {
		const [old, now] = [at.team.name, unused()];
		for (const [e, n] of [
			[old, now],
			[now, old],
			[old, old.toUpperCase()],
		]) {
			expect((await app.gql(at.ann, renameTeam, { e, n })).data.updateEntity.entity.name).toBe(n);
		}
		expect((await app.gql(bob, entity, { n: now })).data.entity.name).toBe(old.toUpperCase());
	});

	test("of a team is for its admins, and is refused where it is taken or no name", async () => {
		expect(codeOf(await app.gql(bob, renameTeam, { e: at.team.name, n: unused() }))).toBe("FORBIDDEN");
		const taken = [at.ann.user.username, at.org.name, bob.user.username.toUpperCase()];
		for (const n of taken) expect(codeOf(await app.gql(at.ann, renameTeam, { e: at.team.name, n }))).toBe("CONFLICT");
		for (const n of ["api", "a b", "ü"]) {
			expect(codeOf(await app.gql(at.ann, renameTeam, { e: at.team.name, n }))).toBe("INVALID_INPUT");
		}
	});

	test("of a user is his entity's, too; two who want one name at once do not both get it", async () => {
		const old = bob.user.username;
		const mine = await makeProject(app.services, { by: bob });
		const now = unused();
		expect((await app.gql(bob, renameUser, { n: now })).data.updateUser.user).toEqual({ username: now, entity: now });
		expect((await app.gql(bob, project, { e: old, p: mine.name })).data.project.entityName).toBe(now);
		expect((await app.gql(bob, "{ viewer { username } }")).data.viewer.username).toBe(now);
		const wanted = unused();
		const both = await Promise.all([bob, at.ann].map((user) => app.gql(user, renameUser, { n: wanted })));
		expect(both.map(codeOf).toSorted()).toEqual(["CONFLICT", undefined]);
	});

	test("of an organisation is its entity's, or NAME-org; the old ones lead on", async () => {
		const [old, now] = [at.org.name, unused()];
		const id = toNodeId("Organization", at.org.id);
		expect(codeOf(await app.gql(bob, renameOrg, { id, n: now }))).toBe("FORBIDDEN");
		expect((await app.gql(at.ann, renameOrg, { id, n: now })).data.updateOrganization.organization.name).toBe(now);
		for (const n of [old, now]) {
			const { data } = await app.gql(bob, organization, { n });
			expect(data.organization).toEqual({ name: now, orgEntity: { name: now } });
			const registry = await app.gql(bob, project, { e: n, p: "wandb-registry-model" });
			expect(registry.data.project.entityName).toBe(now);
		}
		const userName = bob.user.username;
		await app.gql(at.ann, renameOrg, { id, n: userName });
		expect((await app.gql(bob, organization, { n: old })).data.organization).toEqual({
			name: userName,
			orgEntity: { name: `${userName}-org` },
		});
		const other = await makeWorkplace(app.services);
		expect(codeOf(await app.gql(at.ann, renameOrg, { id, n: other.org.name }))).toBe("CONFLICT");
	});
});

describe("a team that is deleted", () => {
	test("must hold no projects; then its name is free, and who logged to it logs to himself", async () => {
		const { name } = at.team;
		const artifact = await logVersion({ by: at.ann, project: at.project });
		const registry = { entityName: at.org.name, projectName: "wandb-registry-dataset" };
		await linkInto(at.ann, linkTo(artifact, registry));
		await app.gql(bob, "mutation ($e: String) { updateUser(input: { defaultEntity: $e }) { user { id } } }", {
			e: name,
		});
		const preview = { members: 2, projects: 1, runs: 0, versions: 1, linksElsewhere: 1, bytes: expect.any(Number) };
		expect((await app.gql(at.ann, deletion, { n: name })).data.entity.deletion).toEqual(preview);
		expect((await app.gql(bob, deletion, { n: name })).data.entity.deletion).toBeNull();
		expect(codeOf(await app.gql(bob, deleteTeam, { e: name }))).toBe("FORBIDDEN");
		expect((await app.gql(at.ann, deleteTeam, { e: name })).errors[0]?.message).toContain(
			"holds 1 project with 0 runs and 1 versions",
		);
		expect((await app.gql(at.ann, deleteProject, { id: toNodeId("Project", at.project.id) })).errors).toEqual([]);
		expect((await app.gql(at.ann, deleteTeam, { e: name })).data.deleteTeam.success).toBe(true);
		expect((await app.gql(bob, entity, { n: name })).data.entity).toBeNull();
		expect((await app.gql(bob, "{ viewer { entity teams { edges { node { name } } } } }")).data.viewer).toEqual({
			entity: bob.user.username,
			teams: { edges: [] },
		});
		expect((await app.gql(bob, makeTeam, { n: name })).data.createTeam.entity.name).toBe(name);
	});
});

test("an organisation is deleted when it has no teams and nothing is linked there", async () => {
	const id = toNodeId("Organization", at.org.id);
	expect((await app.gql(at.ann, deleteOrg, { id })).errors[0]?.message).toContain("has 1 teams");
	expect(codeOf(await app.gql(bob, deleteOrg, { id }))).toBe("FORBIDDEN");
	await app.gql(at.ann, deleteProject, { id: toNodeId("Project", at.project.id) });
	expect((await app.gql(at.ann, deleteTeam, { e: at.team.name })).errors).toEqual([]);
	expect((await app.gql(at.ann, deleteOrg, { id })).data.deleteOrganization.success).toBe(true);
	expect((await app.gql(at.ann, "{ viewer { organizations { name } } }")).data.viewer.organizations).toEqual([]);
	expect((await app.gql(at.ann, organization, { n: at.org.name })).data.organization).toBeNull();
	const made = await app.gql(
		bob,
		"mutation ($n: String!) { createOrganization(input: { name: $n }) { organization { name } } }",
		{
			n: at.org.name,
		},
	);
	expect(made.data.createOrganization.organization.name).toBe(at.org.name);
});
