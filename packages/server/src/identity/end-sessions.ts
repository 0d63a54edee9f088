import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { requireUser } from "./require-user.ts";
import { deleteOtherSessions, deleteSessionOfUser } from "./session-store.ts";

/** Ends the session of this id, or with null all of the signed-in user but the one that asks; how many ended. */
export async function endSessions(ctx: Ctx, input: { readonly id: string | null }): Promise<number> {
	const { userId, credential } = requireUser(ctx);
	if (input.id === null) return await deleteOtherSessions(ctx, userId, credential?.id ?? null);
	if (await deleteSessionOfUser(ctx, userId, input.id)) return 1;
	throw new DomainError("NOT_FOUND", "you have no session of this id: it may have ended already");
}
