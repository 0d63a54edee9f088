import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkMetadata, md5HexFromBase64, ttlFromWire } from "./artifact-input-rules.ts";

describe("metadata", () => {
	test("is kept as it is", () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				fc.pre(!text.includes("\\u0000"));
				expect(checkMetadata(text)).toBe(text);
			}),
		);
		expect(checkMetadata(null)).toBeNull();
		expect(checkMetadata(undefined)).toBeNull();
	});

	test("loses NUL characters, and nothing that only looks like one", () => {
		const value = { "a\u0000b": "\u0000", path: "C:\\u0000", both: "\\\u0000" };
		expect(JSON.parse(checkMetadata(JSON.stringify(value)) ?? "")).toEqual({ ab: "", path: "C:\\u0000", both: "\\" });
	});

	test("holds no number that would be read back as thousands of digits", () => {
		expect(checkMetadata(`{"a": 1e131000, "b": [1e300, 1.50]}`)).toBe(`{"a": "Infinity", "b": [1e300, 1.50]}`);
		expect(() => checkMetadata(`[${Array(10_001).fill("1e300").join()}]`)).toThrow(
			expect.objectContaining({ code: "INVALID_INPUT" }),
		);
	});

	test("keeps of half a surrogate pair the replacement character", () => {
		expect(JSON.parse(checkMetadata('"\\ud800"') ?? "")).toBe("\ufffd");
	});

	test("holds one mebibyte and no more, counted in bytes", () => {
		const of = (bytes: number) => JSON.stringify("é".repeat((bytes - 2) / 2));
		expect(checkMetadata(of(1024 * 1024))).toHaveLength(512 * 1024 + 1);
		expect(() => checkMetadata(of(1024 * 1024 + 2))).toThrow(
			expect.objectContaining({ code: "UNPROCESSABLE", message: expect.stringMatching(/1048578 bytes/) }),
		);
	});
});

describe("a time to live", () => {
	test.each([
		[null, null],
		[undefined, null],
		[-1, null],
		[-2, -2],
		[1, 1],
		[2_147_483_647, 2_147_483_647],
	])("%s is kept as %s", (wire, kept) => {
		expect(ttlFromWire(wire)).toBe(kept);
	});

	test.each([0, -3, 1.5, 2_147_483_648, Number.NaN])("%s is refused", (wire) => {
		expect(() => ttlFromWire(wire)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
	});
});

describe("a digest of bytes", () => {
	test("is read as the client writes it", () => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				const base64 = createHash("md5").update(bytes).digest("base64");
				expect(md5HexFromBase64(base64)).toBe(createHash("md5").update(bytes).digest("hex"));
			}),
		);
	});

	test.each([
		"",
		"abc",
		"d41d8cd98f00b204e9800998ecf8427e",
		"1B2M2Y8AsgTpgAmY7PhCfg",
		" 1B2M2Y8AsgTpgAmY7PhCfg==",
		"s3://x",
	])("%j is none", (text) => {
		expect(md5HexFromBase64(text)).toBeNull();
	});
});
