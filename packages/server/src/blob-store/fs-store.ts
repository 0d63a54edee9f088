import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { DomainError } from "../errors.ts";
import {
	blobFolder,
	blobFolders,
	blobKey,
	blobsFolder,
	incomingFolder,
	incomingKey,
	partsFolder,
} from "./blob-paths.ts";
import type { BlobExpectation, BlobStore, ByteRange, OpenBlob, StoredBlob, UploadPart } from "./blob-store.ts";
import { type Digests, digestsOf } from "./digest-stream.ts";
import { syncFolder, writeAll } from "./durable-write.ts";
import { assertAnnounced, assertAsExpected, assertWithinLimit } from "./expectation.ts";
import { writeLongBody } from "./long-body.ts";
import { type PackPlace, parsePlace } from "./pack-format.ts";
import type { PackIndex } from "./pack-index-store.ts";
import { mostPackedBytes, openPacks, type Packs } from "./packs.ts";
import { createParts, type Parts } from "./parts.ts";
import { readSource, type Source } from "./read-source.ts";

export type FsStoreOptions = {
	/** Folder that holds everything; made when missing. */
	readonly root: string;
	/** Puts are refused with STORAGE_FULL when they would leave less than this. */
	readonly minFreeBytes: number;
	/** Where small bodies are that share files; without it each has a file of its own. */
	readonly packIndex?: PackIndex | undefined;
};

/** Up to this size a body is gathered in memory: its digest is known before the first call to the disk. */
const smallBody = mostPackedBytes;
const readSize = 1024 * 1024;
const freeBytesFreshMs = 1_000;
/** Content is immutable: nobody opens it for writing again. */
const contentMode = 0o444;

type LongBody = {
	/** What was gathered before the body proved to be long. */
	readonly start: readonly Uint8Array[];
	readonly rest: AsyncIterable<Uint8Array>;
	readonly expect: BlobExpectation;
};

/** Opens the store of bytes in a folder, making the folder when missing. */
export async function openFsStore(options: FsStoreOptions): Promise<BlobStore> {
	const path = (key: string) => join(options.root, key);
	await mkdir(path(blobsFolder), { recursive: true, mode: 0o700 });
	await mkdir(path(incomingFolder), { recursive: true, mode: 0o700 });
	await mkdir(path(partsFolder), { recursive: true, mode: 0o700 });
	const present = new Set(await readdir(path(blobsFolder)));
	const missing = blobFolders.filter((folder) => !present.has(basename(folder)));
	await Promise.all(missing.map((folder) => mkdir(path(folder), { recursive: true, mode: 0o700 })));
	for (const folder of [blobsFolder, dirname(blobsFolder), "."]) {
		await syncFolder(path(folder));
	}
	const packs = options.packIndex === undefined ? undefined : await openPacks(options.root, options.packIndex);
	return new FsStore(options, packs);
}

class FsStore implements BlobStore {
	readonly #root: string;
	readonly #minFreeBytes: number;
	readonly #packs: Packs | undefined;
	readonly #parts: Parts;
	readonly #hasRoom = () => this.#assertRoom(0);
	#free: { readonly at: number; readonly bytes: Promise<number> } | undefined;

	constructor(options: FsStoreOptions, packs: Packs | undefined) {
		this.#root = options.root;
		this.#minFreeBytes = options.minFreeBytes;
		this.#packs = packs;
		this.#parts = createParts(options.root);
	}

	async put(source: Source, expect: BlobExpectation, signal: AbortSignal): Promise<StoredBlob> {
		assertAnnounced(expect);
		await this.#assertRoom(expect.size ?? 0);
		const chunks = readSource(source, signal);
		try {
			const start: Uint8Array[] = [];
			let size = 0;
			while (size <= smallBody) {
				const next = await chunks.next();
				if (next.done) {
					const body = Buffer.concat(start);
					const digests = await digestsOf(body, { withXxh128: expect.xxh128Hex !== undefined });
					assertAsExpected(expect, digests);
					return await this.#putSmall(body, digests);
				}
				size += next.value.length;
				assertWithinLimit(expect, size);
				start.push(next.value);
			}
			return await this.#putLong({ start, rest: chunks, expect });
		} catch (error) {
			throw describeFailure(error);
		} finally {
			await chunks.return();
		}
	}

