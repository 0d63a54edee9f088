import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { sessionCookie } from "../identity/index.ts";
import { acceptInvite, acceptInviteAsNew, findOfferedInvite } from "./accept-invite.ts";
import type { OfferedInvite } from "./invite-store.ts";

const token = z.string().min(1).max(200);
const offerBody = z.object({ token });
const acceptBody = z.object({
	token,
	username: z.string().min(1).max(320).optional(),
	password: z.string().max(1024).optional(),
	email: z.string().max(320).optional(),
});
const largestBody = 16 * 1024;

export type InviteRoutesDeps = { readonly makeCtx: (request: FastifyRequest) => Promise<Ctx> };

/**
 * Invitations by link, for the page that the link opens: POST /api/invite shows one, POST /api/invite/accept takes it, as
 * who is signed in or, with a user name and password, as somebody new. The token is in the body: addresses are logged.
 */
export function inviteRoutes(app: FastifyInstance, { makeCtx }: InviteRoutesDeps): void {
	app.post("/api/invite", { bodyLimit: largestBody }, async (request, reply) => {
		const body = offerBody.safeParse(request.body);
		if (!body.success) throw new DomainError("INVALID_INPUT", 'expected a JSON object {"token": "…"}');
		reply.header("cache-control", "no-store");
		return shown(await findOfferedInvite(await makeCtx(request), body.data));
	});

	app.post("/api/invite/accept", { bodyLimit: largestBody }, async (request, reply) => {
		const body = acceptBody.safeParse(request.body);
		if (!body.success) {
			throw new DomainError(
				"INVALID_INPUT",
				'expected a JSON object {"token": "…"}, with "username", "password" and perhaps "email" for a new account',
			);
		}
		const ctx = await makeCtx(request);
		const { username, password = "", email = null } = body.data;
		if (username === undefined) return shown(await acceptInvite(ctx, body.data));
		const userAgent = request.headers["user-agent"] ?? "";
		const made = { token: body.data.token, username, password, email, userAgent };
		const { invite, session } = await acceptInviteAsNew(ctx, made);
		const maxAgeSeconds = Math.floor((session.expiresAt.getTime() - ctx.clock().getTime()) / 1000);
		const isSecure = ctx.baseUrl.startsWith("https:");
		reply.header("set-cookie", sessionCookie({ token: session.token, maxAgeSeconds }, isSecure));
		return shown(invite);
	});
}

function shown(invite: OfferedInvite): object {
	const { organizationName: organization, teamName: team, inviterName: invitedBy, role, email, expiresAt } = invite;
	// Who has an account signs in to accept what is for them by name.
	return { organization, team, invitedBy, role, email, forExistingUser: invite.userId !== null, expiresAt };
}
