import { createHash } from "node:crypto";
import { PassThrough, Readable, Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
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

const kib = 1024;
const never = new AbortController().signal;

/** What every adapter owes its callers. */
export function blobStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
	describe(`${name} as a blob store`, () => {
		let under: StoreUnderTest;
		let store: BlobStore;
		beforeEach(async () => {
			under = await open();
			store = under.store;
		});
		afterEach(async () => under.close());

		describe("put and get", () => roundTrips(() => store));
		describe("refusals leave nothing", () => refusals(() => under));
		describe("uploads in parts", () => parts(() => under));
		describe("broken uploads leave nothing", () => brokenUploads(() => under));

		it("keeps equal content once, and says that it was there", async () => {
			const bytes = patterned(100 * kib);
			const first = await store.put(inChunks(bytes, 999), {}, never);
			const second = await store.put(inChunks(bytes, 5_000), {}, never);
			expect(first.existed).toBe(false);
			expect(second).toEqual({ ...first, existed: true });
			expect(await under.countObjects()).toBe(1);
		});

		it("keeps content once, whether it was worth compressing or not", async () => {
			const bytes = patterned(100 * kib);
			const first = await store.put(inChunks(bytes, 999), { compress: true }, never);
			expect(await store.put(inChunks(bytes, 999), {}, never)).toEqual({ ...first, existed: true });
			expect(await under.countObjects()).toBe(1);
			await store.remove(first.sha256);
			expect(await store.head(first.sha256)).toBeNull();
			expect(await under.countObjects()).toBe(0);
		});

		it.each([10, 200 * kib])("takes the same %i bytes from many at once", async (size) => {
			const bytes = patterned(size);
			const all = await Promise.all(Array.from({ length: 16 }, () => store.put(inChunks(bytes, 8_000), {}, never)));
			expect(new Set(all.map((stored) => stored.sha256))).toEqual(new Set([sha256(bytes)]));
			expect(bytes.equals(await contentOf(store, sha256(bytes)))).toBe(true);
			expect(await under.countObjects()).toBe(1);
		});

		it("removes, also what is not there", async () => {
			const stored = await store.put(inChunks(patterned(10), 10), {}, never);
			await store.remove(stored.sha256);
			await store.remove(stored.sha256);
			expect(await store.head(stored.sha256)).toBeNull();
			expect(await under.countObjects()).toBe(0);
		});

		it("knows nothing of absent or ill-named content", async () => {
			const absent = "0".repeat(64);
			expect(await store.head(absent)).toBeNull();
			await expectCode(store.get(absent), "NOT_FOUND");
			await expectCode(store.read(absent, 10), "NOT_FOUND");
			for (const wrong of ["../../etc/passwd", absent.slice(1), absent.toUpperCase().replace("0", "A")]) {
				await expectCode(store.get(wrong), "INVALID_INPUT");
			}
		});

		it("sweeps what an earlier process left, and only that", async () => {
			const stored = await store.put(inChunks(patterned(10), 10), {}, never);
			await under.leaveUnfinished();
			await under.leaveUnfinished();
			expect(await store.sweepUnfinished()).toBe(2);
			expect(await store.sweepUnfinished()).toBe(0);
			expect(await under.countObjects()).toBe(1);
			expect(await store.head(stored.sha256)).toEqual({ size: 10 });
		});

		it("takes a place that leads nowhere for no more than a hint", async () => {
			const bytes = patterned(300);
			const { sha256: name } = await store.put(inChunks(bytes, 300), {}, never);
			const wrong = `00000000-0000-4000-8000-000000000000:7:300`;
			for (const place of [wrong, "nonsense"]) {
				expect(bytes.equals(await store.read(name, 300, place))).toBe(true);
				const part = await store.get(name, { start: 5, end: 9 }, place);
				expect(bytes.subarray(5, 10).equals(await buffer(part.stream()))).toBe(true);
				expect(await store.head(name, place)).toEqual({ size: 300 });
			}
			await expectCode(store.read("0".repeat(64), 300, wrong), "NOT_FOUND");
		});

		it("tells how much room is left", async () => {
			expect(await store.freeBytes()).toBeGreaterThan(0);
		});
	});
}

