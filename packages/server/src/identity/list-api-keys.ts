import type { Ctx } from "../context.ts";
import { type ApiKeyRow, findApiKeysOfUser } from "./identity-store.ts";

/** The API keys of a user, for himself only; null for everybody else. */
export async function listApiKeys(ctx: Ctx, input: { readonly userId: string }): Promise<ApiKeyRow[] | null> {
	if (ctx.actor.kind !== "user" || ctx.actor.userId !== input.userId) return null;
	return await findApiKeysOfUser(ctx.db, input.userId);
}
