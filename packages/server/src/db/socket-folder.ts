import { randomBytes } from "node:crypto";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { canTraverse } from "./embedded-user.ts";

/** `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const longestSocketPath = 103;
const namePattern = /^keifu-[0-9a-f]{12}$/;

/** Makes the short private folder for the socket and remembers it in the data folder, so that nothing is left behind. */
export async function makeSocketFolder(dataDir: string, owner: { uid: number; gid: number } | null): Promise<string> {
	const name = `keifu-${randomBytes(6).toString("hex")}`;
	const places = [tmpdir(), "/tmp"];
	for (const place of places) {
		const folder = join(place, name);
		if (Buffer.byteLength(join(folder, ".s.PGSQL.5432")) > longestSocketPath) continue;
		if (owner !== null && !(await canTraverse(place, owner))) continue;
		// Remembered first: a kill between the two lines leaves a name, not a folder.
		await writeFile(rememberedPath(dataDir), `${folder}\n`, { mode: 0o600 });
		await mkdir(folder, { mode: 0o700 });
		if (owner !== null) await chown(folder, owner.uid, owner.gid);
		return folder;
	}
	throw new Error(`no folder short enough for a socket among ${places.join(", ")}`);
}

/** The socket folder of the server that runs, or last ran, on this data folder. */
export async function rememberedSocketFolder(dataDir: string): Promise<string | null> {
	const text = (await readFile(rememberedPath(dataDir), "utf8").catch(() => "")).trim();
	return namePattern.test(basename(text)) ? text : null;
}

/** Removes the remembered folder; only once no server listens there. */
export async function removeSocketFolder(dataDir: string): Promise<void> {
	const folder = await rememberedSocketFolder(dataDir);
	if (folder !== null) await rm(folder, { recursive: true, force: true });
	await rm(rememberedPath(dataDir), { force: true });
}

function rememberedPath(dataDir: string): string {
	return join(dataDir, "pg-socket");
}
