import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { hashSecret } from "./api-key-rules.ts";
import { type ApiKeyRow, insertApiKeyRow } from "./identity-store.ts";

/** Gives a user this very key. Who may choose keys, and for whom, is the caller's question. */
export async function insertApiKey(
	ctx: Ctx,
	input: { readonly userId: string; readonly key: string; readonly description: string },
): Promise<ApiKeyRow> {
	if (input.key.trim() === "") throw new DomainError("INVALID_INPUT", "an API key cannot be empty");
	const row = { id: ctx.ids.uuid(), description: input.description, createdAt: ctx.clock(), lastUsedAt: null };
	const secretHash = hashSecret(input.key);
	if (!(await insertApiKeyRow(ctx, { ...row, userId: input.userId, secretHash }))) {
		throw new DomainError("CONFLICT", "this API key is in use already: choose another one");
	}
	return row;
}
