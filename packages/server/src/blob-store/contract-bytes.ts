import { createHash } from "node:crypto";
import { Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { expect } from "vitest";
import { DomainError, type ErrorCode } from "../errors.ts";
import type { BlobStore, OpenBlob } from "./blob-store.ts";

/** A fresh, empty store under test. */
export type StoreUnderTest = {
	readonly store: BlobStore;
	/** How many objects the medium holds, finished or not. */
	countObjects(): Promise<number>;
	/** Puts an object where an interrupted put would have left it. */
	leaveUnfinished(): Promise<void>;
	close(): Promise<void>;
};

export const kib = 1024;
export const never = new AbortController().signal;

function* inChunksSync(bytes: Uint8Array, size: number): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) {
		yield bytes.subarray(at, at + size);
	}
}

export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
	yield* inChunksSync(bytes, size);
}

export async function* each(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* parts;
}

/** Bytes without a short period, so that a swapped or lost chunk shows. */
export function patterned(size: number): Buffer {
	const bytes = Buffer.alloc(size);
	let state = 1;
	for (let at = 0; at < size; at++) {
		state = (state * 48_271) % 2_147_483_647;
		bytes[at] = state & 0xff;
	}
	return bytes;
}

/** What comes, as a socket takes it: gone from the sender's hands when it has been taken. */
export async function sentBy(opened: OpenBlob): Promise<Buffer> {
	const taken: Buffer[] = [];
	const target = new Writable({
		write: (chunk: Uint8Array, _encoding, done) => setImmediate(() => done(void taken.push(Buffer.from(chunk)))),
	});
	await Promise.all([finished(target), opened.sendTo(target)]);
	return Buffer.concat(taken);
}

export async function contentOf(store: BlobStore, name: string): Promise<Buffer> {
	return buffer((await store.get(name)).stream());
}

export async function expectCode(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
	const outcome = await promise.then(
		() => "no error",
		(error: unknown) => (error instanceof DomainError ? error.code : error),
	);
	expect(outcome).toBe(code);
}

export function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

export function md5(bytes: Uint8Array): string {
	return createHash("md5").update(bytes).digest("hex");
}
