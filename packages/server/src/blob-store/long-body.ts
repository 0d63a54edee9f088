import type { FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";
import type { BlobExpectation } from "./blob-store.ts";
import { compressedHeader, compressedHeaderSize } from "./compressed-file.ts";
import { createDigestMeter, type DigestMeter, type Digests, digestStream } from "./digest-stream.ts";
import { writeAll } from "./durable-write.ts";
import { assertAsExpected, assertWithinLimit } from "./expectation.ts";

/** Bytes handed to the disk in one write. */
const writeSize = 512 * 1024;
/** Chunks in one write, below the least limit of vectors that systems promise (1,024). */
const writeChunks = 512;
/** How many bytes pass between two looks at the free space. */
const roomCheckEvery = 64 * 1024 * 1024;

export type LongBody = {
	readonly chunks: AsyncIterable<Uint8Array>;
	readonly expect: BlobExpectation;
	/** Throws when the disk is nearly full. */
	readonly assertRoom: () => Promise<void>;
	/** Writes a compressed file (compressed-file.ts). */
	readonly compress?: boolean;
};

/** Writes a body of any length to a file and verifies it. The caller syncs. */
export async function writeLongBody(file: FileHandle, body: LongBody): Promise<Digests> {
	const writer = createOverlappedWriter(file);
	const meter = await createDigestMeter({ withXxh128: body.expect.xxh128Hex !== undefined });
	const writeEach = async (chunks: AsyncIterable<Uint8Array>) => {
		for await (const chunk of chunks) await writer.write(chunk);
		await writer.end();
	};
	try {
		const chunks = checkedChunks(body, meter);
		if (body.compress === true) {
			await writer.write(compressedHeader(0));
			await pipeline(chunks, createZstdCompress(), writeEach);
		} else await writeEach(chunks);
	} finally {
		await writer.settled();
	}
	const digests = meter.finish();
	assertAsExpected(body.expect, digests);
	if (body.compress === true) await file.write(compressedHeader(digests.size), 0, compressedHeaderSize, 0);
	return digests;
}

/** The chunks as they are, counted; refuses what is too long, and to go on when the disk is nearly full. */
async function* checkedChunks(
	{ chunks, expect, assertRoom }: LongBody,
	meter: DigestMeter,
): AsyncGenerator<Uint8Array> {
	let nextRoomCheck = roomCheckEvery;
	for await (const chunk of digestStream(chunks, meter)) {
		assertWithinLimit(expect, meter.size());
		if (meter.size() >= nextRoomCheck) {
			nextRoomCheck += roomCheckEvery;
			await assertRoom();
		}
		yield chunk;
	}
}

/** Writes in large pieces, one in flight while the next is gathered, so that hashing and the disk work at the same time. */
function createOverlappedWriter(file: FileHandle) {
	let gathered: Uint8Array[] = [];
	let bytes = 0;
	let inFlight: Promise<void> = Promise.resolve();
	async function flush(): Promise<void> {
		await inFlight;
		inFlight = writeAll(file, gathered);
		// The failure is met by the next `await inFlight`; until then it must not count as unhandled.
		inFlight.catch(() => undefined);
		gathered = [];
		bytes = 0;
	}
	return {
		async write(chunk: Uint8Array): Promise<void> {
			gathered.push(chunk);
			bytes += chunk.length;
			if (bytes >= writeSize || gathered.length >= writeChunks) {
				await flush();
			}
		},
		async end(): Promise<void> {
			await flush();
			await inFlight;
		},
		/** Resolves when nothing is being written any more, however it went. */
		settled: () => inFlight.catch(() => undefined),
	};
}
