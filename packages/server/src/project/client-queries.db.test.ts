import { type ExecutionResult, graphql } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { composeSchema } from "../app.ts";
import type { Services } from "../context.ts";
import { createGqlContext } from "../graphql/gql-context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { actorOfKey, type MadeUser, makeOrg, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { testCtx, testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";

// The questions of the client about people, organisations and projects, in its own words, through the schema.

let database: TestDatabase;
let services: Services;
const schema = composeSchema();

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db);
});
afterAll(async () => {
	await database?.drop();
});

async function askAs(actor: Actor, source: string, variableValues: Record<string, unknown>): Promise<ExecutionResult> {
	return await graphql({ schema, source, variableValues, contextValue: createGqlContext(testCtx(services, actor)) });
}

async function ask(user: MadeUser, source: string, variables: Record<string, unknown> = {}): Promise<unknown> {
	const result = await askAs((await user.ctx()).actor, source, variables);
	expect(result.errors).toBeUndefined();
	// graphql-js makes objects without a prototype, which are not equal to literals.
	return JSON.parse(JSON.stringify(result.data));
}

const masked = /^[a-z0-9]{6}\*{6}$/;
const viewerQuery = `query Viewer { viewer {
	id entity username email flags admin teams { edges { node { name } } pageInfo { hasNextPage } }
	organizations { name } apiKeys { edges { node { id name description } } }
} }`;

test("the viewer is told all about himself, with keys masked; nobody is null", async () => {
	const user = await makeUser(services, { username: "viewer-of-himself" });
	const org = await makeOrg(services, { admin: user });
	const team = await makeTeam(services, { org, admin: user });
	expect(await ask(user, viewerQuery)).toEqual({
		viewer: {
			id: toNodeId("User", user.user.id),
			entity: "viewer-of-himself",
			username: "viewer-of-himself",
			email: "viewer-of-himself@example.org",
			flags: "{}",
			admin: false,
			teams: { edges: [{ node: { name: team.name } }], pageInfo: { hasNextPage: false } },
			organizations: [{ name: org.name }],
			apiKeys: {
				edges: [
					{ node: { id: expect.any(String), name: expect.stringMatching(masked), description: "chosen at creation" } },
				],
			},
		},
	});
	const anonymous = await askAs({ kind: "anonymous", mayReadPublic: true }, viewerQuery, {});
	expect(JSON.stringify(anonymous)).toBe('{"data":{"viewer":null}}');
});

