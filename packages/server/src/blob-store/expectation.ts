import { DomainError } from "../errors.ts";
import type { BlobExpectation } from "./blob-store.ts";
import type { Digests } from "./digest-stream.ts";

/** Refuses before the first byte what is announced to be too long. */
export function assertAnnounced(expect: BlobExpectation): void {
	if (expect.size !== undefined && expect.maxSize !== undefined && expect.size > expect.maxSize) {
		throw tooLarge(expect.maxSize);
	}
}

/** Refuses as soon as more bytes have come than can be right. */
export function assertWithinLimit(expect: BlobExpectation, size: number): void {
	if (expect.maxSize !== undefined && size > expect.maxSize) {
		throw tooLarge(expect.maxSize);
	}
	if (expect.size !== undefined && size > expect.size) {
		throw new DomainError("DIGEST_MISMATCH", `${expect.size} bytes were announced, more arrived. Nothing was stored.`);
	}
}

/** Refuses whole bodies that are not what they were said to be. */
export function assertAsExpected(expect: BlobExpectation, found: Digests): void {
	if (expect.size !== undefined && found.size !== expect.size) {
		throw new DomainError(
			"DIGEST_MISMATCH",
			`${expect.size} bytes were announced, ${found.size} arrived. Nothing was stored; send the file again.`,
		);
	}
	if (expect.md5Hex !== undefined && found.md5Hex !== expect.md5Hex.toLowerCase()) {
		throw new DomainError(
			"DIGEST_MISMATCH",
			`The bytes have the MD5 digest ${found.md5Hex}, announced was ${expect.md5Hex}. ` +
				"The file changed while it was sent, or was damaged on the way. Nothing was stored; send it again.",
		);
	}
	if (expect.xxh128Hex !== undefined && found.xxh128Hex !== expect.xxh128Hex) {
		throw new DomainError(
			"DIGEST_MISMATCH",
			`The bytes have the XXH128 digest ${found.xxh128Hex}, announced was ${expect.xxh128Hex}. Nothing was stored; send them again.`,
		);
	}
}

function tooLarge(maxSize: number): DomainError {
	return new DomainError("TOO_LARGE", `At most ${maxSize} bytes are accepted here. Nothing was stored.`);
}
