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

/** Names the upload of these parts of this file into this project: the same again goes on where it stopped. */
export function uploadIdOf(file: { projectId: string; md5Hex: string; partMd5s: readonly string[] }): string {
	const { projectId, md5Hex, partMd5s } = file;
	return createHash("sha256")
		.update(JSON.stringify([projectId, md5Hex, partMd5s]))
		.digest("hex");
}
