import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, it, vi } from "vitest";
import { expectCode, inChunks, kib, md5, never, patterned, type StoreUnderTest, sha256 } from "./contract-bytes.ts";

/** Content that is not what was announced. */
export function refusals(under: () => StoreUnderTest): void {
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

/** Content that does not come to an end. */
export function brokenUploads(under: () => StoreUnderTest): void {
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
