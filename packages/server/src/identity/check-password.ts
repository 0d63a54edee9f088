import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { findPasswordHash } from "./identity-store.ts";
import { verifyPassword } from "./password-hash.ts";

/** The user whose password this is. A wrong password and an unknown user are one answer, in the same time. */
export async function checkPassword(
	ctx: Ctx,
	input: { readonly username: string; readonly password: string },
): Promise<{ readonly id: string }> {
	const user = await findPasswordHash(ctx.db, input.username);
	const right = await verifyPassword(user?.passwordHash ?? null, input.password);
	if (user === null || !right) throw new DomainError("UNAUTHENTICATED", "wrong user name or password");
	return user;
}
