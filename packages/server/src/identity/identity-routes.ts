import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { changePassword } from "./change-password.ts";
import { readSessionToken, sessionCookie } from "./credential-rules.ts";
import { findSignedInUser } from "./find-signed-in-user.ts";
import { loginUser } from "./login-user.ts";
import { logoutUser } from "./logout-user.ts";
import { requireUser } from "./require-user.ts";
import type { SignInThrottle } from "./sign-in-throttle.ts";

const loginBody = z.object({ username: z.string().min(1).max(320), password: z.string().min(1).max(1024) });

const passwordBody = z.object({ present: z.string().min(1).max(1024), next: z.string().max(1024) });

const largestLogin = 16 * 1024;

export type IdentityRoutesDeps = {
	readonly makeCtx: (request: FastifyRequest) => Promise<Ctx>;
	readonly signIns: SignInThrottle;
};

/** Sign-in of the web app: POST, GET and DELETE /api/session, PUT /api/password. `makeCtx` must let anonymous requests through. */
export function identityRoutes(app: FastifyInstance, { makeCtx, signIns }: IdentityRoutesDeps): void {
	app.post("/api/session", { bodyLimit: largestLogin }, async (request, reply) => {
		const body = loginBody.safeParse(request.body);
		if (!body.success) {
			throw new DomainError("INVALID_INPUT", 'expected a JSON object {"username": "…", "password": "…"}');
		}
		const ctx = await makeCtx(request);
		const attempt = { address: request.ip, username: body.data.username };
		const signIn = { ...body.data, userAgent: request.headers["user-agent"] ?? "" };
		const { token, expiresAt } = await signIns.attempt(attempt, () => loginUser(ctx, signIn));
		const maxAgeSeconds = Math.floor((expiresAt.getTime() - ctx.clock().getTime()) / 1000);
		reply.header("set-cookie", sessionCookie({ token, maxAgeSeconds }, isSecure(ctx)));
		return { expiresAt: expiresAt.toISOString() };
	});

	app.get("/api/session", async (request, reply) => {
		const ctx = await makeCtx(request);
		const user = await findSignedInUser(ctx);
		if (user === null) throw new DomainError("UNAUTHENTICATED", `nobody is signed in. Sign in at ${ctx.baseUrl}/login`);
		reply.header("cache-control", "no-store");
		const { defaultEntity, ...rest } = user;
		return { user: rest, defaultEntity };
	});

	app.put("/api/password", { bodyLimit: largestLogin }, async (request, reply) => {
		const body = passwordBody.safeParse(request.body);
		if (!body.success) {
			throw new DomainError("INVALID_INPUT", 'expected a JSON object {"present": "…", "next": "…"}');
		}
		const ctx = await makeCtx(request);
		const { username } = requireUser(ctx);
		await signIns.attempt({ address: request.ip, username }, () => changePassword(ctx, body.data));
		reply.code(204);
		return null;
	});

	app.delete("/api/session", async (request, reply) => {
		const ctx = await makeCtx(request);
		const token = readSessionToken(request.headers.cookie);
		if (token !== null) await logoutUser(ctx, { token });
		reply.header("set-cookie", sessionCookie(null, isSecure(ctx))).code(204);
		return null;
	});
}

function isSecure(ctx: Ctx): boolean {
	return ctx.baseUrl.startsWith("https:");
}
