import type { Readable, Writable } from "node:stream";
import type { Digests } from "./digest-stream.ts";
import type { PackPlace } from "./pack-format.ts";

/** Verified bytes as the store holds them. */
export type StoredBlob = {
	/** 64 hex characters: the name of the bytes. */
	readonly sha256: string;
	/** 32 hex characters. */
	readonly md5Hex: string;
	readonly size: number;
	/** Whether the store held these bytes before. */
	readonly existed: boolean;
};

/** What the bytes must turn out to be; anything else is refused and leaves nothing behind. */
export type BlobExpectation = {
	readonly md5Hex?: string | undefined;
	/** 32 hex characters, lower case. */
	readonly xxh128Hex?: string | undefined;
	readonly size?: number | undefined;
	readonly maxSize?: number | undefined;
};

/**
 * Notes bytes that are safe: with a place, where the store has one to be noted (`placing` in pack-index-store.ts), so
 * that one statement may note it along with whose the bytes are.
 */
export type KeepBlob = (stored: Digests, place: PackPlace | null) => Promise<void>;

export type BlobToPut = BlobExpectation & {
	/** Called when the bytes are safe; the put has not succeeded before this has. */
	readonly keep?: KeepBlob | undefined;
	/**
	 * Taken to be bytes that the store does not have, unless they came lately: nobody looks, and where it has them after
	 * all they take their room once more.
	 */
	readonly isNew?: boolean;
	/** Whether it is worth compressing where the bytes are many: text. Only the store knows whether it was. */
	readonly compress?: boolean;
};

/** One part, counted from 1, of an upload that comes in parts; the upload is named by a SHA-256 in hex. */
export type UploadPart = { readonly upload: string; readonly part: number };

/** First and last byte, both inclusive, as in an HTTP range. */
export type ByteRange = { readonly start: number; readonly end: number };

/** The size of a whole blob, and the bytes asked for: one of the two ways to have them, to be taken once. */
export type OpenBlob = {
	readonly size: number;
	/** The caller reads it to its end, or destroys it. */
	stream(): Readable;
	/**
	 * Writes them to `target`, and ends it: cheaper where they are many. What the target has taken is written over, so it
	 * must not keep chunks; a socket does not. Fails when the target closes before.
	 */
	sendTo(target: Writable): Promise<void>;
};

/**
 * Where bytes live, by content. It knows digests; what they mean is the business of the nouns above.
 * Every adapter passes `blob-store.contract.ts`.
 */
export type BlobStore = {
	/**
	 * Reads `stream` to its end and, once everything expected is true and the bytes are safe on the medium, resolves.
	 * A refused, failed or aborted put leaves nothing. The stream is destroyed by `signal` only: after a refusal
	 * the caller decides what becomes of the rest (an HTTP reply still has to reach the sender).
	 */
	put(stream: AsyncIterable<Uint8Array> | Readable, blob: BlobToPut, signal: AbortSignal): Promise<StoredBlob>;
	/** Keeps a part until the parts are joined; verified like a put, and safe once it resolves. A second one replaces the first. */
	putPart(
		part: UploadPart,
		stream: AsyncIterable<Uint8Array> | Readable,
		expect: BlobExpectation,
		signal: AbortSignal,
	): Promise<Omit<StoredBlob, "existed">>;
	/**
	 * Puts the parts 1 to `count` of an upload as one blob, and drops them. It goes on when its caller has gone, and whoever
	 * asks meanwhile gets the same answer. UNPROCESSABLE while parts are missing.
	 */
	joinParts(upload: string, count: number, expect: BlobExpectation): Promise<StoredBlob>;
	dropParts(upload: string): Promise<void>;
	/**
	 * NOT_FOUND without such bytes, RANGE_NOT_SATISFIABLE when `range` leaves the blob.
	 * `place`, here and below: where the store keeps them, from `PackPlace`; saves looking it up, and may be out of date.
	 */
	get(sha256: string, range?: ByteRange, place?: string): Promise<OpenBlob>;
	/** The whole blob in memory, for small ones: TOO_LARGE above `maxSize`, NOT_FOUND without such bytes. */
	read(sha256: string, maxSize: number, place?: string): Promise<Uint8Array>;
	head(sha256: string, place?: string): Promise<{ readonly size: number } | null>;
	/** Succeeds also when there is nothing to remove. */
	remove(sha256: string): Promise<void>;
	/** Bytes that can still be written; `Infinity` where the medium has no end. May be a second old. */
	freeBytes(): Promise<number>;
	/**
	 * Removes what interrupted puts of an earlier process left, and uploads in parts to which nothing came for a day; says
	 * how many. Call before the first put only.
	 */
	sweepUnfinished(): Promise<number>;
	/** Lets go of what the store holds open; nothing may be asked of it after. */
	close(): Promise<void>;
};
