import { createHash } from "node:crypto";
import { DomainError } from "../errors.ts";

export type ApiKeyScope = "full" | "read";

const scopes: readonly ApiKeyScope[] = ["full", "read"];
const hintLength = 6;

/** What is kept of a key to know it by; nothing of one that is too short to give any of it away. */
export function hintOf(key: string): string | null {
	return key.length < apiKeyLength ? null : key.slice(0, hintLength);
}

/**
 * What stands in place of a key that is kept hashed. Different for each of a user's keys, and plain ASCII:
 * wire: the client looks a key up by it, and old ones send the first of them as a key.
 */
export function apiKeyName(row: { readonly id: string; readonly hint: string | null }): string {
	return row.hint === null ? `******${row.id.slice(-6)}` : `${row.hint}******`;
}

export function parseScope(text: string): ApiKeyScope {
	const scope = scopes.find((known) => known === text.toLowerCase());
	if (scope !== undefined) return scope;
	throw new DomainError(
		"INVALID_INPUT",
		`${JSON.stringify(text.slice(0, 100))} is no scope of a key: use full or read`,
	);
}

/** Clients of every version take bare keys of exactly 40 characters. */
export const apiKeyLength = 40;

/** The form in which keys and session tokens are kept: hex SHA-256. They are random, so no salt is needed. */
export function hashSecret(secret: string): string {
	return createHash("sha256").update(secret, "utf8").digest("hex");
}

/**
 * What may be the key in the text that was sent, best first: all of it, then what follows the last dash.
 * wire: the client also accepts keys of the form `prefix-secret` (`local-…`) and sends them whole.
 */
export function candidateKeys(sent: string): string[] {
	const secret = sent.slice(sent.lastIndexOf("-") + 1);
	return secret === sent || secret === "" ? [sent] : [sent, secret];
}