	async get(sha256: string, range?: ByteRange, place?: string): Promise<OpenBlob> {
		const content = await this.#open(sha256, place);
		if (content instanceof Uint8Array) {
			assertInside(range, content.length);
			const part = range === undefined ? content : content.subarray(range.start, range.end + 1);
			return { stream: Readable.from([part], { objectMode: false }), size: content.length };
		}
		try {
			const { size } = await content.stat();
			assertInside(range, size);
			const stream = content.createReadStream({
				highWaterMark: readSize,
				...(range === undefined ? {} : { start: range.start, end: range.end }),
			});
			return { stream, size };
		} catch (error) {
			await content.close();
			throw error;
		}
	}

	async read(sha256: string, maxSize: number, place?: string): Promise<Uint8Array> {
		const content = await this.#open(sha256, place);
		if (content instanceof Uint8Array) {
			assertFits(content.length, maxSize);
			return content;
		}
		try {
			assertFits((await content.stat()).size, maxSize);
			return await content.readFile();
		} finally {
			await content.close();
		}
	}

	async head(sha256: string, place?: string): Promise<{ readonly size: number } | null> {
		const promised = place === undefined ? null : parsePlace(place);
		if (promised !== null) return { size: promised.size };
		const inFile = await statOrNull(this.#path(blobKey(sha256)));
		if (inFile !== null) return inFile;
		const packed = await this.#packs?.find(sha256);
		return packed === undefined || packed === null ? null : { size: packed.size };
	}

	async remove(sha256: string): Promise<void> {
		await rm(this.#path(blobKey(sha256)), { force: true });
		await this.#packs?.remove(sha256);
	}

	async close(): Promise<void> {
		await this.#packs?.close();
	}

	freeBytes(): Promise<number> {
		const now = performance.now();
		if (this.#free === undefined || now - this.#free.at > freeBytesFreshMs) {
			const bytes = statfs(this.#root).then((fs) => fs.bavail * fs.bsize);
			this.#free = { at: now, bytes };
		}
		return this.#free.bytes;
	}

	async sweepUnfinished(): Promise<number> {
		const names = await readdir(this.#path(incomingFolder));
		for (const name of names) {
			await rm(this.#path(incomingKey(name)), { force: true });
		}
		return names.length + (await this.#parts.sweep());
	}

	async #putSmall(body: Uint8Array, digests: Digests): Promise<StoredBlob> {
		if (this.#packs !== undefined) {
			const { sha256 } = digests;
			return { ...digests, existed: await this.#packs.put({ sha256, body }) };
		}
		if (await this.#holds(digests)) {
			return { ...digests, existed: true };
		}
		return this.#throughIncoming(async (file) => {
			await writeAll(file, [body]);
			return { ...digests, existed: false };
		});
	}

	async #putLong({ start, rest, expect }: LongBody): Promise<StoredBlob> {
		return this.#throughIncoming(async (file) => {
			const digests = await writeLongBody(file, { chunks: wholeBody(start, rest), expect, assertRoom: this.#hasRoom });
			return { ...digests, existed: await this.#holds(digests) };
		});
	}

	async putPart(part: UploadPart, source: Source, expect: BlobExpectation, signal: AbortSignal): Promise<Digests> {
		assertAnnounced(expect);
		await this.#assertRoom(expect.size ?? 0);
		const chunks = readSource(source, signal);
		try {
			return await this.#parts.put(part, { chunks, expect, assertRoom: this.#hasRoom });
		} catch (error) {
			throw describeFailure(error);
		} finally {
			await chunks.return();
		}
	}

	async joinParts(upload: string, count: number, expect: BlobExpectation): Promise<StoredBlob> {
		return await this.#parts.join(upload, count, (chunks) => this.put(chunks, expect, new AbortController().signal));
	}

	async dropParts(upload: string): Promise<void> {
		await this.#parts.drop(upload);
	}

	/** Verify, then publish: `fill` writes and verifies; the bytes get their name only when they are on the disk. */
	async #throughIncoming(fill: (file: FileHandle) => Promise<StoredBlob>): Promise<StoredBlob> {
		const incoming = this.#path(incomingKey(randomUUID()));
		const file = await open(incoming, "wx", contentMode);
		let published = false;
		try {
			const stored = await fill(file);
			if (!stored.existed) {
				await file.sync();
				await this.#publish(incoming, stored.sha256);
				published = true;
			}
			return stored;
		} finally {
			await file.close();
			if (!published) {
				await rm(incoming, { force: true });
			}
		}
	}

	/**
	 * Whether these bytes are here already. The folder is synced even so: the one who published them may be about to.
	 * Content of another size than its name promises is damaged and counts as absent, so that a new put mends it.
	 */
	async #holds(digests: Digests): Promise<boolean> {
		const known = await statOrNull(this.#path(blobKey(digests.sha256)));
		if (known?.size !== digests.size) {
			return false;
		}
		await syncFolder(this.#path(blobFolder(digests.sha256)));
		return true;
	}

	async #publish(incoming: string, sha256: string): Promise<void> {
		await rename(incoming, this.#path(blobKey(sha256)));
		await syncFolder(this.#path(blobFolder(sha256)));
	}

	/** The bytes where they are few, else the file that holds them. */
	async #open(sha256: string, place: string | undefined): Promise<Uint8Array | FileHandle> {
		const promised = await this.#readPacked(sha256, place === undefined ? null : parsePlace(place));
		if (promised !== null) return promised;
		try {
			return await open(this.#path(blobKey(sha256)), "r");
		} catch (cause) {
			if (!isSystemError(cause, "ENOENT")) throw cause;
			const packed = await this.#readPacked(sha256, (await this.#packs?.find(sha256)) ?? null);
			if (packed !== null) return packed;
			throw new DomainError("NOT_FOUND", `No bytes with the SHA-256 digest ${sha256} are stored.`, { cause });
		}
	}

	async #readPacked(sha256: string, place: PackPlace | null): Promise<Uint8Array | null> {
		return place === null || this.#packs === undefined ? null : await this.#packs.read(sha256, place);
	}

	async #assertRoom(announced: number): Promise<void> {
		const free = await this.freeBytes();
		if (free - announced < this.#minFreeBytes) {
			throw new DomainError(
				"STORAGE_FULL",
				`Storage full: ${free} bytes are free, the upload brings ${announced} and ${this.#minFreeBytes} must stay free. ` +
					"Free space on the disk of the server, or lower KEIFU_MIN_FREE_BYTES there.",
			);
		}
	}

	#path(key: string): string {
		return join(this.#root, key);
	}
}

function assertInside(range: ByteRange | undefined, size: number): void {
	if (range === undefined || (range.start >= 0 && range.start <= range.end && range.end < size)) return;
	throw new DomainError(
		"RANGE_NOT_SATISFIABLE",
		`The blob has ${size} bytes; the range ${range.start}-${range.end} is not inside.`,
	);
}

function assertFits(size: number, maxSize: number): void {
	if (size <= maxSize) return;
	throw new DomainError("TOO_LARGE", `The blob has ${size} bytes, more than the ${maxSize} that are read here.`);
}

async function* wholeBody(start: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	yield* start;
	yield* rest;
}

async function statOrNull(path: string): Promise<{ readonly size: number } | null> {
	try {
		const { size } = await stat(path);
		return { size };
	} catch (error) {
		if (isSystemError(error, "ENOENT")) {
			return null;
		}
		throw error;
	}
}

function isSystemError(error: unknown, ...codes: string[]): boolean {
	return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** A full disk is the operator's to mend and must not make the client retry for minutes, as a 5xx would. */
function describeFailure(error: unknown): unknown {
	if (isSystemError(error, "ENOSPC", "EDQUOT")) {
		return new DomainError("STORAGE_FULL", "Storage full: the disk took no more bytes. Free some space, then retry.", {
			cause: error,
		});
	}
	return error;
}
