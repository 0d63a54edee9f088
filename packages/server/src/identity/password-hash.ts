import { hash, verify } from "@node-rs/argon2";

/** An argon2id hash in its own notation, salt and costs included. Slow on purpose: never inside a transaction. */
export async function hashPassword(password: string): Promise<string> {
	return await hash(password);
}

/**
 * Does the password fit? Without a hash to compare with it takes as long and says no,
 * so that nobody learns from the clock which users exist.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
	if (passwordHash !== null) return await verify(passwordHash, password);
	await hash(password);
	return false;
}
