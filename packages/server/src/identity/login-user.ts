import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { hashSecret } from "./api-key-rules.ts";
import { checkPassword } from "./check-password.ts";
import { deleteExpiredSessions, insertSession } from "./session-store.ts";

const sessionDays = 30;
/** 52 characters of 36 kinds hold more than 256 random bits. */
const tokenLength = 52;

const longestUserAgent = 300;

export type OpenedSession = { readonly token: string; readonly expiresAt: Date };

/** Opens a browser session. */
export async function loginUser(
	ctx: Ctx,
	input: { readonly username: string; readonly password: string; readonly userAgent?: string },
): Promise<OpenedSession> {
	const user = await checkPassword(ctx, input);
	return await openSession(ctx, { userId: user.id, userAgent: input.userAgent ?? "" });
}

/** Opens a session of somebody who has proved who he is. */
export async function openSession(
	ctx: Ctx,
	{ userId, userAgent }: { readonly userId: string; readonly userAgent: string },
): Promise<OpenedSession> {
	const token = ctx.ids.token(tokenLength);
	const createdAt = ctx.clock();
	const expiresAt = new Date(createdAt.getTime() + sessionDays * 24 * 60 * 60 * 1000);
	await inTransaction(ctx, async (ctx) => {
		await deleteExpiredSessions(ctx, userId, createdAt);
		await insertSession(ctx, {
			id: ctx.ids.uuid(),
			tokenHash: hashSecret(token),
			userId,
			userAgent: userAgent.replaceAll("\u0000", "").slice(0, longestUserAgent),
			createdAt,
			expiresAt,
		});
	});
	return { token, expiresAt };
}
