import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mayOnProject, type ProjectAccess } from "../access/project-role.ts";
import { type ProjectAction, projectRules } from "../access/roles.ts";
import type { Ctx, Services } from "../context.ts";
import { type MadeUser, makeOrg, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { testCtx, testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import {
	ensureProject,
	findProject,
	insertProject,
	listProjects,
	type ProjectRow,
	requireOn,
	requireProject,
	upsertProject,
} from "./index.ts";

let database: TestDatabase;
let services: Services;

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db);
});
afterAll(async () => {
	await database?.drop();
});

const publicReader = { kind: "anonymous", mayReadPublic: true } as const;
const nobody = { kind: "anonymous", mayReadPublic: false } as const;

/** An organisation with a team of an admin, a member and a viewer; and two who are not in the team. */
async function makePeople() {
	const [boss, member, viewer] = [await makeUser(services), await makeUser(services), await makeUser(services)];
	const [colleague, outsider] = [await makeUser(services), await makeUser(services)];
	const inOrg = [member, viewer, colleague].map((user) => ({ user, role: "member" as const }));
	const org = await makeOrg(services, { admin: boss, members: inOrg });
	const team = await makeTeam(services, {
		org,
		admin: boss,
		members: [
			{ user: member, role: "member" },
			{ user: viewer, role: "viewer" },
		],
	});
	return { boss, member, viewer, colleague, outsider, org, team };
}

const actions: readonly ProjectAction[] = ["project.see", "project.read", "project.write", "project.administer"];

/** The most that the caller may do: `-`, `see`, `read`, `write`, `administer`; checked through every door. */
async function mostAllowed(ctx: Ctx, project: ProjectRow): Promise<string> {
	const address = { entityName: project.entityName, projectName: project.name };
	const found = await findProject(ctx, address);
	const listed = await listProjects(ctx, { entityId: project.entityId, limit: 50, after: null });
	expect(listed.rows.some((row) => row.id === project.id)).toBe(found !== null);
	const allowed: string[] = [];
	for (const action of actions) {
		const attempt = requireProject(ctx, address, action);
		if (mayOnProject(ctx.actor, project, action)) {
			expect(await attempt).toMatchObject({ id: project.id });
			allowed.push(action.replace("project.", ""));
		} else {
			await expect(attempt).rejects.toMatchObject({ code: found === null ? "NOT_FOUND" : "FORBIDDEN" });
			expect(() => requireOn(ctx, project, action)).toThrow(
				found === null ? /was not found/ : projectRules[action].least,
			);
		}
	}
	return allowed.at(-1) ?? "-";
}

describe("who may do what in a project", () => {
	test.each<[ProjectAccess, Record<string, string>]>([
		[
			"PRIVATE",
			{ boss: "administer", member: "write", viewer: "read", colleague: "-", outsider: "-", publicReader: "-" },
		],
		[
			"USER_READ",
			{
				boss: "administer",
				member: "write",
				viewer: "read",
				colleague: "read",
				outsider: "read",
				publicReader: "read",
			},
		],
		[
			"USER_WRITE",
			{
				boss: "administer",
				member: "write",
				viewer: "write",
				colleague: "write",
				outsider: "write",
				publicReader: "read",
			},
		],
		// The member made it.
		[
			"RESTRICTED",
			{ boss: "administer", member: "write", viewer: "-", colleague: "-", outsider: "-", publicReader: "-" },
		],
	])("of a team: %s", async (access, expected) => {
		const people = await makePeople();
		const { boss, member, viewer, colleague, outsider, team } = people;
		const made = await makeProject(services, { by: member, entityName: team.name });
		const change = { id: made.id, entityName: null, name: null, description: null, access };
		const { project } = await upsertProject(await boss.ctx(), change);
		const users: Record<string, MadeUser> = { boss, member, viewer, colleague, outsider };
		const found: Record<string, string> = {
			publicReader: await mostAllowed(testCtx(services, publicReader), project),
		};
		for (const [who, user] of Object.entries(users)) found[who] = await mostAllowed(await user.ctx(), project);
		expect(found).toEqual(expected);
		expect(await mostAllowed(testCtx(services, nobody), project)).toBe("-");
	});

	test.each<[ProjectAccess, string, string]>([
		["PRIVATE", "-", "-"],
		["USER_READ", "read", "read"],
		["USER_WRITE", "write", "read"],
		["RESTRICTED", "-", "-"],
	])("of a person: %s", async (access, stranger, anonymous) => {
		const [owner, other] = [await makeUser(services), await makeUser(services, { instanceAdmin: true })];
		const project = await makeProject(services, { by: owner, access });
		expect(await mostAllowed(await owner.ctx(), project)).toBe("administer");
		expect(await mostAllowed(await other.ctx(), project)).toBe(stranger);
		expect(await mostAllowed(testCtx(services, publicReader), project)).toBe(anonymous);
	});
});

