import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { updatePasswordHash } from "./account-store.ts";
import { checkPassword } from "./check-password.ts";
import { findUserByName, type UserRow } from "./identity-store.ts";
import { hashPassword } from "./password-hash.ts";
import { checkNewPassword } from "./password-rules.ts";
import { requireUser } from "./require-user.ts";
import { deleteOtherSessions } from "./session-store.ts";

type Change = { readonly present: string; readonly next: string };

/** Changes the signed-in user's password, who knows the present one; he stays signed in here alone. */
export async function changePassword(ctx: Ctx, { present, next }: Change): Promise<void> {
	const { userId, username, credential } = requireUser(ctx);
	checkNewPassword(next);
	await checkPassword(ctx, { username, password: present }).catch((error: unknown) => {
		if (!(error instanceof DomainError) || error.code !== "UNAUTHENTICATED") throw error;
		throw new DomainError("FORBIDDEN", "the present password is not right: nothing was changed");
	});
	await setPassword(ctx, { userId, password: next, keptSessionId: credential?.id ?? null });
}

/** Gives a person another password, for the server's own command line; all his sessions end. */
export async function resetPassword(
	ctx: Ctx,
	input: { readonly username: string; readonly password: string },
): Promise<UserRow> {
	if (ctx.actor.kind !== "system") throw new DomainError("FORBIDDEN", "passwords are reset on the command line alone");
	checkNewPassword(input.password);
	const user = await findUserByName(ctx.db, input.username);
	if (user === null) throw new DomainError("NOT_FOUND", `no user is named "${input.username}"`);
	if (user.serviceOf !== null) {
		throw new DomainError("UNPROCESSABLE", `"${user.username}" is a service account: it has API keys, and no password`);
	}
	await setPassword(ctx, { userId: user.id, password: input.password, keptSessionId: null });
	return user;
}

async function setPassword(
	ctx: Ctx,
	input: { readonly userId: string; readonly password: string; readonly keptSessionId: string | null },
): Promise<void> {
	const passwordHash = await hashPassword(input.password);
	await inTransaction(ctx, async (tx) => {
		await updatePasswordHash(tx, input.userId, passwordHash);
		await deleteOtherSessions(tx, input.userId, input.keptSessionId);
		await emit(tx, { type: "user.password-changed", userId: input.userId });
	});
}
