import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../config.ts";
import type { Services } from "../context.ts";
import { makeOrg, makeTeam, makeUser } from "../testing/factories.ts";
import { testBaseUrl, testCtx, testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { hashSecret } from "./api-key-rules.ts";
import { authenticate, deleteApiKey, generateApiKey, insertApiKey, loginUser, logoutUser } from "./index.ts";

let database: TestDatabase;
let services: Services;
let now = new Date("2026-01-01T12:00:00Z");

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db, { clock: () => now });
});
afterAll(async () => {
	await database?.drop();
});

const basic = (key: string, user = "api") => `Basic ${Buffer.from(`${user}:${key}`).toString("base64")}`;
const byKey = (key: string) => authenticate(services, { authorization: basic(key) }, testBaseUrl);
const byCookie = (token: string) => authenticate(services, { cookie: `a=b; keifu_session=${token}` }, testBaseUrl);

describe("authenticate", () => {
	test("nothing sent is anonymous, and reads public things only where the server lets everybody", async () => {
		expect(await authenticate(services, {}, testBaseUrl)).toEqual({ kind: "anonymous", mayReadPublic: false });
		const open = { ...services, config: loadConfig({ KEIFU_ANONYMOUS_READ: "true" }) };
		expect(await authenticate(open, {}, testBaseUrl)).toEqual({ kind: "anonymous", mayReadPublic: true });
	});

	test("a key brings its user with all memberships", async () => {
		const boss = await makeUser(services);
		const viewer = await makeUser(services);
		const org = await makeOrg(services, { admin: boss, members: [{ user: viewer, role: "viewer" }] });
		const team = await makeTeam(services, { org, admin: boss, members: [{ user: viewer, role: "viewer" }] });
		const actor = await byKey(viewer.apiKey);
		expect(actor).toMatchObject({
			kind: "user",
			userId: viewer.user.id,
			username: viewer.user.username,
			instanceAdmin: false,
			personalEntityId: viewer.user.defaultEntityId,
			via: "api-key",
		});
		if (actor.kind !== "user") throw new Error("no user");
		expect([...actor.teams]).toEqual([[team.id, "viewer"]]);
		expect([...actor.organizations]).toEqual([[org.id, "viewer"]]);
	});

	test("takes a key as Bearer, with a prefix before its last dash, and whole when it has dashes itself", async () => {
		const { user, apiKey } = await makeUser(services);
		await insertApiKey(testCtx(services), { userId: user.id, key: "a-chosen-key", description: "" });
		const headers = [`Bearer ${apiKey}`, basic(`local-${apiKey}`), basic(`my-own-${apiKey}`), basic("a-chosen-key")];
		for (const authorization of headers) {
			expect(await authenticate(services, { authorization }, testBaseUrl)).toMatchObject({ userId: user.id });
		}
	});

	test("a whole key wins over the part after its last dash", async () => {
		const whole = await makeUser(services);
		const part = await makeUser(services);
		await insertApiKey(testCtx(services), { userId: part.user.id, key: "tail", description: "" });
		await insertApiKey(testCtx(services), { userId: whole.user.id, key: "head-tail", description: "" });
		expect(await byKey("head-tail")).toMatchObject({ userId: whole.user.id });
		expect(await byKey("other-tail")).toMatchObject({ userId: part.user.id });
	});

	test.each([
		["an unknown key", basic("x".repeat(40))],
		["an empty key", basic("")],
		["another user name", basic("x", "somebody")],
		["another scheme", "Digest abc"],
		["no base64", "Basic %%%"],
		["a NUL character", basic("a\u0000b")],
	])("%s is refused, with the way out", async (_what, authorization) => {
		await expect(authenticate(services, { authorization }, testBaseUrl)).rejects.toMatchObject({
			code: "UNAUTHENTICATED",
			message:
				"the API key is not valid on this server. Get one at http://keifu.test/authorize and run: wandb login --relogin --host http://keifu.test",
		});
	});

	test("keeps only the hash of a key", async () => {
		const { apiKey } = await makeUser(services);
		const { rows } = await sql<{ secret_hash: string }>`
			select secret_hash from api_key where secret_hash in (${apiKey}, ${hashSecret(apiKey)})`.execute(database.db);
		expect(rows).toEqual([{ secret_hash: hashSecret(apiKey) }]);
	});

	test("notes a key's use at most once a minute", async () => {
		const { apiKey } = await makeUser(services);
		const lastUsed = async () => {
			const { rows } = await sql<{ at: Date }>`
				select last_used_at as at from api_key where secret_hash = ${hashSecret(apiKey)}`.execute(database.db);
			return rows[0]?.at.toISOString();
		};
		now = new Date("2026-01-01T13:00:00Z");
		await byKey(apiKey);
		expect(await lastUsed()).toBe("2026-01-01T13:00:00.000Z");
		now = new Date("2026-01-01T13:00:59Z");
		await byKey(apiKey);
		expect(await lastUsed()).toBe("2026-01-01T13:00:00.000Z");
		now = new Date("2026-01-01T13:01:00Z");
		await byKey(apiKey);
		expect(await lastUsed()).toBe("2026-01-01T13:01:00.000Z");
	});
});

