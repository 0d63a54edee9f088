// Stores the bytes of a PUT with MD5 and SHA-256 checked on the way, fsync and rename.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";

export type BytesStore = {
	/** Where the bytes lie, or undefined when they are not those that the request announced. */
	store(request: IncomingMessage): Promise<string | undefined>;
	path(sha256: string): string;
};

/** A folder that holds bytes by their SHA-256. */
export async function openBytesStore(folder: string): Promise<BytesStore> {
	const unfinished = join(folder, "unfinished");
	await mkdir(unfinished, { recursive: true });
	for (let at = 0; at < 256; at++) await mkdir(join(folder, at.toString(16).padStart(2, "0")), { recursive: true });
	const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
	const store = async (request: IncomingMessage) => {
		const md5 = createHash("md5");
		const sha256 = createHash("sha256");
		const temporary = join(unfinished, randomUUID());
		const file = await open(temporary, "wx");
		try {
			for await (const chunk of request) {
				md5.update(chunk);
				sha256.update(chunk);
				await file.write(chunk);
			}
			await file.sync();
		} finally {
			await file.close();
		}
		const digest = md5.digest("base64");
		const expected = request.headers["content-md5"];
		if (expected !== undefined && expected !== digest) return undefined;
		const at = path(sha256.digest("hex"));
		await rename(temporary, at);
		return at;
	};
	return { store, path };
}
