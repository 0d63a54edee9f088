import { createHash, type Hash, hash } from "node:crypto";

export type Digests = { readonly sha256: string; readonly md5Hex: string; readonly size: number };

/** Both digests and the size of bytes that pass by, in one pass. */
export type DigestMeter = {
	update(chunk: Uint8Array): void;
	/** What has passed so far in bytes. */
	size(): number;
	/** Ends the count; call once. */
	finish(): Digests;
};

export function createDigestMeter(): DigestMeter {
	const md5: Hash = createHash("md5");
	const sha256: Hash = createHash("sha256");
	let size = 0;
	return {
		update(chunk) {
			md5.update(chunk);
			sha256.update(chunk);
			size += chunk.length;
		},
		size: () => size,
		finish: () => ({ sha256: sha256.digest("hex"), md5Hex: md5.digest("hex"), size }),
	};
}

/** Digests of bytes that are all there. */
export function digestsOf(bytes: Uint8Array): Digests {
	return { sha256: hash("sha256", bytes), md5Hex: hash("md5", bytes), size: bytes.length };
}

/** Passes the chunks of `source` on as they are and counts them in `meter`; pulls only when it is pulled, so back-pressure holds. */
export async function* digestStream(
	source: AsyncIterable<Uint8Array>,
	meter: DigestMeter,
): AsyncGenerator<Uint8Array, void, undefined> {
	for await (const chunk of source) {
		meter.update(chunk);
		yield chunk;
	}
}
