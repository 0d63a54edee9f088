import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Services } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type GuardSubjects, noGuards } from "../guards.ts";
import { authenticate, findUserByName, loginUser } from "../identity/index.ts";
import { actorOfKey, makeOrg, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { testBaseUrl, testCtx, testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import {
	addUserToOrganization,
	addUserToTeam,
	createOrganization,
	createTeam,
	createUser,
	ensureFirstUser,
	findEntity,
	findEntityByName,
	findOrganization,
	setDefaultEntity,
	writableEntityNames,
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

const nobody = { kind: "anonymous", mayReadPublic: true } as const;
const newUser = (email: string) => ({ email, admin: false, username: null, apiKey: null });

async function eventsOf(name: string): Promise<unknown[]> {
	const { rows } = await sql<{ type: string }>`
		select type from event_outbox where payload->>'name' = ${name} or payload->>'username' = ${name}
		order by id`.execute(database.db);
	return rows.map((row) => row.type);
}

describe("createUser", () => {
	test("takes the name from the address, numbered on a clash, with a personal entity as the default", async () => {
		const ctx = testCtx(services);
		const first = await createUser(ctx, newUser("Grace.Hopper@navy.example"));
		const second = await createUser(ctx, newUser("grace-hopper@other.example"));
		expect([first.username, second.username]).toEqual(["Grace-Hopper", "grace-hopper-2"]);
		const entity = await findEntityByName(database.db, "GRACE-HOPPER");
		expect(entity).toMatchObject({ id: first.defaultEntityId, kind: "user", userId: first.id, organizationId: null });
		expect(await eventsOf("Grace-Hopper")).toEqual(["user.created"]);
	});

	test("refuses a name in use by a user, a team or an organisation, whatever its case", async () => {
		const admin = await makeUser(services, { username: "taken-user" });
		const org = await makeOrg(services, { admin, name: "taken-org" });
		await makeTeam(services, { org, admin, name: "taken-team" });
		for (const username of ["Taken-User", "TAKEN-ORG", "taken-TEAM"]) {
			const attempt = createUser(testCtx(services), { ...newUser("x@y"), username });
			await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
			expect(await findUserByName(database.db, username)).toEqual(
				username === "Taken-User" ? expect.objectContaining({ username: "taken-user" }) : null,
			);
		}
	});

	test("many at once with one chosen name make one", async () => {
		const attempts = Array.from({ length: 6 }, () =>
			createUser(testCtx(services), { ...newUser("x@y"), username: "racer" }),
		);
		const results = await Promise.allSettled(attempts);
		expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
		for (const result of results) {
			if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "CONFLICT" });
		}
	});

	test("is for instance admins", async () => {
		const [plain, admin] = [await makeUser(services), await makeUser(services, { instanceAdmin: true })];
		await expect(createUser(await plain.ctx(), newUser("a@b"))).rejects.toMatchObject({ code: "FORBIDDEN" });
		await expect(createUser(testCtx(services, nobody), newUser("a@b"))).rejects.toMatchObject({
			code: "UNAUTHENTICATED",
		});
		expect(await createUser(await admin.ctx(), newUser("made-by-admin@b"))).toMatchObject({
			username: "made-by-admin",
			instanceAdmin: false,
		});
	});

	test("takes a chosen key only where the server says so", async () => {
		const strict = testServices(database.db, { config: { ...services.config, chosenApiKeys: false } });
		const input = { ...newUser("chosen@b"), apiKey: "a chosen key" };
		await expect(createUser(testCtx(strict), input)).rejects.toMatchObject({ code: "INVALID_INPUT" });
		const user = await createUser(testCtx(services), input);
		expect(await actorOfKey(services, "a chosen key")).toMatchObject({ userId: user.id, organizations: new Map() });
	});
});

describe("createOrganization", () => {
	test("makes the caller its admin, with an org entity of the same name, inside one transaction with the guards", async () => {
		const seen: GuardSubjects["organization.create"][] = [];
		const guarded = testServices(database.db, {
			guards: { ...noGuards, "organization.create": [async (_ctx, subject) => void seen.push(subject)] },
		});
		const user = await makeUser(guarded);
		const organization = await createOrganization(await user.ctx(), { name: "Acme" });
		expect(seen).toEqual([{ organizationId: organization.id, entityId: organization.entityId }]);
		expect(await findEntityByName(database.db, "acme")).toMatchObject({
			id: organization.entityId,
			kind: "organization",
			organizationId: organization.id,
		});
		const ctx = await user.ctx();
		expect(ctx.actor).toMatchObject({ organizations: new Map([[organization.id, "admin"]]) });
		expect(await findOrganization(ctx, "ACME")).toEqual(organization);
		expect(await eventsOf("Acme")).toEqual(["organization.created"]);
	});

	test("a guard's refusal undoes everything", async () => {
		const refusal = new DomainError("UNPROCESSABLE", "no");
		const guards = { ...noGuards, "organization.create": [() => Promise.reject(refusal)] };
		const user = await makeUser(services);
		const attempt = createOrganization({ ...(await user.ctx()), guards }, { name: "undone" });
		await expect(attempt).rejects.toBe(refusal);
		expect(await findEntityByName(database.db, "undone")).toBeNull();
		expect((await makeOrg(services, { admin: user, name: "undone" })).name).toBe("undone");
	});

	test("its entity is NAME-org where the name is taken, and either name finds it", async () => {
		const user = await makeUser(services, { username: "globex" });
		const organization = await makeOrg(services, { admin: user, name: "Globex" });
		expect(await findEntityByName(database.db, "globex-org")).toMatchObject({ id: organization.entityId });
		const ctx = await user.ctx();
		expect(await findOrganization(ctx, "globex")).toEqual(organization);
		expect(await findOrganization(ctx, "Globex-Org")).toEqual(organization);
		for (const name of ["GLOBEX", "globex-org"]) {
			await expect(createOrganization(ctx, { name })).rejects.toMatchObject({ code: "CONFLICT" });
		}
	});
});

describe("createTeam", () => {
	test("goes to the only organisation; the caller and the named user become its admins", async () => {
		const [boss, lead] = [await makeUser(services), await makeUser(services)];
		const org = await makeOrg(services, { admin: boss, members: [{ user: lead, role: "member" }] });
		const input = { teamName: "led-team", teamAdminUserName: lead.user.username, organizationId: null };
		const team = await createTeam(await boss.ctx(), input);
		expect(team).toMatchObject({ name: "led-team", kind: "team", organizationId: org.id });
		for (const user of [boss, lead]) {
			expect((await user.ctx()).actor).toMatchObject({ teams: new Map([[team.id, "admin"]]) });
		}
		expect(await eventsOf("led-team")).toEqual(["team.created"]);
	});

	test("with several organisations or none asks which, and lists them", async () => {
		const user = await makeUser(services);
		const input = { teamName: "homeless", teamAdminUserName: null, organizationId: null };
		await expect(createTeam(await user.ctx(), input)).rejects.toThrow(/no organisation/);
		const one = await makeOrg(services, { admin: user });
		const two = await makeOrg(services, { admin: user });
		const attempt = createTeam(await user.ctx(), input);
		await expect(attempt).rejects.toThrow(one.name);
		await expect(attempt).rejects.toThrow(two.name);
	});

	test("is refused to strangers as to nobody, to viewers by role, and to team admins outside the organisation", async () => {
		const [boss, viewer, stranger] = [await makeUser(services), await makeUser(services), await makeUser(services)];
		const org = await makeOrg(services, { admin: boss, members: [{ user: viewer, role: "viewer" }] });
		const input = { teamName: "refused", teamAdminUserName: null, organizationId: org.id };
		await expect(createTeam(await stranger.ctx(), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
		await expect(createTeam(await viewer.ctx(), input)).rejects.toMatchObject({ code: "FORBIDDEN" });
		const withStranger = { ...input, teamAdminUserName: stranger.user.username };
		await expect(createTeam(await boss.ctx(), withStranger)).rejects.toMatchObject({ code: "UNPROCESSABLE" });
		expect(await findEntityByName(database.db, "refused")).toBeNull();
	});
});

describe("members", () => {
	test("an organisation's admins add people and change roles; nobody else does", async () => {
		const [boss, member, stranger] = [await makeUser(services), await makeUser(services), await makeUser(services)];
		const org = await makeOrg(services, { admin: boss, members: [{ user: member, role: "member" }] });
		const input = { organizationId: org.id, username: stranger.user.username, role: "viewer" };
		await expect(addUserToOrganization(await member.ctx(), input)).rejects.toMatchObject({ code: "FORBIDDEN" });
		await expect(addUserToOrganization(await stranger.ctx(), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
		const unknown = { ...input, organizationId: "00000000-0000-7000-8000-000000000000" };
		await expect(addUserToOrganization(await boss.ctx(), unknown)).rejects.toMatchObject({ code: "NOT_FOUND" });
		await addUserToOrganization(await boss.ctx(), input);
		await addUserToOrganization(await boss.ctx(), { ...input, role: "member" });
		expect((await stranger.ctx()).actor).toMatchObject({ organizations: new Map([[org.id, "member"]]) });
	});

	test("the only admin stays one", async () => {
		const [boss, second] = [await makeUser(services), await makeUser(services)];
		const org = await makeOrg(services, { admin: boss });
		const step = { organizationId: org.id, username: boss.user.username, role: "member" };
		await expect(addUserToOrganization(await boss.ctx(), step)).rejects.toMatchObject({ code: "CONFLICT" });
		const admin = { organizationId: org.id, username: second.user.username, role: "admin" };
		await addUserToOrganization(await boss.ctx(), admin);
		await addUserToOrganization(await boss.ctx(), step);
		expect((await boss.ctx()).actor).toMatchObject({ organizations: new Map([[org.id, "member"]]) });
	});

	test("a team's admins add members of the organisation only", async () => {
		const [boss, member, stranger] = [await makeUser(services), await makeUser(services), await makeUser(services)];
		const org = await makeOrg(services, { admin: boss, members: [{ user: member, role: "member" }] });
		const team = await makeTeam(services, { org, admin: boss });
		const add = (username: string) => ({ teamName: team.name, username, role: "viewer" as const });
		await expect(addUserToTeam(await member.ctx(), add(member.user.username))).rejects.toMatchObject({
			code: "FORBIDDEN",
		});
		await expect(addUserToTeam(await boss.ctx(), add(stranger.user.username))).rejects.toMatchObject({
			code: "UNPROCESSABLE",
		});
		await addUserToTeam(await boss.ctx(), add(member.user.username));
		expect(await writableEntityNames(await member.ctx())).toEqual([member.user.username]);
		await addUserToTeam(await boss.ctx(), { ...add(member.user.username), role: "member" });
		expect(await writableEntityNames(await member.ctx())).toEqual([member.user.username, team.name]);
	});
});

test("the default entity is one's own or a team's, and stands first among those one can log to", async () => {
	const [boss, stranger] = [await makeUser(services), await makeUser(services)];
	const org = await makeOrg(services, { admin: boss });
	const team = await makeTeam(services, { org, admin: boss });
	await setDefaultEntity(await boss.ctx(), { entityName: team.name.toUpperCase() });
	expect((await boss.ctx()).actor).toMatchObject({ defaultEntityId: team.id });
	expect(await writableEntityNames(await boss.ctx())).toEqual([team.name, boss.user.username]);
	for (const entityName of [stranger.user.username, org.name, "unknown-entity"]) {
		await expect(setDefaultEntity(await boss.ctx(), { entityName })).rejects.toMatchObject({ code: "NOT_FOUND" });
	}
});

test("who may know of which entity and organisation", async () => {
	const boss = await makeUser(services);
	const [member, colleague, stranger] = [await makeUser(services), await makeUser(services), await makeUser(services)];
	const root = await makeUser(services, { instanceAdmin: true });
	const members = [member, colleague].map((user) => ({ user, role: "member" as const }));
	const org = await makeOrg(services, { admin: boss, members });
	const team = await makeTeam(services, { org, admin: boss, members: [{ user: member, role: "viewer" }] });
	const openTeam = await makeTeam(services, { org, admin: boss });
	await makeProject(services, { by: boss, entityName: openTeam.name, access: "USER_READ" });
	const names = [member.user.username, team.name, openTeam.name, org.name];
	const callers = {
		member: await member.ctx(),
		colleague: await colleague.ctx(),
		stranger: await stranger.ctx(),
		root: await root.ctx(),
		publicReader: testCtx(services, nobody),
		nobody: testCtx(services, { kind: "anonymous", mayReadPublic: false }),
	};
	const seen = await Promise.all(
		Object.entries(callers).map(async ([who, ctx]) => {
			const entities = await Promise.all(names.map(async (name) => (await findEntity(ctx, name)) !== null));
			return [who, [...entities, (await findOrganization(ctx, org.name)) !== null]] as const;
		}),
	);
	expect(Object.fromEntries(seen)).toEqual({
		member: [true, true, true, true, true],
		colleague: [false, true, true, true, true],
		stranger: [false, false, true, false, false],
		root: [true, true, true, true, true],
		publicReader: [false, false, true, false, false],
		nobody: [false, false, false, false, false],
	});
	expect(await findEntity(await stranger.ctx(), "a\u0000b")).toBeNull();
});

describe("ensureFirstUser", () => {
	test("sets an empty server up once, even when two start together", async () => {
		const empty = await createTestDatabase();
		try {
			const fresh = testServices(empty.db);
			const ctx = testCtx(fresh);
			const input = { org: "my-org", team: "my-team", adminPassword: "a password" };
			const results = await Promise.all([ensureFirstUser(ctx, input), ensureFirstUser(ctx, input)]);
			const made = results.filter((result) => result !== null);
			expect(made).toHaveLength(1);
			expect(made[0]).toMatchObject({
				username: "admin",
				apiKey: expect.stringMatching(/^[a-z0-9]{40}$/),
				password: "a password",
				generated: { apiKey: true, password: false },
			});
			const actor = await actorOfKey(fresh, made[0]?.apiKey ?? "");
			const team = await findEntityByName(empty.db, "my-team");
			const organization = await findOrganization(testCtx(fresh, actor), "my-org");
			expect(actor).toMatchObject({
				instanceAdmin: true,
				defaultEntityId: team?.id,
				teams: new Map([[team?.id, "admin"]]),
				organizations: new Map([[organization?.id, "admin"]]),
			});
			const { token } = await loginUser(ctx, { username: "admin", password: "a password" });
			expect(await authenticate(fresh, { cookie: `keifu_session=${token}` }, testBaseUrl)).toMatchObject({
				username: "admin",
			});
			expect(await ensureFirstUser(ctx, { org: "other", team: "others" })).toBeNull();
			expect(await findEntityByName(empty.db, "others")).toBeNull();
		} finally {
			await empty.drop();
		}
	});
});
