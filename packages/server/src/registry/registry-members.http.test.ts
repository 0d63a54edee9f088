import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ProjectAccess, projectRole } from "../access/project-role.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { EntityRow, OrganizationRow } from "../org/index.ts";
import { findProject, type ProjectRow, upsertProject } from "../project/index.ts";
import { eventsOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeOrg, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { startTestApp, type TestApp } from "../testing/test-app.ts";

// Members of registries and restricted projects as the client and the app ask for them.

let app: TestApp;
let boss: MadeUser;
/** In the organisation and its team. */
let member: MadeUser;
/** In the organisation. */
let colleague: MadeUser;
let outsider: MadeUser;
let org: OrganizationRow;
let team: EntityRow;
let registry: ProjectRow;

beforeAll(async () => {
	app = await startTestApp();
});
afterAll(async () => {
	await app?.close();
});
beforeEach(async () => {
	const { services } = app;
	[boss, member] = [await makeUser(services), await makeUser(services)];
	[colleague, outsider] = [await makeUser(services), await makeUser(services)];
	const members = [member, colleague].map((user) => ({ user, role: "member" as const }));
	org = await makeOrg(services, { admin: boss, members });
	team = await makeTeam(services, { org, admin: boss, members: [{ user: member, role: "viewer" }] });
	registry = await makeRegistry(colleague, "RESTRICTED");
});

async function makeRegistry(by: MadeUser, access: string): Promise<ProjectRow> {
	const name = `wandb-registry-${app.services.ids.token(8)}`;
	const make = `mutation ($entity: String, $name: String, $access: String) {
		upsertModel(input: { entityName: $entity, name: $name, access: $access }) { inserted } }`;
	expect((await app.gql(by, make, { entity: org.name, name, access })).errors).toEqual([]);
	const made = await findProject(await by.ctx(), { entityName: org.name, projectName: name });
	if (made === null) throw new Error("the registry was not made");
	return made;
}

const userId = (user: MadeUser) => toNodeId("User", user.user.id);
const idOf = (project: ProjectRow) => toNodeId("Project", project.id);

type Whom = { readonly users?: readonly MadeUser[]; readonly teams?: readonly string[] };
const change = async (
	by: MadeUser,
	mutation: "create" | "delete",
	project: ProjectRow,
	{ users = [], teams = [] }: Whom,
) =>
	await app.gql(
		by,
		`mutation ($id: ID!, $users: [ID!], $teams: [ID!]) { result: ${mutation}ProjectMembers(
			input: { projectId: $id, userIds: $users, teamIds: $teams }) { success } }`,
		{ id: idOf(project), users: users.map(userId), teams: teams.map((id) => toNodeId("Entity", id)) },
	);
const setRole = async (by: MadeUser, project: ProjectRow, user: MadeUser, role: string) =>
	await app.gql(
		by,
		`mutation ($id: ID!, $user: ID!, $role: String!) { updateProjectMember(
			input: { projectId: $id, userId: $user, userProjectRole: $role }) { success } }`,
		{ id: idOf(project), user: userId(user), role },
	);
const setTeamRole = async (by: MadeUser, project: ProjectRow, role: string) =>
	await app.gql(
		by,
		`mutation ($id: ID!, $team: ID!, $role: String!) { updateProjectTeamMember(
			input: { projectId: $id, teamId: $team, teamProjectRole: $role }) { success } }`,
		{ id: idOf(project), team: toNodeId("Entity", team.id), role },
	);
/** `name: role` of all who were given one. */
async function given(by: MadeUser, project: ProjectRow): Promise<Record<string, string>> {
	const query = `query ($entity: String, $name: String) { project(name: $name, entityName: $entity) {
		members { id name username email role { name } } teamMembers { team { id name } role { name } } } }`;
	const { data } = await app.gql(by, query, { entity: project.entityName, name: project.name });
	const people = data.project.members.map((each: { username: string; role: { name: string } }) => [
		each.username,
		each,
	]);
	const teams = data.project.teamMembers.map((each: { team: { name: string }; role: { name: string } }) => [
		each.team.name,
		each,
	]);
	return Object.fromEntries([...people, ...teams].map(([name, { role }]) => [name, role.name]));
}

describe("members of a registry", () => {
	test("come in as viewers, keep a role they have, get another one, and go", async () => {
		expect(await given(colleague, registry)).toEqual({ [colleague.user.username]: "admin" });
		const all = { users: [colleague, member], teams: [team.id] };
		expect(await change(colleague, "create", registry, all)).toMatchObject({
			data: { result: { success: true } },
			errors: [],
		});
		const [maker, other] = [colleague.user.username, member.user.username];
		expect(await given(member, registry)).toEqual({ [maker]: "admin", [other]: "viewer", [team.name]: "viewer" });
		for (const role of ["member", "restricted_viewer", "admin"]) {
			expect((await setRole(colleague, registry, member, role)).errors).toEqual([]);
			expect((await setTeamRole(colleague, registry, role)).errors).toEqual([]);
			expect(await given(boss, registry)).toEqual({ [maker]: "admin", [other]: role, [team.name]: role });
		}
		await change(colleague, "create", registry, all);
		expect((await given(boss, registry))[other]).toBe("admin");
		expect((await change(member, "delete", registry, all)).errors[0]?.message).toContain("without an admin");
		expect((await change(boss, "delete", registry, all)).errors).toEqual([]);
		expect(await given(boss, registry)).toEqual({});
	});

	test("the last admin named cannot go by their own hand; an admin of the organisation may let them go", async () => {
		const text = "would be left without an admin: make somebody else its admin first";
		expect((await setRole(colleague, registry, colleague, "viewer")).errors[0]?.message).toContain(text);
		expect((await change(colleague, "delete", registry, { users: [colleague] })).errors[0]?.message).toContain(text);
		expect(await given(colleague, registry)).toEqual({ [colleague.user.username]: "admin" });
		await setTeamRole(colleague, registry, "admin");
		expect((await setRole(colleague, registry, colleague, "viewer")).errors).toEqual([]);
		expect((await change(boss, "delete", registry, { users: [colleague], teams: [team.id] })).errors).toEqual([]);
	});

	test.each([
		[
			"somebody of another organisation",
			() => change(colleague, "create", registry, { users: [outsider] }),
			"is not in the organisation",
		],
		[
			"the team of another organisation",
			() => change(colleague, "create", registry, { teams: [org.entityId] }),
			"only its people and teams",
		],
		["nobody", () => change(colleague, "create", registry, {}), "name at least one user or team"],
		[
			"an unknown role",
			() => setRole(colleague, registry, member, "owner"),
			"use admin, member, viewer, restricted_viewer",
		],
		[
			"a role without the right to give one",
			() => setRole(member, registry, member, "admin"),
			"no project has this id",
		],
	])("%s is refused, and nothing is changed", async (_, attempt, text) => {
		expect((await attempt()).errors[0]?.message).toContain(text);
		expect(await given(boss, registry)).toEqual({ [colleague.user.username]: "admin" });
	});

	test("one who cannot come in keeps all others out", async () => {
		await change(colleague, "create", registry, { users: [member, outsider] });
		expect(await given(boss, registry)).toEqual({ [colleague.user.username]: "admin" });
	});
});

const peopleQuery = `query ($entity: String, $name: String, $first: Int, $after: String) {
	project(name: $name, entityName: $entity) { people(first: $first, after: $after) {
		edges { cursor node { user { username } role origins { kind role team { name } } } } pageInfo { hasNextPage endCursor } } } }`;
type Person = {
	readonly user: { readonly username: string };
	readonly role: string;
	readonly origins: ReadonlyArray<{ kind: string; role: string; team: { name: string } | null }>;
};
async function peopleOf(by: MadeUser, project: ProjectRow, first = 50): Promise<Map<string, Person>> {
	const people: Person[] = [];
	for (let after: string | null = null; ; ) {
		const { data, errors } = await app.gql(by, peopleQuery, {
			entity: project.entityName,
			name: project.name,
			first,
			after,
		});
		expect(errors).toEqual([]);
		const { edges, pageInfo } = data.project.people;
		people.push(...edges.map(({ node }: { node: Person }) => node));
		if (!pageInfo.hasNextPage) return new Map(people.map((person) => [person.user.username, person]));
		after = pageInfo.endCursor;
	}
}

describe("everybody who has a role", () => {
	test.each<[string, () => Promise<ProjectRow>]>([
		["an open registry", () => makeRegistry(colleague, "PRIVATE")],
		["a restricted registry", () => makeRegistry(colleague, "RESTRICTED")],
		["a core registry", coreRegistry],
		["a private project", () => projectOf("PRIVATE")],
		["a restricted project", () => projectOf("RESTRICTED")],
		["an open project", () => projectOf("USER_WRITE")],
		["somebody's own project", () => makeProject(app.services, { by: boss })],
	])("in %s is listed with the role that they have, page by page", async (_, make) => {
		const project = await make();
		const isNamed = project.isRegistry || project.access === "RESTRICTED";
		if (isNamed) {
			await setRole(boss, project, colleague, "member");
			await setTeamRole(boss, project, "restricted_viewer");
		}
		const people = await peopleOf(boss, project, 1);
		expect(await peopleOf(boss, project)).toEqual(people);
		const everybodys = { PRIVATE: "none", RESTRICTED: "none", USER_READ: "viewer", USER_WRITE: "member" }[
			project.access
		];
		for (const user of [boss, member, colleague, outsider]) {
			const role = projectRole((await user.ctx()).actor, project);
			expect(people.get(user.user.username)?.role ?? everybodys, user.user.username).toBe(role);
		}
		expect(people.has(outsider.user.username)).toBe(false);
	});

	test("is told where it comes from, the highest first", async () => {
		const open = await makeRegistry(colleague, "PRIVATE");
		await setRole(boss, open, member, "restricted_viewer");
		await setTeamRole(boss, open, "member");
		const people = await peopleOf(member, open);
		const nowhere = { team: null };
		expect(people.get(member.user.username)?.origins).toEqual([
			{ kind: "TEAM", role: "member", team: { name: team.name } },
			{ kind: "DEFAULT", role: "viewer", ...nowhere },
			{ kind: "GIVEN", role: "restricted_viewer", ...nowhere },
		]);
		expect(people.get(boss.user.username)?.origins[0]).toEqual({
			kind: "ORGANIZATION_ADMIN",
			role: "admin",
			...nowhere,
		});
		expect(people.get(colleague.user.username)?.origins[0]).toEqual({ kind: "GIVEN", role: "admin", ...nowhere });
	});

	test("is not told to those who read a public project only", async () => {
		const project = await projectOf("USER_READ");
		expect(await peopleOf(outsider, project)).toEqual(new Map());
		expect(await given(outsider, project)).toEqual({});
		expect((await peopleOf(member, project)).size).toBe(2);
	});
});

async function projectOf(access: ProjectAccess): Promise<ProjectRow> {
	const { id } = await makeProject(app.services, { by: boss, entityName: team.name });
	const change = { id, entityName: null, name: null, description: null, access };
	return (await upsertProject(await boss.ctx(), change)).project;
}

async function coreRegistry(): Promise<ProjectRow> {
	const found = await findProject(await boss.ctx(), { entityName: org.name, projectName: "wandb-registry-model" });
	if (found === null) throw new Error("there is no core registry");
	return found;
}

test("who is responsible is named by an admin, and grants nothing", async () => {
	const set = `mutation ($id: ID!, $user: ID) { setProjectOwner(input: { projectId: $id, userId: $user }) {
		project { owner { username } } } }`;
	const name = async (by: MadeUser, user: MadeUser | null) =>
		await app.gql(by, set, { id: idOf(registry), user: user === null ? null : userId(user) });
	const owner = { username: member.user.username };
	expect((await name(colleague, member)).data.setProjectOwner).toEqual({ project: { owner } });
	expect(await findProject(await member.ctx(), { entityName: org.name, projectName: registry.name })).toBeNull();
	expect((await name(colleague, outsider)).errors[0]?.message).toContain("name somebody of its organisation");
	expect((await name(boss, null)).data.setProjectOwner).toEqual({ project: { owner: null } });
	const projectId = registry.id;
	expect(await eventsOf(app.services, projectId, "project.owner-set")).toEqual([
		{ type: "project.owner-set", projectId, userId: member.user.id, fromUserId: colleague.user.id },
		{ type: "project.owner-set", projectId, userId: null, fromUserId: member.user.id },
	]);
});
