import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { apiKeyLength } from "./api-key-rules.ts";
import type { ApiKeyRow } from "./identity-store.ts";
import { insertApiKey } from "./insert-api-key.ts";
import { requireUser } from "./require-user.ts";

export type GeneratedApiKey = ApiKeyRow & {
	/** The key itself: the only time it is known. */
	readonly key: string;
};

const longestDescription = 500;

/** A new key of the signed-in user; the server itself (a command) may make one for any user. */
export async function generateApiKey(
	ctx: Ctx,
	input: { readonly description: string | null; readonly userId?: string },
): Promise<GeneratedApiKey> {
	const userId = ctx.actor.kind === "system" && input.userId !== undefined ? input.userId : requireUser(ctx).userId;
	const description = (input.description ?? "").trim();
	if (description.length > longestDescription || description.includes("\u0000")) {
		throw new DomainError("INVALID_INPUT", `a key's description has at most ${longestDescription} characters`);
	}
	const key = ctx.ids.token(apiKeyLength);
	return { ...(await insertApiKey(ctx, { userId, key, description })), key };
}
