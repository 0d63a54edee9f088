import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { type ApiKeyScope, hashSecret, hintOf } from "./api-key-rules.ts";
import { type ApiKeyRow, insertApiKeyRow } from "./identity-store.ts";

type Input = {
	readonly userId: string;
	readonly key: string;
	readonly description: string;
	/** Default: made here. */
	readonly id?: string;
	/** Default: full. */
	readonly scope?: ApiKeyScope;
	/** Default: good until it is taken away. */
	readonly expiresAt?: Date | null;
	/** Who may read it until its first use; only for a key that can be derived again. */
	readonly shownTo?: string | null;
};

/** Gives a user this very key. Who may choose keys, and for whom, is the caller's question. */
export async function insertApiKey(ctx: Ctx, input: Input): Promise<ApiKeyRow> {
	if (input.key.trim() === "") throw new DomainError("INVALID_INPUT", "an API key cannot be empty");
	const row: ApiKeyRow = {
		id: input.id ?? ctx.ids.uuid(),
		userId: input.userId,
		description: input.description,
		scope: input.scope ?? "full",
		hint: hintOf(input.key),
		createdAt: ctx.clock(),
		lastUsedAt: null,
		expiresAt: input.expiresAt ?? null,
	};
	const secretHash = hashSecret(input.key);
	if (!(await insertApiKeyRow(ctx, { ...row, secretHash, shownTo: input.shownTo ?? null }))) {
		throw new DomainError("CONFLICT", "this API key is in use already: choose another one");
	}
	await emit(ctx, { type: "api-key.created", keyId: row.id, userId: row.userId, scope: row.scope });
	return row;
}
