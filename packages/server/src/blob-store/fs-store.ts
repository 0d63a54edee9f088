import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DomainError } from "../errors.ts";
import {
	blobFolder,
	blobFolders,
	blobKey,
	blobsFolder,
	compressedBlobKey,
	incomingFolder,
	incomingKey,
	partsFolder,
} from "./blob-paths.ts";
import type {
	BlobExpectation,
	BlobStore,
	BlobToPut,
	ByteRange,
	KeepBlob,
	OpenBlob,
	StoredBlob,
	UploadPart,
} from "./blob-store.ts";
import { plainSize, readPlain, streamPlain } from "./compressed-file.ts";
import { type Digests, digestsOf } from "./digest-stream.ts";
import { syncFolder, writeAll } from "./durable-write.ts";
import { assertAnnounced, assertAsExpected, assertWithinLimit } from "./expectation.ts";
import { writeLongBody } from "./long-body.ts";
import { type PackPlace, parsePlace } from "./pack-format.ts";
import type { PackIndex } from "./pack-index-store.ts";
import { mostPackedBytes, openPacks, type Packs } from "./packs.ts";
import { createParts, type Parts } from "./parts.ts";
import { readSource, type Source } from "./read-source.ts";
import { sendFile } from "./send-file.ts";

export type FsStoreOptions = {
	/** Folder that holds everything; made when missing. */
	readonly root: string;
	/** Puts are refused with STORAGE_FULL when they would leave less than this. */
	readonly minFreeBytes: number;
	/** Where small bodies are that share files; without it each has a file of its own. */
	readonly packIndex?: PackIndex | undefined;
};

// Up to these sizes a body is gathered in memory: its digest is known before the first call to the disk.
/** Of bytes worth compressing; below, a file of its own would cost more than it saves. */
const mostUncompressedBytes = 16 * 1024;
const readSize = 256 * 1024;
const freeBytesFreshMs = 1_000;
/** Content is immutable: nobody opens it for writing again. */
const contentMode = 0o444;

type LongBody = {
	/** What was gathered before the body proved to be long. */
	readonly start: readonly Uint8Array[];
	readonly rest: AsyncIterable<Uint8Array>;
	readonly expect: BlobExpectation;
	readonly compress: boolean;
};

