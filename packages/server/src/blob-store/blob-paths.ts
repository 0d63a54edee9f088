import { DomainError } from "../errors.ts";

/*
 * The whole key layout, and the only code that builds a key. Keys are relative to the root of the store.
 *
 *   blobs/sha256/ab/<64 hex>      verified bytes, immutable; ab is how the digest begins. 256 folders, made when the
 *                                 store opens: a second level costs a folder and two more syncs for nearly every blob
 *   incoming/<random>             bytes on their way in; never read by anyone but their writer, removed at the next start
 */

export const blobsFolder = "blobs/sha256";
export const incomingFolder = "incoming";

/** The folders that hold blobs. */
export const blobFolders: readonly string[] = Array.from(
	{ length: 256 },
	(_, index) => `${blobsFolder}/${index.toString(16).padStart(2, "0")}`,
);

const sha256Pattern = /^[0-9a-f]{64}$/;

export function blobFolder(sha256: string): string {
	assertSha256(sha256);
	return `${blobsFolder}/${sha256.slice(0, 2)}`;
}

export function blobKey(sha256: string): string {
	return `${blobFolder(sha256)}/${sha256}`;
}

export function incomingKey(random: string): string {
	return `${incomingFolder}/${random}`;
}

/** A key is built from a digest only, so that no name from outside can become a path. */
function assertSha256(sha256: string): void {
	if (!sha256Pattern.test(sha256)) {
		throw new DomainError("INVALID_INPUT", "A blob is named by its SHA-256 digest: 64 lower-case hex characters.");
	}
}
