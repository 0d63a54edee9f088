import type { FileHandle } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { promisify } from "node:util";
import { createZstdDecompress, zstdDecompress } from "node:zlib";
import type { ByteRange } from "./blob-store.ts";

/*
 * A compressed file is one of Zstandard, which every tool for it reads: first a frame that such tools skip, with the size
 * of the plain bytes (64 bits, little-endian), so that nobody has to read on to learn it; then the frame with the bytes.
 */

export const compressedHeaderSize = 16;
const skippedFrame = 0x184d2a50;
const readSize = 256 * 1024;

export function compressedHeader(size: number): Buffer {
	const header = Buffer.alloc(compressedHeaderSize);
	header.writeUInt32LE(skippedFrame, 0);
	header.writeUInt32LE(8, 4);
	header.writeBigUInt64LE(BigInt(size), 8);
	return header;
}

/** The size of the plain bytes; -1 where the file is not what it should be. */
export async function plainSize(file: FileHandle): Promise<number> {
	const header = Buffer.alloc(compressedHeaderSize);
	await file.read(header, 0, compressedHeaderSize, 0);
	const size = Number(header.readBigUInt64LE(8));
	return header.equals(compressedHeader(size)) ? size : -1;
}

/** All plain bytes in memory; the caller closes the file. */
export async function readPlain(file: FileHandle, size: number): Promise<Uint8Array> {
	const whole = await file.readFile();
	// Zero is no length that zlib takes for the longest.
	return await promisify(zstdDecompress)(whole.subarray(compressedHeaderSize), { maxOutputLength: Math.max(size, 1) });
}

/** The plain bytes, or a range of them. The file is closed with the stream. */
export function streamPlain(file: FileHandle, range: ByteRange | undefined): Readable {
	const packed = file.createReadStream({ start: compressedHeaderSize, highWaterMark: readSize });
	// Whoever reads learns of a failure.
	const plain = pipeline(packed, createZstdDecompress(), () => undefined);
	return range === undefined ? plain : Readable.from(sliceOf(plain, range), { objectMode: false });
}

async function* sliceOf(plain: Readable, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
	let at = 0;
	for await (const chunk of plain) {
		const bytes: Uint8Array = chunk;
		const part = bytes.subarray(Math.max(start - at, 0), Math.max(end + 1 - at, 0));
		if (part.length > 0) yield part;
		at += bytes.length;
		if (at > end) return;
	}
}
