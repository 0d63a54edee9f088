import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blobKey } from "./blob-paths.ts";

describe("blobKey", () => {
	it("spreads blobs over folders", () => {
		const digest = "0123456789abcdef".repeat(4);
		expect(blobKey(digest)).toBe(`blobs/sha256/01/${digest}`);
	});

	it("makes no key of anything but a digest", () => {
		const other = fc.oneof(
			fc.string(),
			fc.constantFrom("../".repeat(21), "0".repeat(63), "0".repeat(65), "A".repeat(64)),
		);
		fc.assert(
			fc.property(
				other.filter((text) => !/^[0-9a-f]{64}$/.test(text) || text.endsWith("\n")),
				(text) => {
					expect(() => blobKey(text)).toThrow("64 lower-case hex");
				},
			),
		);
	});
});
