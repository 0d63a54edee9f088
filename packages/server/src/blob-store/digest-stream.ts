import { createHash, type Hash, hash } from "node:crypto";
import { createXXHash128, type IHasher } from "hash-wasm";

export type Digests = {
	readonly sha256: string;
	readonly md5Hex: string;
	/** Only where it was expected to be something. */
	readonly xxh128Hex?: string;
	readonly size: number;
};

/** The digests and the size of bytes that pass by, in one pass. */
export type DigestMeter = {
	update(chunk: Uint8Array): void;
	/** What has passed so far in bytes. */
	size(): number;
	/** Ends the count; call once. */
	finish(): Digests;
};

export async function createDigestMeter({ withXxh128 = false } = {}): Promise<DigestMeter> {
	const md5: Hash = createHash("md5");
	const sha256: Hash = createHash("sha256");
	const xxh128: IHasher | null = withXxh128 ? await createXXHash128() : null;
	let size = 0;
	return {
		update(chunk) {
			md5.update(chunk);
			sha256.update(chunk);
			xxh128?.update(chunk);
			size += chunk.length;
		},
		size: () => size,
		finish: () => ({
			sha256: sha256.digest("hex"),
			md5Hex: md5.digest("hex"),
			...(xxh128 === null ? {} : { xxh128Hex: xxh128.digest("hex") }),
			size,
		}),
	};
}

/** Digests of bytes that are all there. */
export async function digestsOf(bytes: Uint8Array, { withXxh128 = false } = {}): Promise<Digests> {
	const digests = { sha256: hash("sha256", bytes), md5Hex: hash("md5", bytes), size: bytes.length };
	return withXxh128 ? { ...digests, xxh128Hex: (await createXXHash128()).update(bytes).digest() } : digests;
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
