import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { projectRole } from "../access/project-role.ts";
import type { GivenRole, Role } from "../access/roles.ts";
import type { Services } from "../context.ts";
import type { EntityRow, OrganizationRow } from "../org/index.ts";
import {
	findProject,
	listProjectMembers,
	listProjects,
	type MemberRef,
	type ProjectRow,
	removeProjectMember,
	setProjectMember,
} from "../project/index.ts";
import { eventsOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeOrg, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { saveRegistry } from "./save-registry.ts";

let database: TestDatabase;
let services: Services;
let boss: MadeUser;
/** In the organisation and its team. */
let member: MadeUser;
/** In the organisation. */
let colleague: MadeUser;
let outsider: MadeUser;
let org: OrganizationRow;
let team: EntityRow;

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db);
});
afterAll(async () => {
	await database?.drop();
});
beforeEach(async () => {
	[boss, member] = [await makeUser(services), await makeUser(services)];
	[colleague, outsider] = [await makeUser(services), await makeUser(services)];
	const members = [member, colleague].map((user) => ({ user, role: "member" as const }));
	org = await makeOrg(services, { admin: boss, members });
	team = await makeTeam(services, { org, admin: boss, members: [{ user: member, role: "viewer" }] });
});

async function makeRegistry(by: MadeUser): Promise<ProjectRow> {
	const { project } = await saveRegistry(await by.ctx(), {
		entityName: org.name,
		projectName: `wandb-registry-${services.ids.token(8)}`,
		description: null,
		access: "RESTRICTED",
		acceptedTypes: [],
		allowAllTypes: null,
	});
	return project;
}

const person = (user: MadeUser): MemberRef => ({ userId: user.user.id });
const give = async (by: MadeUser, project: ProjectRow, member: MemberRef, role: GivenRole) =>
	await setProjectMember(await by.ctx(), { projectId: project.id, member, role });
const take = async (by: MadeUser, project: ProjectRow, member: MemberRef) =>
	await removeProjectMember(await by.ctx(), { projectId: project.id, member });

/** The role that the next request has; looking the project up and listing it must agree. */
async function roleOf(user: MadeUser, project: ProjectRow): Promise<Role> {
	const ctx = await user.ctx();
	const role = projectRole(ctx.actor, project);
	const isSeen = role !== "none";
	expect((await findProject(ctx, { entityName: project.entityName, projectName: project.name })) !== null).toBe(isSeen);
	const { rows } = await listProjects(ctx, { entityId: project.entityId, limit: 50, after: null });
	expect(rows.some(({ id }) => id === project.id)).toBe(isSeen);
	return role;
}

test("whoever makes a custom registry is its admin by name, and its owner", async () => {
	const registry = await makeRegistry(colleague);
	expect(registry.responsibleUserId).toBe(colleague.user.id);
	expect(await roleOf(colleague, registry)).toBe("admin");
	expect(await listProjectMembers(await colleague.ctx(), registry)).toMatchObject([
		{ kind: "user", id: colleague.user.id, name: colleague.user.username, role: "admin" },
	]);
	await take(boss, registry, person(colleague));
	expect(await roleOf(colleague, registry)).toBe("none");
	expect(await roleOf(boss, registry)).toBe("admin");
});

test.each([
	["a restricted registry", () => makeRegistry(boss)],
	["a restricted project", () => makeProject(services, { by: boss, entityName: team.name, access: "RESTRICTED" })],
])("a role in %s counts from the next request on: the highest given, by name or to a team", async (_what, make) => {
	const project = await make();
	for (const role of ["restricted_viewer", "viewer", "member", "admin", "viewer"] as const) {
		await give(boss, project, person(colleague), role);
		expect(await roleOf(colleague, project)).toBe(role);
	}
	expect(await roleOf(member, project)).toBe("none");
	await give(boss, project, { teamId: team.id }, "member");
	await give(boss, project, person(member), "restricted_viewer");
	expect(await roleOf(member, project)).toBe("member");
	expect(await roleOf(colleague, project)).toBe("viewer");
	await give(boss, project, person(member), "admin");
	expect(await roleOf(member, project)).toBe("admin");
	const names = (await listProjectMembers(await member.ctx(), project)).map(({ kind, id, role }) => [kind, id, role]);
	expect(names).toContainEqual(["team", team.id, "member"]);
	expect(names).toContainEqual(["user", member.user.id, "admin"]);
	await take(boss, project, person(member));
	expect(await roleOf(member, project)).toBe("member");
	await take(boss, project, { teamId: team.id });
	expect(await roleOf(member, project)).toBe("none");
	expect(await roleOf(outsider, project)).toBe("none");
});

test("only an admin gives and takes roles; who may not see it learns nothing", async () => {
	const registry = await makeRegistry(boss);
	await give(boss, registry, person(member), "member");
	await expect(give(member, registry, person(colleague), "viewer")).rejects.toMatchObject({ code: "FORBIDDEN" });
	await expect(take(member, registry, person(member))).rejects.toMatchObject({ code: "FORBIDDEN" });
	const unknown = { code: "NOT_FOUND", message: "no project has this id" };
	await expect(give(colleague, registry, person(colleague), "admin")).rejects.toMatchObject(unknown);
	await expect(
		give(outsider, { ...registry, id: services.ids.uuid() }, person(outsider), "admin"),
	).rejects.toMatchObject(unknown);
	expect(await listProjectMembers(await colleague.ctx(), registry)).toEqual([]);
});

test("roles are given to people and teams of the organisation, in registries and restricted projects", async () => {
	const registry = await makeRegistry(boss);
	const elsewhere = await makeOrg(services, { admin: outsider });
	const otherTeam = await makeTeam(services, { org: elsewhere, admin: outsider });
	const strangers: MemberRef[] = [
		person(outsider),
		{ userId: services.ids.uuid() },
		{ teamId: otherTeam.id },
		{ teamId: org.entityId },
		{ teamId: outsider.user.defaultEntityId },
	];
	for (const stranger of strangers) {
		await expect(give(boss, registry, stranger, "viewer")).rejects.toMatchObject({
			code: "UNPROCESSABLE",
			message: expect.stringContaining("is not in the organisation"),
		});
	}
	const ordinary = await makeProject(services, { by: boss, entityName: team.name });
	const own = await makeProject(services, { by: boss, access: "RESTRICTED" });
	for (const project of [ordinary, own]) {
		await expect(give(boss, project, person(colleague), "viewer")).rejects.toMatchObject({ code: "UNPROCESSABLE" });
	}
});

test("each change is told once", async () => {
	const registry = await makeRegistry(boss);
	for (const role of ["viewer", "viewer", "member"] as const) await give(boss, registry, person(colleague), role);
	for (let time = 0; time < 2; time++) await take(boss, registry, person(colleague));
	await give(boss, registry, { teamId: team.id }, "viewer");
	const [who, projectId] = [{ userId: colleague.user.id, teamId: null }, registry.id];
	expect(await eventsOf(services, projectId, "project.member-set", "project.member-removed")).toEqual([
		{ type: "project.member-set", projectId, ...who, role: "viewer", from: null },
		{ type: "project.member-set", projectId, ...who, role: "member", from: "viewer" },
		{ type: "project.member-removed", projectId, ...who, from: "member" },
		{ type: "project.member-set", projectId, userId: null, teamId: team.id, role: "viewer", from: null },
	]);
});
