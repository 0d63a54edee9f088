import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Services } from "../context.ts";
import { sendError } from "../http/error-reply.ts";
import { makeUser } from "../testing/factories.ts";
import { testBaseUrl, testCtx, testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { authenticate, createSignInThrottle, identityRoutes } from "./index.ts";

let database: TestDatabase;
let services: Services;
let app: FastifyInstance;

beforeAll(async () => {
	database = await createTestDatabase();
	services = testServices(database.db, { clock: () => new Date("2026-01-01T12:00:00Z") });
	app = appAt(testBaseUrl);
});
afterAll(async () => {
	await app?.close();
	await database?.drop();
});

function appAt(baseUrl: string): FastifyInstance {
	const app = fastify();
	app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
	identityRoutes(app, {
		makeCtx: async ({ headers: { authorization, cookie } }) => ({
			...testCtx(services, await authenticate(services, { authorization, cookie }, baseUrl)),
			baseUrl,
		}),
		signIns: createSignInThrottle(services.clock),
	});
	return app;
}

const signIn = (payload: object, to = app) => to.inject({ method: "POST", url: "/api/session", payload });

describe("/api/session", () => {
	test("signs in, tells who is signed in, and signs out", async () => {
		const { user } = await makeUser(services, { username: "ada", password: "correct horse" });
		const opened = await signIn({ username: "ada", password: "correct horse" });
		expect(opened.statusCode).toBe(200);
		expect(opened.headers["set-cookie"]).toMatch(
			/^keifu_session=[a-z0-9]{52}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
		);
		const cookie = String(opened.headers["set-cookie"]).split(";", 1)[0] ?? "";
		expect(opened.body).not.toContain(cookie.split("=")[1]);

		const shown = await app.inject({ url: "/api/session", headers: { cookie } });
		expect(shown.statusCode).toBe(200);
		expect(shown.json()).toEqual({
			user: { username: "ada", name: "ada", email: user.email },
			defaultEntity: "ada",
		});

		const closed = await app.inject({ method: "DELETE", url: "/api/session", headers: { cookie } });
		expect(closed.statusCode).toBe(204);
		expect(closed.headers["set-cookie"]).toMatch(/^keifu_session=; Max-Age=0;/);
		expect((await app.inject({ url: "/api/session", headers: { cookie } })).statusCode).toBe(401);
	});

	test("a wrong password is 401 and sets no cookie", async () => {
		await makeUser(services, { username: "grace", password: "correct horse" });
		const reply = await signIn({ username: "grace", password: "wrong" });
		expect(reply.statusCode).toBe(401);
		expect(reply.body).toContain("wrong user name or password");
		expect(reply.headers["set-cookie"]).toBeUndefined();
	});

	test("after ten wrong passwords it is 429 and says for how long, also with the right one", async () => {
		await makeUser(services, { username: "joan", password: "correct horse" });
		for (let n = 0; n < 10; n++) {
			expect((await signIn({ username: "joan", password: `guess ${n}` })).statusCode).toBe(401);
		}
		const reply = await signIn({ username: "joan", password: "correct horse" });
		expect(reply.statusCode).toBe(429);
		expect(reply.headers["retry-after"]).toBe("600");
		expect(reply.body).toContain("try again in 10 minutes");
		expect(reply.headers["set-cookie"]).toBeUndefined();
	});

	test("a body that no sign-in has is refused before it is read", async () => {
		expect((await signIn({ username: "ada", password: "x".repeat(20_000) })).statusCode).toBe(413);
	});

	test.each([{}, { username: "ada" }, { username: "ada", password: 1 }, { username: "", password: "x" }])(
		"%j is 400",
		async (payload) => {
			expect((await signIn(payload)).statusCode).toBe(400);
		},
	);

	test("nobody signed in is 401", async () => {
		expect((await app.inject({ url: "/api/session" })).statusCode).toBe(401);
	});

	test("the cookie is Secure where the address is https", async () => {
		await makeUser(services, { username: "lin", password: "correct horse" });
		const secure = appAt("https://keifu.test");
		const reply = await signIn({ username: "lin", password: "correct horse" }, secure);
		expect(reply.headers["set-cookie"]).toMatch(/; Secure$/);
		await secure.close();
	});
});
