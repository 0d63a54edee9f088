import { DomainError } from "../errors.ts";

/*
 * The whole key layout, and the only code that builds a key. Keys are relative to the root of the store.
 *
 *   blobs/sha256/ab/<64 hex>      verified bytes, immutable; ab is how the digest begins. 256 folders, made when the
 *                                 store opens: a second level costs a folder and two more syncs for nearly every blob
 *   blobs/sha256/ab/<64 hex>.zst  the same, compressed (compressed-file.ts); the digest is that of the plain bytes
 *   packs/<uuid>                  small verified bytes, many to a file, each behind a header that names them (pack-format.ts);
 *                                 appended to by the process that made it, never changed
 *   parts/<64 hex>/<number>       verified parts of an upload that comes in parts, until they are joined
 *   incoming/<random>             bytes on their way in; never read by anyone but their writer, removed at the next start
 */

export const blobsFolder = "blobs/sha256";
export const packsFolder = "packs";
export const partsFolder = "parts";
export const incomingFolder = "incoming";

/** The folders that hold blobs. */
export const blobFolders: readonly string[] = Array.from(
	{ length: 256 },
	(_, index) => `${blobsFolder}/${index.toString(16).padStart(2, "0")}`,
);

const sha256Pattern = /^[0-9a-f]{64}$/;
const packPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function blobFolder(sha256: string): string {
	assertSha256(sha256);
	return `${blobsFolder}/${sha256.slice(0, 2)}`;
}

export function blobKey(sha256: string): string {
	return `${blobFolder(sha256)}/${sha256}`;
}

export function compressedBlobKey(sha256: string): string {
	return `${blobKey(sha256)}.zst`;
}

export function incomingKey(random: string): string {
	return `${incomingFolder}/${random}`;
}

export function packKey(pack: string): string {
	if (!packPattern.test(pack)) throw new DomainError("INVALID_INPUT", "A pack is named by a UUID.");
	return `${packsFolder}/${pack}`;
}

export function uploadFolder(upload: string): string {
	assertSha256(upload);
	return `${partsFolder}/${upload}`;
}

export function partKey({ upload, part }: { readonly upload: string; readonly part: number }): string {
	if (!Number.isSafeInteger(part) || part < 1) throw new DomainError("INVALID_INPUT", "Parts are counted from 1.");
	return `${uploadFolder(upload)}/${part}`;
}

/** A key is built from a digest only, so that no name from outside can become a path. */
function assertSha256(sha256: string): void {
	if (!sha256Pattern.test(sha256)) {
		throw new DomainError("INVALID_INPUT", "A blob is named by its SHA-256 digest: 64 lower-case hex characters.");
	}
}