test("a generated key is shown once, works, and can be deleted by its id", async () => {
	const user = await makeUser(services);
	const generate = `mutation GenerateApiKey($description: String) {
		generateApiKey(input: { description: $description }) { apiKey { id name description } } }`;
	const made = await ask(user, generate, { description: "laptop" });
	expect(made).toEqual({
		generateApiKey: {
			apiKey: { id: expect.any(String), name: expect.stringMatching(/^[a-z0-9]{40}$/), description: "laptop" },
		},
	});
	const { id, name } = apiKeyOf(made);
	expect(await actorOfKey(services, name)).toMatchObject({ userId: user.user.id });
	const remove = "mutation DeleteApiKey($id: String!) { deleteApiKey(input: { id: $id }) { success } }";
	expect(await ask(user, remove, { id })).toEqual({ deleteApiKey: { success: true } });
	await expect(actorOfKey(services, name)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

function apiKeyOf(reply: unknown): { id: string; name: string } {
	const text = JSON.stringify(reply);
	const found = /"id":"([^"]+)","name":"([^"]+)"/.exec(text);
	return { id: found?.[1] ?? "", name: found?.[2] ?? "" };
}

test("people are found by name or address, by those who share an organisation with them", async () => {
	const [boss, member, stranger] = [await makeUser(services), await makeUser(services), await makeUser(services)];
	await makeOrg(services, { admin: boss, members: [{ user: member, role: "viewer" }] });
	const search = "query SearchUsers($query: String) { users(query: $query) { edges { node { username email } } } }";
	const { username, email } = member.user;
	const found = { users: { edges: [{ node: { username, email } }] } };
	expect(await ask(boss, search, { query: email.toUpperCase() })).toEqual(found);
	expect(await ask(boss, search, { query: username })).toEqual(found);
	expect(await ask(stranger, search, { query: email })).toEqual({ users: { edges: [] } });
	expect(await ask(boss, search, { query: "" })).toMatchObject({ users: { edges: { length: 2 } } });
});

const orgOfEntity = `query FetchOrgInfoFromEntity($entity: String!) { entity(name: $entity) {
	organization { name orgEntity { name entityType } } user { username email organizations { name orgEntity { name } } }
} }`;

describe("the organisation behind an entity", () => {
	test("of a team is its organisation, without a user; of a person is that of the user", async () => {
		const boss = await makeUser(services, { username: "initech" });
		const org = await makeOrg(services, { admin: boss, name: "Initech" });
		const team = await makeTeam(services, { org, admin: boss });
		const orgEntity = { name: "Initech-org" };
		expect(await ask(boss, orgOfEntity, { entity: team.name })).toEqual({
			entity: {
				organization: { name: "Initech", orgEntity: { ...orgEntity, entityType: "organization" } },
				user: null,
			},
		});
		expect(await ask(boss, orgOfEntity, { entity: "INITECH" })).toEqual({
			entity: {
				organization: null,
				user: {
					username: "initech",
					email: boss.user.email,
					organizations: [{ name: "Initech", orgEntity }],
				},
			},
		});
	});

	test("and a person's address are hidden from strangers, who know the entity by its public project only", async () => {
		const [boss, stranger] = [await makeUser(services), await makeUser(services)];
		const org = await makeOrg(services, { admin: boss });
		const team = await makeTeam(services, { org, admin: boss });
		await makeProject(services, { by: boss, entityName: team.name, access: "USER_READ" });
		await makeProject(services, { by: boss, access: "USER_READ" });
		const seen = { entity: { organization: null, user: null } };
		expect(await ask(stranger, orgOfEntity, { entity: team.name })).toEqual(seen);
		expect(await ask(stranger, orgOfEntity, { entity: boss.user.username })).toEqual({
			entity: { organization: null, user: { username: boss.user.username, email: null, organizations: [] } },
		});
		const members = "query GetTeamEntity($name: String) { entity(name: $name) { isTeam members { username role } } }";
		expect(await ask(stranger, members, { name: team.name })).toEqual({ entity: { isTeam: true, members: [] } });
		expect(await ask(boss, members, { name: team.name })).toEqual({
			entity: { isTeam: true, members: [{ username: boss.user.username, role: "admin" }] },
		});
	});
});

test("administration goes over the wire", async () => {
	const root = await makeUser(services, { instanceAdmin: true });
	const create = `mutation CreateUserFromAdmin($email: String!, $admin: Boolean) {
		createUser(input: { email: $email, admin: $admin }) { user { id name username email admin } } }`;
	expect(await ask(root, create, { email: "wired@example.org", admin: false })).toEqual({
		createUser: {
			user: { id: expect.any(String), name: "wired", username: "wired", email: "wired@example.org", admin: false },
		},
	});
	const organize = 'mutation { createOrganization(input: { name: "Wired-org" }) { organization { id name } } }';
	const made = await ask(root, organize);
	const { id: organizationId } = apiKeyOf(made);
	const add = `mutation($id: ID!) {
		addUserToOrganization(input: { organizationId: $id, username: "wired", role: "member" }) { success } }`;
	expect(await ask(root, add, { id: organizationId })).toEqual({ addUserToOrganization: { success: true } });
	const team = `mutation { createTeam(input: { teamName: "wired-team", teamAdminUserName: "wired" }) {
		entity { name available entityType organization { name teams { name } } } } }`;
	expect(await ask(root, team)).toEqual({
		createTeam: {
			entity: {
				name: "wired-team",
				available: true,
				entityType: "team",
				organization: { name: "Wired-org", teams: [{ name: "wired-team" }] },
			},
		},
	});
	const move = 'mutation { updateUser(input: { defaultEntity: "wired-team" }) { user { entity } } }';
	expect(await ask(root, move)).toEqual({ updateUser: { user: { entity: "wired-team" } } });
});

test("a project is made, shown and listed as the client wants it", async () => {
	const user = await makeUser(services);
	const entityName = user.user.username;
	const create = `mutation CreateProject($input: UpsertModelInput!) { upsertModel(input: $input) {
		inserted project { id internalId } model { name entityName access views } } }`;
	const made = await ask(user, create, { input: { entityName, name: "Zoo 1" } });
	expect(made).toEqual({
		upsertModel: {
			inserted: true,
			project: { id: expect.any(String), internalId: expect.any(String) },
			model: { name: "Zoo 1", entityName, access: "PRIVATE", views: null },
		},
	});
	const internalId = /"internalId":"([^"]+)"/.exec(JSON.stringify(made))?.[1] ?? "";
	expect(Buffer.from(internalId, "base64").toString()).toMatch(/^ProjectInternalId:\d+$/);
	expect(await ask(user, create, { input: { entityName, name: "Zoo 1" } })).toMatchObject({
		upsertModel: { inserted: false },
	});
	const list = `query GetProjects($entity: String, $cursor: String, $perPage: Int) {
		models(entityName: $entity, after: $cursor, first: $perPage) {
			pageInfo { endCursor hasNextPage }
			edges { cursor node { name entityName isBenchmark readOnly user { username } entity { name } } } } }`;
	const node = {
		name: "Zoo 1",
		entityName,
		isBenchmark: false,
		readOnly: false,
		user: { username: entityName },
		entity: { name: entityName },
	};
	expect(await ask(user, list, { entity: entityName, cursor: null, perPage: 200 })).toEqual({
		models: {
			pageInfo: { endCursor: expect.any(String), hasNextPage: false },
			edges: [{ cursor: expect.any(String), node }],
		},
	});
	const stranger = await makeUser(services);
	const nothing = { models: { pageInfo: { endCursor: null, hasNextPage: false }, edges: [] } };
	expect(await ask(stranger, list, { entity: entityName })).toEqual(nothing);
	expect(await ask(stranger, list, { entity: "no-entity" })).toEqual(nothing);
	const names = (args: string) => `{ entity(name: "${entityName}") { projects(${args}) { edges { node { name } } } } }`;
	const other = names('filters: "{\\"name\\": \\"x\\"}"');
	expect(await ask(user, other, {})).toEqual({ entity: { projects: { edges: [] } } });
	const refused = await askAs((await user.ctx()).actor, names('order: "+loss"'), {});
	expect(refused.errors?.[0]?.originalError).toMatchObject({ code: "INVALID_INPUT" });
});