describe("API keys", () => {
	test("are generated in the form that every client takes, work, and stop working when deleted", async () => {
		const user = await makeUser(services);
		const ctx = await user.ctx();
		const made = await generateApiKey(ctx, { description: "laptop" });
		expect(made.key).toMatch(/^[a-z0-9]{40}$/);
		expect(await byKey(made.key)).toMatchObject({ userId: user.user.id });
		const stranger = await makeUser(services);
		await expect(deleteApiKey(await stranger.ctx(), { id: made.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
		await deleteApiKey(ctx, { id: made.id });
		await expect(byKey(made.key)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
	});

	test("cannot be two people's", async () => {
		const [a, b] = [await makeUser(services), await makeUser(services)];
		const again = insertApiKey(testCtx(services), { userId: b.user.id, key: a.apiKey, description: "" });
		await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
	});
});

describe("sessions", () => {
	test("open with the password, live 30 days, and end at sign-out", async () => {
		now = new Date("2026-02-01T00:00:00Z");
		const { user } = await makeUser(services, { password: "correct horse" });
		const ctx = testCtx(services, { kind: "anonymous", mayReadPublic: false });
		const login = { username: user.username.toUpperCase(), password: "correct horse" };
		const first = await loginUser(ctx, login);
		expect(await byCookie(first.token)).toMatchObject({ userId: user.id, via: "session" });
		now = new Date("2026-03-02T23:59:59Z");
		expect(await byCookie(first.token)).toMatchObject({ userId: user.id });
		now = new Date("2026-03-03T00:00:00Z");
		expect(await byCookie(first.token)).toMatchObject({ kind: "anonymous" });
		const second = await loginUser(ctx, login);
		await logoutUser(ctx, { token: second.token });
		expect(await byCookie(second.token)).toMatchObject({ kind: "anonymous" });
		const { rows } = await sql`select from session where user_id = ${user.id}`.execute(database.db);
		expect(rows).toHaveLength(0);
	});

	test("a wrong password, an unknown user and a user without a password are one answer", async () => {
		const withPassword = await makeUser(services, { password: "correct horse" });
		const without = await makeUser(services);
		const ctx = testCtx(services, { kind: "anonymous", mayReadPublic: false });
		for (const username of [withPassword.user.username, without.user.username, "nobody-at-all", "a\u0000b"]) {
			await expect(loginUser(ctx, { username, password: "wrong" })).rejects.toMatchObject({
				code: "UNAUTHENTICATED",
				message: "wrong user name or password",
			});
		}
	});

	test("a key that is sent wins over the cookie, also when it is wrong", async () => {
		const { user } = await makeUser(services, { password: "correct horse" });
		const { token } = await loginUser(testCtx(services), { username: user.username, password: "correct horse" });
		const headers = { authorization: basic("wrong"), cookie: `keifu_session=${token}` };
		await expect(authenticate(services, headers, testBaseUrl)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
	});
});
