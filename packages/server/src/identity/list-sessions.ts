import type { Ctx } from "../context.ts";
import { requireUser } from "./require-user.ts";
import { findSessionsOfUser, type SessionRow } from "./session-store.ts";

export type SessionNode = SessionRow & {
	/** Whether the request came with it. */
	readonly current: boolean;
};

/** The places where the signed-in user is signed in, the latest first. */
export async function listSessions(ctx: Ctx): Promise<SessionNode[]> {
	const { userId, credential } = requireUser(ctx);
	const sessions = await findSessionsOfUser(ctx.db, userId, ctx.clock());
	return sessions.map((session) => ({ ...session, current: session.id === credential?.id }));
}