describe("answers", () => {
	test("are the same for what is hidden and what is not there, and name the way out", async () => {
		const { colleague, boss, team } = await makePeople();
		await makeProject(services, { by: boss, entityName: team.name, name: "hidden" });
		const textOf = async (projectName: string, entityName: string) => {
			const attempt = requireProject(await colleague.ctx(), { entityName, projectName }, "project.read");
			return await attempt.then(
				() => "found",
				(error: Error) => error.message,
			);
		};
		const own = colleague.user.username;
		const text = `project "hidden" was not found in entity "${team.name}"; you can use: ${own}`;
		expect(await textOf("hidden", team.name)).toBe(text);
		expect(await textOf("absent", team.name)).toBe(text.replace("hidden", "absent"));
		expect(await textOf("hidden", "no-entity")).toBe(text.replace(team.name, "no-entity"));
		expect(await textOf("absent", own)).toBe(`project "absent" was not found in entity "${own}"`);
		expect(await textOf("a\u0000b", own)).toContain("was not found");
	});

	test("without names mean `uncategorized` in the default entity", async () => {
		const user = await makeUser(services);
		const made = await ensureProject(await user.ctx(), { entityName: null, projectName: "" });
		expect(made).toMatchObject({ name: "uncategorized", entityName: user.user.username, access: "PRIVATE" });
		expect(await findProject(await user.ctx(), { entityName: "", projectName: null })).toEqual(made);
		expect(await findProject(testCtx(services, publicReader), { entityName: null, projectName: null })).toBeNull();
	});
});

describe("ensureProject", () => {
	test("many at once make one, with one event, and numbers differ", async () => {
		const { boss, member, team } = await makePeople();
		const address = { entityName: team.name, projectName: "together" };
		const contexts = [await boss.ctx(), await member.ctx()];
		const rows = await Promise.all([...contexts, ...contexts, ...contexts].map((ctx) => ensureProject(ctx, address)));
		expect(new Set(rows.map((row) => row.id)).size).toBe(1);
		const { rows: events } = await sql<{ type: string }>`
			select type from event_outbox where payload->>'projectId' = ${rows[0]?.id}`.execute(database.db);
		expect(events).toEqual([{ type: "project.created" }]);
		const other = await ensureProject(await boss.ctx(), { entityName: team.name, projectName: "Together" });
		expect(other.number).not.toBe(rows[0]?.number);
	});

	test("refuses where the caller may not write, with the way out", async () => {
		const { viewer, colleague, boss, team, org } = await makePeople();
		const attempt = async (user: MadeUser, entityName: string) =>
			ensureProject(await user.ctx(), { entityName, projectName: "new" });
		const own = colleague.user.username;
		const unknown = (entityName: string) => ({
			code: "NOT_FOUND",
			message: `entity "${entityName}" was not found, or you may not write to it. You can log to: ${own} (wandb.init(entity=…))`,
		});
		await expect(attempt(colleague, team.name)).rejects.toMatchObject(unknown(team.name));
		await expect(attempt(colleague, "no-entity")).rejects.toMatchObject(unknown("no-entity"));
		await expect(attempt(colleague, viewer.user.username)).rejects.toMatchObject(unknown(viewer.user.username));
		await expect(attempt(viewer, team.name)).rejects.toMatchObject({ code: "FORBIDDEN" });
		await expect(attempt(boss, org.name)).rejects.toMatchObject({
			code: "UNPROCESSABLE",
			message: expect.stringContaining(`"${org.name}" is an organisation: it holds registries`),
		});
		const anonymously = ensureProject(testCtx(services, nobody), { entityName: team.name, projectName: "new" });
		await expect(anonymously).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
	});

	test("writes to what is open, not to what is only public, and not to a restricted one of the own team", async () => {
		const { outsider, member, boss, team } = await makePeople();
		const make = (access: ProjectAccess) => makeProject(services, { by: boss, entityName: team.name, access });
		const ensure = async (user: MadeUser, { entityName, name }: ProjectRow) =>
			ensureProject(await user.ctx(), { entityName, projectName: name });
		const open = await make("USER_WRITE");
		expect(await ensure(outsider, open)).toEqual(open);
		await expect(ensure(outsider, await make("USER_READ"))).rejects.toMatchObject({ code: "FORBIDDEN" });
		await expect(ensure(member, await make("RESTRICTED"))).rejects.toMatchObject({ code: "NOT_FOUND" });
	});
});

