import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { mayRevokeKeysOf } from "./identity-policy.ts";
import { deleteApiKeyRow, findApiKeyById, findUsersByIds } from "./identity-store.ts";
import { refuseAnonymous } from "./require-user.ts";

/** Takes a key away, of oneself or of an account one administers; requests with it fail from now on. */
export async function deleteApiKey(ctx: Ctx, input: { readonly id: string }): Promise<void> {
	refuseAnonymous(ctx);
	const key = await findApiKeyById(ctx.db, input.id);
	const [owner] = key === null ? [] : await findUsersByIds(ctx.db, [key.userId]);
	if (key === null || owner === undefined || !mayRevokeKeysOf(ctx.actor, owner)) {
		throw new DomainError("NOT_FOUND", `you have no API key of this id. Your keys: ${ctx.baseUrl}/settings`);
	}
	await inTransaction(ctx, async (tx) => {
		await deleteApiKeyRow(tx, key.id);
		await emit(tx, { type: "api-key.deleted", keyId: key.id, userId: key.userId });
	});
}
