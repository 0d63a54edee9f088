import type { KeyObject } from "node:crypto";
import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { type ApiKeyScope, apiKeyLength, derivedSecret, hashSecret, hintOf } from "./api-key-rules.ts";
import { type ApiKeyRow, findUnseenApiKeys, insertApiKeyRow } from "./identity-store.ts";

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

const serviceKeyShownMilliseconds = 60 * 60_000;

function serviceKey(secret: KeyObject, id: string): string {
	return derivedSecret(secret, `service key ${id}`, apiKeyLength);
}

/** The first key of a service account, which `shownTo` may read until its first use, for an hour. */
export async function insertServiceKey(
	ctx: Ctx,
	input: { readonly userId: string; readonly shownTo: string | null },
): Promise<void> {
	const id = ctx.ids.uuid();
	await insertApiKey(ctx, { ...input, id, key: serviceKey(ctx.secret, id), description: "first key" });
}

/** By user id: the keys of service accounts that the caller may read, since he made them and nobody has used them. */
export async function findUnseenServiceKeys(ctx: Ctx, userIds: readonly string[]): Promise<Map<string, string>> {
	const shownTo = userIdOf(ctx.actor);
	if (shownTo === null) return new Map();
	const since = new Date(ctx.clock().getTime() - serviceKeyShownMilliseconds);
	const keys = await findUnseenApiKeys(ctx.db, { userIds, shownTo, since });
	return new Map(keys.map(({ id, userId }) => [userId, serviceKey(ctx.secret, id)]));
}

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
