import { createHash } from "node:crypto";
import { DomainError } from "../errors.ts";

/** One part of a file as the client names it: its number, counted from 1, and its MD5 in hex. */
export type FilePart = { readonly partNumber: number; readonly hexMD5: string };

/** As many as the client makes of the largest file. */
const mostParts = 10_000;
const md5Hex = /^[0-9a-f]{32}$/;

/** The MD5s of the parts 1, 2, 3 …; anything else is refused. wire: they come back as ETags, in quotes. */
export function partMd5s(parts: readonly FilePart[]): string[] {
	const inOrder = parts.toSorted((a, b) => a.partNumber - b.partNumber);
	const md5s = inOrder.map(({ hexMD5 }) => hexMD5.replace(/^"(.*)"$/, "$1").toLowerCase());
	const wrong = inOrder.findIndex(({ partNumber }, at) => partNumber !== at + 1 || !md5Hex.test(md5s[at] ?? ""));
	if (wrong < 0 && md5s.length <= mostParts) return md5s;
	throw new DomainError(
		"INVALID_INPUT",
		`a file comes in the parts 1, 2, 3 … up to ${mostParts}, each with its MD5 in hex; ` +
			(wrong < 0 ? `these are ${md5s.length}` : `number ${wrong + 1} is missing, there twice, or has no MD5`),
	);
}

/** The bytes of a file in a project by what is known of them before they come. */
export type FileBytes = {
	readonly projectId: string;
	readonly md5Hex: string;
	readonly xxh128Hex?: string | undefined;
};
export type FileInParts = FileBytes & { readonly partMd5s: readonly string[] };

/** wire: what the client says of a file when all its parts are sent, as it was told. */
export function storagePathOf({ projectId, md5Hex, xxh128Hex }: FileBytes): string {
	return [projectId, md5Hex, ...(xxh128Hex === undefined ? [] : [xxh128Hex])].join("/");
}

/** What such a path says of the bytes. */
export function digestsInPath(storagePath: string): Pick<FileBytes, "md5Hex" | "xxh128Hex"> {
	const [, md5Hex = "", xxh128Hex] = storagePath.split("/");
	return { md5Hex, xxh128Hex };
}

/**
 * Names the upload of these parts of this file into this project: the same again goes on where it stopped. By all its
 * digests, since whoever asks for the joined bytes while they are being joined is told what the first one expected.
 */
export function uploadIdOf({ projectId, md5Hex, xxh128Hex, partMd5s }: FileInParts): string {
	return createHash("sha256")
		.update(JSON.stringify([projectId, md5Hex, partMd5s, xxh128Hex]))
		.digest("hex");
}
