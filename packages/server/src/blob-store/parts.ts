import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "../errors.ts";
import { incomingKey, partKey, partsFolder, uploadFolder } from "./blob-paths.ts";
import type { StoredBlob, UploadPart } from "./blob-store.ts";
import type { Digests } from "./digest-stream.ts";
import { syncFolder } from "./durable-write.ts";
import { type LongBody, writeLongBody } from "./long-body.ts";

/** Parts of bodies that come in parts, until they are put together. They outlive the process, so an upload can go on. */
export type Parts = {
	put(part: UploadPart, body: LongBody): Promise<Digests>;
	/** Hands the parts 1 to `count`, as one body, to `store`, and drops them when it has taken them. */
	join(
		upload: string,
		count: number,
		store: (chunks: AsyncIterable<Uint8Array>) => Promise<StoredBlob>,
	): Promise<StoredBlob>;
	drop(upload: string): Promise<void>;
	/** Drops uploads to which nothing was added for long; answers how many. */
	sweep(): Promise<number>;
};

const readSize = 1024 * 1024;
const keptMilliseconds = 24 * 60 * 60 * 1000;

export function createParts(root: string): Parts {
	const path = (key: string) => join(root, key);
	/** A client that lost patience asks again: it gets the answer to the first question. */
	const joining = new Map<string, Promise<StoredBlob>>();

	async function drop(upload: string): Promise<void> {
		await rm(path(uploadFolder(upload)), { recursive: true, force: true });
	}

	return {
		async put({ upload, part }, body) {
			const folder = path(uploadFolder(upload));
			await mkdir(folder, { recursive: true, mode: 0o700 });
			const incoming = path(incomingKey(randomUUID()));
			const file = await open(incoming, "wx", 0o600);
			try {
				const digests = await writeLongBody(file, body);
				await file.sync();
				await rename(incoming, path(partKey({ upload, part })));
				await Promise.all([folder, path(partsFolder)].map(syncFolder));
				return digests;
			} finally {
				await file.close();
				await rm(incoming, { force: true });
			}
		},
		async join(upload, count, store) {
			const under = joining.get(upload) ?? joinAll(upload, count, store);
			joining.set(upload, under);
			try {
				return await under;
			} finally {
				joining.delete(upload);
			}
		},
		drop,
		async sweep() {
			const uploads = await readdir(path(partsFolder));
			const stale: string[] = [];
			for (const upload of uploads) {
				const { mtimeMs } = await stat(path(uploadFolder(upload)));
				// A file's time is the machine's, as what it is compared with.
				if (Date.now() - mtimeMs > keptMilliseconds) stale.push(upload);
			}
			for (const upload of stale) await drop(upload);
			return stale.length;
		},
	};

	async function joinAll(upload: string, count: number, store: Parameters<Parts["join"]>[2]): Promise<StoredBlob> {
		const files = Array.from({ length: count }, (_, index) => path(partKey({ upload, part: index + 1 })));
		const there = await Promise.all(files.map((file) => stat(file).catch(() => null)));
		const missing = there.flatMap((found, index) => (found === null ? [index + 1] : []));
		if (missing.length > 0) {
			throw new DomainError(
				"UNPROCESSABLE",
				`The parts ${missing.slice(0, 5).join(", ")} of ${count} have not arrived: send the file again.`,
			);
		}
		try {
			const stored = await store(chunksOf(files));
			await drop(upload);
			return stored;
		} catch (error) {
			// Each part is what it was said to be and the whole is not: no more parts will make it right.
			if (error instanceof DomainError && error.code === "DIGEST_MISMATCH") await drop(upload);
			throw error;
		}
	}
}

async function* chunksOf(files: readonly string[]): AsyncGenerator<Uint8Array> {
	for (const file of files) yield* createReadStream(file, { highWaterMark: readSize });
}
