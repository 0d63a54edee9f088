import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Actor, system } from "../access/actor.ts";
import type { Services } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import {
	authenticate,
	deleteApiKey,
	generateApiKey,
	insertApiKey,
	loginUser,
	logoutUser,
	setUserDefaultEntity,
} from "../identity/index.ts";
import { type MadeUser, makeOrg, makeTeam, makeUser } from "../testing/factories.ts";
import { testBaseUrl, testCtx, testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { addUserToOrganization, addUserToTeam, createOrganization, createTeam } from "./index.ts";

// Actors are kept for a moment; each write that changes them must be seen by the very next request. The clock stands
// still here, so nothing is looked up again because of its age.

let database: TestDatabase;
let services: Services;
let ann: MadeUser;
let bob: MadeUser;

beforeAll(async () => {
	database = await createTestDatabase();
	const now = new Date();
	services = testServices(database.db, { clock: () => now });
});
afterAll(async () => {
	await database?.drop();
});
beforeEach(async () => {
	[ann, bob] = [await makeUser(services), await makeUser(services)];
});

const byKey = async (key: string): Promise<Actor> =>
	await authenticate(services, { authorization: `Bearer ${key}` }, testBaseUrl);
const byCookie = async (token: string): Promise<Actor> =>
	await authenticate(services, { cookie: `keifu_session=${token}` }, testBaseUrl);

test("an actor is kept: nothing is read for the second request", async () => {
	const first = await byKey(ann.apiKey);
	expect(await byKey(ann.apiKey)).toBe(first);
});

describe("the next request knows of", () => {
	test("a key that was deleted", async () => {
		const { id, key } = await generateApiKey(await ann.ctx(), { description: null });
		expect(await byKey(key)).toMatchObject({ userId: ann.user.id });
		await deleteApiKey(await ann.ctx(), { id });
		await expect(byKey(key)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
	});

	test("a key that was made and stands above the one found before", async () => {
		const tail = services.ids.token(40);
		await insertApiKey(testCtx(services), { userId: ann.user.id, key: tail, description: "" });
		expect(await byKey(`local-${tail}`)).toMatchObject({ userId: ann.user.id });
		await insertApiKey(testCtx(services), { userId: bob.user.id, key: `local-${tail}`, description: "" });
		expect(await byKey(`local-${tail}`)).toMatchObject({ userId: bob.user.id });
	});

	test("a key that did not work a moment ago", async () => {
		const key = services.ids.token(40);
		await expect(byKey(key)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
		await insertApiKey(testCtx(services), { userId: ann.user.id, key, description: "" });
		expect(await byKey(key)).toMatchObject({ userId: ann.user.id });
	});

	test("a session that was opened, and one that was ended", async () => {
		const cat = await makeUser(services, { password: "correct horse" });
		const login = { username: cat.user.username, password: "correct horse" };
		const { token } = await loginUser(testCtx(services), login);
		expect(await byCookie(token)).toMatchObject({ userId: cat.user.id });
		await logoutUser(testCtx(services), { token });
		expect(await byCookie(token)).toMatchObject({ kind: "anonymous" });
	});

	test("another default entity", async () => {
		const entityId = bob.user.defaultEntityId;
		expect(await byKey(ann.apiKey)).toMatchObject({ defaultEntityId: ann.user.defaultEntityId });
		await setUserDefaultEntity(testCtx(services), { userId: ann.user.id, entityId });
		expect(await byKey(ann.apiKey)).toMatchObject({ defaultEntityId: entityId });
	});

	test("an organisation that he made, and a role that was given and changed in it", async () => {
		await byKey(ann.apiKey);
		const org = await createOrganization(await ann.ctx(), { name: services.ids.token(12) });
		expect(await byKey(ann.apiKey)).toMatchObject({ organizations: new Map([[org.id, "admin"]]) });
		for (const role of ["viewer", "member", "admin"] as const) {
			await byKey(bob.apiKey);
			const input = { organizationId: org.id, username: bob.user.username, role };
			await addUserToOrganization(await ann.ctx(), input);
			expect(await byKey(bob.apiKey)).toMatchObject({ organizations: new Map([[org.id, role]]) });
		}
	});

	test("a team that he made, and a role that was given and changed in it", async () => {
		const org = await makeOrg(services, { admin: ann, members: [{ user: bob, role: "member" }] });
		await byKey(ann.apiKey);
		const team = await createTeam(await ann.ctx(), {
			teamName: services.ids.token(12),
			teamAdminUserName: null,
			organizationId: org.id,
		});
		expect(await byKey(ann.apiKey)).toMatchObject({ teams: new Map([[team.id, "admin"]]) });
		for (const role of ["viewer", "member", "admin"] as const) {
			await byKey(bob.apiKey);
			await addUserToTeam(await ann.ctx(), { teamName: team.name, username: bob.user.username, role });
			expect(await byKey(bob.apiKey)).toMatchObject({ teams: new Map([[team.id, role]]) });
		}
	});
});

test("a look-up in the middle of a transaction does not outlive its commit", async () => {
	const org = await makeOrg(services, { admin: ann, members: [{ user: bob, role: "member" }] });
	const team = await makeTeam(services, { org, admin: ann });
	await inTransaction(await ann.ctx(), async (tx) => {
		await addUserToTeam(tx, { teamName: team.name, username: bob.user.username, role: "viewer" });
		expect(await byKey(bob.apiKey)).toMatchObject({ teams: new Map() });
	});
	expect(await byKey(bob.apiKey)).toMatchObject({ teams: new Map([[team.id, "viewer"]]) });
});

test("a look-up that a write overtakes is not kept", async () => {
	const org = await makeOrg(services, { admin: ann });
	const add = async () => {
		const input = { organizationId: org.id, username: bob.user.username, role: "member" };
		await addUserToOrganization(testCtx(services, system), input);
	};
	const [, ...overtaken] = await Promise.all([add(), ...Array.from({ length: 20 }, () => byKey(bob.apiKey))]);
	expect(overtaken).toHaveLength(20);
	expect(await byKey(bob.apiKey)).toMatchObject({ organizations: new Map([[org.id, "member"]]) });
});

test("every store that writes what actors are made of goes through the one door", () => {
	const source = join(import.meta.dirname, "..");
	const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((path) => /-store\.ts$/.test(path));
	const writes =
		/(insert into|update|delete from|insertInto\("|updateTable\("|deleteFrom\(")\s*(api_key|session|user_account|team_member|organization_member|project_member|project_team_member|project|project_former_name|entity|registry)\b/;
	const past = files.flatMap((path) =>
		readFileSync(join(source, path), "utf8")
			.split(/^(?=export (?:async )?function )/m)
			.filter((text) => writes.test(text) && !text.includes("changeActors("))
			.map((text) => `${path}: ${text.split("(", 1)[0]?.split(" ").at(-1)}`),
	);
	// When a key was last used says nothing about whose it is; of an entity that is made nothing was known.
	expect(past).toEqual(["identity/identity-store.ts: touchApiKey", "org/org-store.ts: insertEntityRow"]);
});