type OpenFile = { readonly file: FileHandle; readonly isCompressed: boolean };

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

	async put(source: Source, blob: BlobToPut, signal: AbortSignal): Promise<StoredBlob> {
		const { keep, isNew = false, compress = false, ...expect } = blob;
		const smallBody = compress ? mostUncompressedBytes : mostPackedBytes;
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
					return await this.#putSmall(body, digests, { keep, isNew });
				}
				size += next.value.length;
				assertWithinLimit(expect, size);
				start.push(next.value);
			}
			return await this.#putLong({ start, rest: chunks, expect, compress }, keep);
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
			return streamed(content.length, () => Readable.from([part], { objectMode: false }));
		}
		const { file, isCompressed } = content;
		try {
			const size = await sizeOf(content);
			assertInside(range, size);
			return isCompressed ? streamed(size, () => streamPlain(file, range)) : plainFile(file, size, range);
		} catch (error) {
			await file.close();
			throw error;
		}
	}

	async read(sha256: string, maxSize: number, place?: string): Promise<Uint8Array> {
		const content = await this.#open(sha256, place);
		if (content instanceof Uint8Array) {
			assertFits(content.length, maxSize);
			return content;
		}
		const { file, isCompressed } = content;
		try {
			const size = await sizeOf(content);
			assertFits(size, maxSize);
			return isCompressed ? await readPlain(file, size) : await file.readFile();
		} finally {
			await file.close();
		}
	}

	async head(sha256: string, place?: string): Promise<{ readonly size: number } | null> {
		const promised = place === undefined ? null : parsePlace(place);
		if (promised !== null) return { size: promised.size };
		const inFile = await this.#sizeInFile(sha256);
		if (inFile !== null) return inFile;
		const packed = await this.#packs?.find(sha256);
		return packed === undefined || packed === null ? null : { size: packed.size };
	}

	async remove(sha256: string): Promise<void> {
		await rm(this.#path(blobKey(sha256)), { force: true });
		await rm(this.#path(compressedBlobKey(sha256)), { force: true });
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

	async #putSmall(
		body: Uint8Array,
		digests: Digests,
		{ keep, isNew }: { readonly keep: KeepBlob | undefined; readonly isNew: boolean },
	): Promise<StoredBlob> {
		if (this.#packs !== undefined) {
			const note = keep === undefined ? undefined : (place: PackPlace | null) => keep(digests, place);
			return { ...digests, existed: await this.#packs.put({ sha256: digests.sha256, body, isNew }, note) };
		}
		const existed = await this.#holds(digests);
		if (!existed) {
			await this.#throughIncoming(blobKey, async (file) => {
				await writeAll(file, [body]);
				return { ...digests, existed };
			});
		}
		await keep?.(digests, null);
		return { ...digests, existed };
	}

	async #putLong({ start, rest, ...how }: LongBody, keep: KeepBlob | undefined): Promise<StoredBlob> {
		const key = how.compress ? compressedBlobKey : blobKey;
		const { existed, ...digests } = await this.#throughIncoming(key, async (file) => {
			const found = await writeLongBody(file, { chunks: wholeBody(start, rest), assertRoom: this.#hasRoom, ...how });
			return { ...found, existed: await this.#holds(found) };
		});
		await keep?.(digests, null);
		return { ...digests, existed };
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
	async #throughIncoming(
		key: (sha256: string) => string,
		fill: (file: FileHandle) => Promise<StoredBlob>,
	): Promise<StoredBlob> {
		const incoming = this.#path(incomingKey(randomUUID()));
		const file = await open(incoming, "wx", contentMode);
		let published = false;
		try {
			const stored = await fill(file);
			if (!stored.existed) {
				await file.sync();
				await rename(incoming, this.#path(key(stored.sha256)));
				// Not held, so what stands here is damaged, and would be read first.
				if (key !== blobKey) await rm(this.#path(blobKey(stored.sha256)), { force: true });
				await syncFolder(this.#path(blobFolder(stored.sha256)));
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
		const known = await this.#sizeInFile(digests.sha256);
		if (known?.size !== digests.size) {
			return false;
		}
		await syncFolder(this.#path(blobFolder(digests.sha256)));
		return true;
	}

	/** The bytes where they are few, else the file that holds them. */
	async #open(sha256: string, place: string | undefined): Promise<Uint8Array | OpenFile> {
		const promised = await this.#readPacked(sha256, place === undefined ? null : parsePlace(place));
		if (promised !== null) return promised;
		const opened = await this.#openFile(sha256);
		if (opened !== null) return opened;
		const packed = await this.#readPacked(sha256, (await this.#packs?.find(sha256)) ?? null);
		if (packed !== null) return packed;
		throw new DomainError("NOT_FOUND", `No bytes with the SHA-256 digest ${sha256} are stored.`);
	}

	async #openFile(sha256: string): Promise<OpenFile | null> {
		for (const key of [blobKey, compressedBlobKey]) {
			const file = await openOrNull(this.#path(key(sha256)));
			if (file !== null) return { file, isCompressed: key === compressedBlobKey };
		}
		return null;
	}

	async #sizeInFile(sha256: string): Promise<{ readonly size: number } | null> {
		const opened = await this.#openFile(sha256);
		if (opened === null) return null;
		try {
			return { size: await sizeOf(opened) };
		} finally {
			await opened.file.close();
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

async function openOrNull(path: string): Promise<FileHandle | null> {
	try {
		return await open(path, "r");
	} catch (error) {
		if (isSystemError(error, "ENOENT")) return null;
		throw error;
	}
}

function streamed(size: number, stream: () => Readable): OpenBlob {
	return { size, stream, sendTo: (target) => pipeline(stream(), target) };
}

function plainFile(file: FileHandle, size: number, range: ByteRange | undefined): OpenBlob {
	return {
		size,
		stream: () => file.createReadStream({ highWaterMark: readSize, ...range }),
		async sendTo(target) {
			try {
				await sendFile(file, target, range ?? { start: 0, end: size - 1 });
			} finally {
				await file.close();
			}
			target.end();
		},
	};
}

/** Of the plain bytes. */
async function sizeOf({ file, isCompressed }: OpenFile): Promise<number> {
	return isCompressed ? await plainSize(file) : (await file.stat()).size;
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