describe("upsertProject", () => {
	const nothing = { id: null, entityName: null, name: null, description: null, access: null };

	test("says whether the project is new, and changes only what is given", async () => {
		const user = await makeUser(services);
		const ctx = await user.ctx();
		const made = await upsertProject(ctx, { ...nothing, name: "Zoo", description: "animals", access: "USER_READ" });
		expect(made).toMatchObject({
			inserted: true,
			project: { name: "Zoo", description: "animals", access: "USER_READ", createdBy: user.user.id, isRegistry: false },
		});
		expect(await upsertProject(ctx, { ...nothing, name: "Zoo" })).toEqual({ ...made, inserted: false });
		const changed = await upsertProject(ctx, { ...nothing, id: made.project.id, access: "PRIVATE" });
		expect(changed).toMatchObject({ inserted: false, project: { access: "PRIVATE", description: "animals" } });
		const { rows } = await sql<{ type: string; access: string | null }>`
			select type, payload->'access' as access from event_outbox
			where payload->>'projectId' = ${made.project.id} order by id`.execute(database.db);
		expect(rows).toEqual([
			{ type: "project.created", access: null },
			{ type: "project.updated", access: { from: "USER_READ", to: "PRIVATE" } },
		]);
	});

	test("changes need the admin; finding it there does not", async () => {
		const { boss, member, colleague, outsider, team, org } = await makePeople();
		const project = await makeProject(services, { by: boss, entityName: team.name });
		const input = { ...nothing, entityName: team.name, name: project.name };
		expect(await upsertProject(await member.ctx(), input)).toEqual({ project, inserted: false });
		const change = { ...input, access: "USER_READ" };
		await expect(upsertProject(await member.ctx(), change)).rejects.toMatchObject({ code: "FORBIDDEN" });
		await expect(upsertProject(await colleague.ctx(), change)).rejects.toMatchObject({ code: "NOT_FOUND" });
		const byId = { ...nothing, id: project.id, access: "USER_READ" };
		await expect(upsertProject(await outsider.ctx(), byId)).rejects.toMatchObject({ code: "NOT_FOUND" });
		await expect(upsertProject(await boss.ctx(), { ...input, access: "public" })).rejects.toMatchObject({
			code: "INVALID_INPUT",
		});
		const registry = { ...nothing, entityName: org.name, name: "wandb-registry-x" };
		await expect(upsertProject(await boss.ctx(), registry)).rejects.toMatchObject({ code: "UNPROCESSABLE" });
		expect(await findProject(await boss.ctx(), { entityName: team.name, projectName: project.name })).toEqual(project);
	});
});

test("a registry's project is found without case, by those whom the organisation lets", async () => {
	const { boss, colleague, outsider, org } = await makePeople();
	const name = "wandb-registry-Model";
	const made = await insertProject(testCtx(services), {
		entityId: org.entityId,
		name,
		nameKey: name.toLowerCase(),
		access: "PRIVATE",
		description: null,
	});
	await sql`insert into registry (project_id, organization_id, default_role)
		values (${made?.id}, ${org.id}, 'member')`.execute(database.db);
	const address = { entityName: org.name, projectName: "WANDB-registry-model" };
	const seen = await findProject(await boss.ctx(), address);
	expect(seen).toMatchObject({ id: made?.id, name, isRegistry: true, registryDefaultRole: "member" });
	if (seen === null) throw new Error("not found");
	expect(await mostAllowed(await boss.ctx(), seen)).toBe("administer");
	expect(await mostAllowed(await colleague.ctx(), seen)).toBe("write");
	expect(await mostAllowed(await outsider.ctx(), seen)).toBe("-");
	await sql`update project set access = 'RESTRICTED' where id = ${seen.id}`.execute(database.db);
	services.actors.forgetAll();
	const restricted = { ...seen, access: "RESTRICTED" } as const;
	expect(await mostAllowed(await boss.ctx(), restricted)).toBe("administer");
	expect(await mostAllowed(await colleague.ctx(), restricted)).toBe("-");
});

test("lists are newest first, page by page, each project once", async () => {
	const user = await makeUser(services);
	const ctx = await user.ctx();
	const at = new Date("2026-05-01T00:00:00Z");
	const sameTime: Ctx = { ...ctx, clock: () => at };
	for (const name of ["a", "b", "c", "d"]) await ensureProject(sameTime, { entityName: null, projectName: name });
	const newest = await ensureProject(ctx, { entityName: null, projectName: "e" });
	const seen: string[] = [];
	let after: string | null = null;
	do {
		const page = await listProjects(ctx, { entityId: newest.entityId, limit: 2, after });
		seen.push(...page.rows.map((row) => row.name));
		after = page.hasNextPage ? page.endCursor : null;
	} while (after !== null);
	expect(seen[0]).toBe("e");
	expect(seen.toSorted()).toEqual(["a", "b", "c", "d", "e"]);
	const broken = listProjects(ctx, { entityId: newest.entityId, limit: 2, after: "not-a-cursor" });
	await expect(broken).rejects.toMatchObject({ code: "INVALID_INPUT" });
});
