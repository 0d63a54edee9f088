import { createHash } from "node:crypto";

/** What stands in place of a key that is kept hashed. */
export const maskedApiKey = "••••••••";

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
