import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { SetupError } from "../../errors.ts";

const secretBytes = 32;

/** Makes the data folder, for its owner alone. */
export async function makeDataFolder(dataDir: string): Promise<void> {
	await mkdir(dataDir, { recursive: true, mode: 0o700 });
}

/** The secret of this installation, which signs URLs; made on the first start, readable by its owner alone. */
export async function loadSecret(dataDir: string): Promise<Uint8Array> {
	await makeDataFolder(dataDir);
	const path = join(dataDir, "secret");
	const secret = (await readIfThere(path)) ?? (await make(path));
	if (secret.length >= secretBytes) return secret;
	throw new SetupError(`${path} holds no secret of ${secretBytes} bytes: remove it, and a new one is made`);
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
	try {
		return await readFile(path);
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
		throw error;
	}
}

/** Written aside and linked into place, so that a crash leaves either no secret or a whole one. */
async function make(path: string): Promise<Uint8Array> {
	const secret = randomBytes(secretBytes);
	const aside = `${path}.${process.pid}`;
	const file = await open(aside, "w", 0o600);
	try {
		await file.writeFile(secret);
		await file.sync();
	} finally {
		await file.close();
	}
	await link(aside, path);
	await rm(aside);
	return secret;
}
