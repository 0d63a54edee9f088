import { createHash, createHmac, type KeyObject } from "node:crypto";
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

const lettersAndDigits = 36n;

/**
 * A secret of `length` characters of `[a-z0-9]` that this installation can make again, and nobody without its secret can:
 * for what must be shown later than it was made, and is kept hashed all the same.
 */
export function derivedSecret(secret: KeyObject, purpose: string, length: number): string {
	let bits = 0n;
	for (const half of ["1", "2"]) {
		const digest = createHmac("sha256", secret).update(`keifu secret ${half}\n${purpose}`).digest("hex");
		bits = (bits << 256n) | BigInt(`0x${digest}`);
	}
	let text = "";
	for (; text.length < length; bits /= lettersAndDigits) text += (bits % lettersAndDigits).toString(36);
	return text;
}