function roundTrips(store: () => BlobStore): void {
	const sizes = [0, 1, 64 * kib - 1, 64 * kib, 64 * kib + 1, 128 * kib, 512 * kib, 3 * 1024 * kib + 7];
	it.each(sizes)("gives back %i bytes as they came", async (size) => {
		const bytes = patterned(size);
		const stored = await store().put(inChunks(bytes, 16 * kib), { size, md5Hex: md5(bytes), maxSize: size }, never);
		expect(stored).toEqual({ sha256: sha256(bytes), md5Hex: md5(bytes), size, existed: false });
		expect(await store().head(stored.sha256)).toEqual({ size });
		expect(bytes.equals(await contentOf(store(), stored.sha256))).toBe(true);
		expect(bytes.equals(await store().read(stored.sha256, size))).toBe(true);
	});

	it("gives back any bytes, however they were cut", async () => {
		const chunks = fc.array(fc.uint8Array({ maxLength: 40 * kib, size: "max" }), { maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(chunks, async (parts) => {
				const whole = Buffer.concat(parts);
				const stored = await store().put(each(parts), { size: whole.length }, never);
				expect(stored.sha256).toBe(sha256(whole));
				expect(stored.md5Hex).toBe(md5(whole));
				expect(whole.equals(await contentOf(store(), stored.sha256))).toBe(true);
			}),
			{ numRuns: 40 },
		);
	});

	it.each([0, 16 * kib + 1, 64 * kib, 3 * 1024 * kib + 7])(
		"gives back %i bytes that were worth compressing, whole and in parts",
		async (size) => {
			const bytes = Buffer.alloc(size, "text over and over, ");
			const put = () => store().put(inChunks(bytes, 10_000), { size, md5Hex: md5(bytes), compress: true }, never);
			const stored = await put();
			expect(stored).toEqual({ sha256: sha256(bytes), md5Hex: md5(bytes), size, existed: false });
			expect(await put()).toEqual({ ...stored, existed: true });
			expect(await store().head(stored.sha256)).toEqual({ size });
			expect(bytes.equals(await contentOf(store(), stored.sha256))).toBe(true);
			expect(bytes.equals(await store().read(stored.sha256, size))).toBe(true);
			if (size === 0) return;
			await expectCode(store().read(stored.sha256, size - 1), "TOO_LARGE");
			for (const [start, end] of [
				[0, 0],
				[7, size - 1],
				[size - 1, size - 1],
			] as const) {
				const part = await store().get(stored.sha256, { start, end });
				expect(part.size).toBe(size);
				expect(bytes.subarray(start, end + 1).equals(await buffer(part.stream()))).toBe(true);
			}
			await expectCode(store().get(stored.sha256, { start: 0, end: size }), "RANGE_NOT_SATISFIABLE");
		},
	);

	it("reads a Node stream as well as any iterable", async () => {
		const bytes = patterned(300 * kib);
		const stored = await store().put(Readable.from(inChunks(bytes, 7_000)), {}, never);
		expect(bytes.equals(await contentOf(store(), stored.sha256))).toBe(true);
	});

	it("gives ranges, both ends included", async () => {
		const bytes = patterned(200 * kib);
		const { sha256: name } = await store().put(inChunks(bytes, 16 * kib), {}, never);
		for (const [start, end] of [
			[0, 0],
			[0, bytes.length - 1],
			[bytes.length - 1, bytes.length - 1],
			[65_535, 65_537],
			[1_000, 150_000],
		] as const) {
			const part = await store().get(name, { start, end });
			expect(part.size).toBe(bytes.length);
			expect(bytes.subarray(start, end + 1).equals(await buffer(part.stream()))).toBe(true);
		}
		await expectCode(store().get(name, { start: 5, end: 4 }), "RANGE_NOT_SATISFIABLE");
		await expectCode(store().get(name, { start: 0, end: bytes.length }), "RANGE_NOT_SATISFIABLE");
		await expectCode(store().get(name, { start: -1, end: 4 }), "RANGE_NOT_SATISFIABLE");
	});

	it.each([
		[0, {}],
		[300, {}],
		[200 * kib, {}],
		[200 * kib, { compress: true }],
		[3 * 1024 * kib + 7, {}],
	] as const)("writes %i bytes, %j, whole or a range of them, to whoever takes them", async (size, how) => {
		const bytes = patterned(size);
		const { sha256: name } = await store().put(inChunks(bytes, 16 * kib), how, never);
		expect(bytes.equals(await sentBy(await store().get(name)))).toBe(true);
		if (size === 0) return;
		const part = await store().get(name, { start: 100, end: size - 2 });
		expect(bytes.subarray(100, size - 1).equals(await sentBy(part))).toBe(true);
	});

	it.each([{}, { compress: true }])("stops when whoever takes the bytes has gone, %j", async (how) => {
		const bytes = patterned(3 * 1024 * kib);
		const { sha256: name } = await store().put(inChunks(bytes, 16 * kib), how, never);
		const target = new PassThrough();
		target.once("readable", () => target.destroy());
		await expect((await store().get(name)).sendTo(target)).rejects.toThrow();
		const gone = new PassThrough().destroy();
		await expect((await store().get(name)).sendTo(gone)).rejects.toThrow();
	});

	it("reads into memory only what was asked to fit", async () => {
		const { sha256: name } = await store().put(inChunks(patterned(11), 11), {}, never);
		await expectCode(store().read(name, 10), "TOO_LARGE");
	});
}

function parts(under: () => StoreUnderTest): void {
	const upload = "ab".repeat(32);
	const pieces = [patterned(200 * kib), patterned(200 * kib).reverse(), patterned(3)];
	const whole = Buffer.concat(pieces);
	const putPart = (part: number, bytes: Uint8Array, expectation = {}) =>
		under().store.putPart({ upload, part }, inChunks(bytes, 16 * kib), expectation, never);

	it("are joined in order, whatever the order they came in, and then dropped", async () => {
		const { store } = under();
		for (const part of [3, 1, 2]) {
			const piece = pieces[part - 1] ?? Buffer.alloc(0);
			expect(await putPart(part, piece, { md5Hex: md5(piece), size: piece.length })).toMatchObject({
				md5Hex: md5(piece),
			});
		}
		const stored = await store.joinParts(upload, 3, { md5Hex: md5(whole) });
		expect(stored).toEqual({ sha256: sha256(whole), md5Hex: md5(whole), size: whole.length, existed: false });
		expect(whole.equals(await contentOf(store, stored.sha256))).toBe(true);
		await expectCode(store.joinParts(upload, 3, {}), "UNPROCESSABLE");
		expect(await under().countObjects()).toBe(1);
	});

	it("are joined once for all who ask at the same time", async () => {
		const { store } = under();
		await Promise.all(pieces.map((piece, index) => putPart(index + 1, piece)));
		const all = await Promise.all([1, 2, 3].map(() => store.joinParts(upload, 3, { md5Hex: md5(whole) })));
		expect(all.map(({ existed }) => existed)).toEqual([false, false, false]);
	});

	it("can be sent again, and the last one counts", async () => {
		await putPart(1, patterned(5));
		await putPart(1, patterned(6));
		expect(await under().store.joinParts(upload, 1, {})).toMatchObject({ size: 6 });
	});

	it("are refused when they are not what was announced, and when one is missing", async () => {
		await expectCode(putPart(1, patterned(200 * kib), { md5Hex: "0".repeat(32) }), "DIGEST_MISMATCH");
		await expectCode(putPart(1, patterned(10), { size: 9 }), "DIGEST_MISMATCH");
		await putPart(2, patterned(10));
		await expectCode(under().store.joinParts(upload, 2, {}), "UNPROCESSABLE");
		await expectCode(
			under().store.putPart({ upload: "../x", part: 1 }, inChunks(patterned(1), 1), {}, never),
			"INVALID_INPUT",
		);
		await expectCode(putPart(0, patterned(1)), "INVALID_INPUT");
		await under().store.dropParts(upload);
		expect(await under().countObjects()).toBe(0);
	});

	it("are dropped when the whole is not what was announced", async () => {
		await putPart(1, patterned(10));
		await expectCode(under().store.joinParts(upload, 1, { md5Hex: "0".repeat(32) }), "DIGEST_MISMATCH");
		await expectCode(under().store.joinParts(upload, 1, {}), "UNPROCESSABLE");
	});

	it("wait for the rest while somebody sweeps", async () => {
		await putPart(1, patterned(10));
		expect(await under().store.sweepUnfinished()).toBe(0);
		expect(await under().store.joinParts(upload, 1, {})).toMatchObject({ size: 10 });
	});
}

function refusals(under: () => StoreUnderTest): void {
	it("of bytes worth compressing", async () => {
		const bytes = patterned(200 * kib);
		for (const wrong of [{ md5Hex: "0".repeat(32) }, { size: bytes.length + 1 }]) {
			const put = under().store.put(inChunks(bytes, 4_000), { ...wrong, compress: true }, never);
			await expectCode(put, "DIGEST_MISMATCH");
		}
		await expectCode(
			under().store.put(inChunks(bytes, 4_000), { maxSize: 99_999, compress: true }, never),
			"TOO_LARGE",
		);
		expect(await under().countObjects()).toBe(0);
	});

	for (const size of [10, 64 * kib, 200 * kib]) {
		const bytes = patterned(size);
		it.each([
			["another MD5", { md5Hex: "0".repeat(32) }, "DIGEST_MISMATCH"],
			["another XXH128", { md5Hex: md5(bytes), xxh128Hex: "0".repeat(32) }, "DIGEST_MISMATCH"],
			["fewer bytes than announced", { size: size + 1 }, "DIGEST_MISMATCH"],
			["more bytes than announced", { size: size - 1 }, "DIGEST_MISMATCH"],
			["more bytes than allowed", { maxSize: size - 1 }, "TOO_LARGE"],
			["an announcement beyond the limit", { size, maxSize: size - 1 }, "TOO_LARGE"],
		] as const)(`${size} bytes, %s`, async (_what, expectation, code) => {
			await expectCode(under().store.put(inChunks(bytes, 4_000), expectation, never), code);
			expect(await under().store.head(sha256(bytes))).toBeNull();
			expect(await under().countObjects()).toBe(0);
		});
	}

	it("leaves the rest of a refused stream to the caller", async () => {
		const source = new PassThrough();
		source.write(patterned(100));
		await expectCode(under().store.put(source, { maxSize: 50 }, never), "TOO_LARGE");
		expect(source.destroyed).toBe(false);
		source.end("rest");
		expect((await buffer(source)).toString()).toBe("rest");
	});
}

function brokenUploads(under: () => StoreUnderTest): void {
	const kinds = [
		[10, {}],
		[300 * kib, {}],
		[300 * kib, { compress: true }],
	] as const;

	it.each(kinds)("source that fails after %i bytes, %j", async (size, how) => {
		async function* failing() {
			yield* inChunks(patterned(size), 10_000);
			throw new Error("connection reset");
		}
		await expectCode(under().store.put(failing(), how, never), "UNAVAILABLE");
		expect(await under().countObjects()).toBe(0);
	});

	it.each(kinds)("abort while waiting, after %i bytes, %j", async (size, how) => {
		const source = new PassThrough({ highWaterMark: 1024 * kib });
		const abort = new AbortController();
		source.write(patterned(size));
		const put = under().store.put(source, how, abort.signal);
		await vi.waitFor(() => expect(source.readableLength).toBe(0));
		abort.abort();
		await expectCode(put, "UNAVAILABLE");
		expect(source.destroyed).toBe(true);
		expect(await under().countObjects()).toBe(0);
	});

	it("abort before the start", async () => {
		await expectCode(under().store.put(inChunks(patterned(10), 10), {}, AbortSignal.abort()), "UNAVAILABLE");
		expect(await under().countObjects()).toBe(0);
	});
}

function* inChunksSync(bytes: Uint8Array, size: number): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) {
		yield bytes.subarray(at, at + size);
	}
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
	yield* inChunksSync(bytes, size);
}

async function* each(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* parts;
}

/** Bytes without a short period, so that a swapped or lost chunk shows. */
function patterned(size: number): Buffer {
	const bytes = Buffer.alloc(size);
	let state = 1;
	for (let at = 0; at < size; at++) {
		state = (state * 48_271) % 2_147_483_647;
		bytes[at] = state & 0xff;
	}
	return bytes;
}

/** What comes, as a socket takes it: gone from the sender's hands when it has been taken. */
async function sentBy(opened: OpenBlob): Promise<Buffer> {
	const taken: Buffer[] = [];
	const target = new Writable({
		write: (chunk: Uint8Array, _encoding, done) => setImmediate(() => done(void taken.push(Buffer.from(chunk)))),
	});
	await Promise.all([finished(target), opened.sendTo(target)]);
	return Buffer.concat(taken);
}

async function contentOf(store: BlobStore, name: string): Promise<Buffer> {
	return buffer((await store.get(name)).stream());
}

async function expectCode(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
	const outcome = await promise.then(
		() => "no error",
		(error: unknown) => (error instanceof DomainError ? error.code : error),
	);
	expect(outcome).toBe(code);
}

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

function md5(bytes: Uint8Array): string {
	return createHash("md5").update(bytes).digest("hex");
}
