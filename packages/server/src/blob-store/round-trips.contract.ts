import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { BlobStore } from "./blob-store.ts";
import { contentOf, each, expectCode, inChunks, kib, md5, never, patterned, sentBy, sha256 } from "./contract-bytes.ts";

/** Content as a whole, however it came. */
export function roundTrips(store: () => BlobStore): void {
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
}

/** Parts of content, and content sent to somebody. */
export function sending(store: () => BlobStore): void {
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
