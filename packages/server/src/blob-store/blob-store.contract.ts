import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BlobStore } from "./blob-store.ts";
import {
	contentOf,
	expectCode,
	inChunks,
	kib,
	md5,
	never,
	patterned,
	type StoreUnderTest,
	sha256,
} from "./contract-bytes.ts";
import { brokenUploads, refusals } from "./refusals.contract.ts";
import { roundTrips, sending } from "./round-trips.contract.ts";

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
		describe("sending", () => sending(() => store));
		describe("refusals leave nothing", () => refusals(() => under));
		describe("uploads in parts", () => parts(() => under));
		describe("absent, left and hinted at", () => strays(() => under));
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
	});
}

function strays(under: () => StoreUnderTest): void {
	it("knows nothing of absent or ill-named content", async () => {
		const absent = "0".repeat(64);
		expect(await under().store.head(absent)).toBeNull();
		await expectCode(under().store.get(absent), "NOT_FOUND");
		await expectCode(under().store.read(absent, 10), "NOT_FOUND");
		for (const wrong of ["../../etc/passwd", absent.slice(1), absent.toUpperCase().replace("0", "A")]) {
			await expectCode(under().store.get(wrong), "INVALID_INPUT");
		}
	});

	it("sweeps what an earlier process left, and only that", async () => {
		const stored = await under().store.put(inChunks(patterned(10), 10), {}, never);
		await under().leaveUnfinished();
		await under().leaveUnfinished();
		expect(await under().store.sweepUnfinished()).toBe(2);
		expect(await under().store.sweepUnfinished()).toBe(0);
		expect(await under().countObjects()).toBe(1);
		expect(await under().store.head(stored.sha256)).toEqual({ size: 10 });
	});

	it("takes a place that leads nowhere for no more than a hint", async () => {
		const bytes = patterned(300);
		const { sha256: name } = await under().store.put(inChunks(bytes, 300), {}, never);
		const wrong = `00000000-0000-4000-8000-000000000000:7:300`;
		for (const place of [wrong, "nonsense"]) {
			expect(bytes.equals(await under().store.read(name, 300, place))).toBe(true);
			const part = await under().store.get(name, { start: 5, end: 9 }, place);
			expect(bytes.subarray(5, 10).equals(await buffer(part.stream()))).toBe(true);
			expect(await under().store.head(name, place)).toEqual({ size: 300 });
		}
		await expectCode(under().store.read("0".repeat(64), 300, wrong), "NOT_FOUND");
	});

	it("tells how much room is left", async () => {
		expect(await under().store.freeBytes()).toBeGreaterThan(0);
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
