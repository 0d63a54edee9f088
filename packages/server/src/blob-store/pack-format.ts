/*
 * A pack is a row of records, one behind the other: "KFB1", the size of the body (32 bits, little-endian), its SHA-256 (32
 * bytes), the body. The index in the database says where a body is; the headers make each pack readable without it.
 */

/** Where a body is: the pack, and where in it the record starts. */
export type PackPlace = { readonly pack: string; readonly start: number; readonly size: number };

export const recordHeaderSize = 40;
const magic = Buffer.from("KFB1");

export function recordHeader(sha256: string, size: number): Uint8Array {
	const header = Buffer.alloc(recordHeaderSize);
	magic.copy(header);
	header.writeUInt32LE(size, 4);
	header.write(sha256, 8, "hex");
	return header;
}

/** The body in what was read of a pack, when it is the record of these bytes; a place can be out of date or damaged. */
export function bodyOfRecord(record: Buffer, sha256: string): Buffer | null {
	if (record.length < recordHeaderSize) return null;
	const header = record.subarray(0, recordHeaderSize);
	return header.equals(recordHeader(sha256, record.length - recordHeaderSize))
		? record.subarray(recordHeaderSize)
		: null;
}

/** Reads a place written as one word, `pack:start:size`. */
export function parsePlace(text: string): PackPlace | null {
	const [, pack = "", start, size] = /^([0-9a-f-]{36}):(\d{1,15}):(\d{1,9})$/.exec(text) ?? [];
	return start === undefined ? null : { pack, start: Number(start), size: Number(size) };
}
