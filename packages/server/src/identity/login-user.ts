import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { hashSecret } from "./api-key-rules.ts";
import { checkPassword } from "./check-password.ts";
import { deleteExpiredSessions, insertSession } from "./identity-store.ts";

const sessionDays = 30;
/** 52 characters of 36 kinds hold more than 256 random bits. */
const tokenLength = 52;

/** Opens a browser session. */
export async function loginUser(
	ctx: Ctx,
	input: { readonly username: string; readonly password: string },
): Promise<{ token: string; expiresAt: Date }> {
	const user = await checkPassword(ctx, input);
	const token = ctx.ids.token(tokenLength);
	const createdAt = ctx.clock();
	const expiresAt = new Date(createdAt.getTime() + sessionDays * 24 * 60 * 60 * 1000);
	await inTransaction(ctx, async (ctx) => {
		await deleteExpiredSessions(ctx, user.id, createdAt);
		await insertSession(ctx, { tokenHash: hashSecret(token), userId: user.id, createdAt, expiresAt });
	});
	return { token, expiresAt };
}
