import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { type ApiKeyScope, apiKeyLength } from "./api-key-rules.ts";
import { mayMakeKeysOf } from "./identity-policy.ts";
import { type ApiKeyRow, findUserByName } from "./identity-store.ts";
import { insertApiKey } from "./insert-api-key.ts";
import { requireUser } from "./require-user.ts";

export type GeneratedApiKey = ApiKeyRow & {
	/** The key itself: the only time it is known. */
	readonly key: string;
};

type Input = {
	readonly description: string | null;
	/** Whose key it is to be; default: the signed-in user's. */
	readonly username?: string | null;
	/** Default: full. */
	readonly scope?: ApiKeyScope | null;
	/** Default: good until it is taken away. */
	readonly expiresAt?: Date | null;
};

const longestDescription = 500;

/** A new key of the signed-in user, or of a service account that he administers; the server may make one for anybody. */
export async function generateApiKey(ctx: Ctx, input: Input): Promise<GeneratedApiKey> {
	const description = (input.description ?? "").trim();
	if (description.length > longestDescription || description.includes("\u0000")) {
		throw new DomainError("INVALID_INPUT", `a key's description has at most ${longestDescription} characters`);
	}
	const expiresAt = input.expiresAt ?? null;
	if (expiresAt !== null && expiresAt <= ctx.clock()) {
		throw new DomainError("INVALID_INPUT", `expiresAt is ${expiresAt.toISOString()}: expected a time to come, or none`);
	}
	const userId = input.username ? await findOwner(ctx, input.username) : requireUser(ctx).userId;
	const key = ctx.ids.token(apiKeyLength);
	const scope = input.scope ?? "full";
	const row = await inTransaction(
		ctx,
		async (tx) => await insertApiKey(tx, { userId, key, description, scope, expiresAt }),
	);
	return { ...row, key };
}

async function findOwner(ctx: Ctx, username: string): Promise<string> {
	const user = await findUserByName(ctx.db, username);
	if (user !== null && mayMakeKeysOf(ctx.actor, user)) return user.id;
	throw new DomainError(
		"FORBIDDEN",
		`"${username}" is no service account of a team that you are an admin of: people make their keys themselves`,
	);
}
