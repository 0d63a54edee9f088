import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askedRange, contentDisposition, namesEntityTag, safeContentType } from "./download-rules.ts";

describe("askedRange", () => {
	it.each([
		["bytes=0-0", 10, { kind: "part", start: 0, end: 0 }],
		["bytes=2-", 10, { kind: "part", start: 2, end: 9 }],
		["bytes=-3", 10, { kind: "part", start: 7, end: 9 }],
		["bytes=-30", 10, { kind: "part", start: 0, end: 9 }],
		["bytes=5-500", 10, { kind: "part", start: 5, end: 9 }],
		["bytes=10-", 10, { kind: "unsatisfiable" }],
		["bytes=-0", 10, { kind: "unsatisfiable" }],
		["bytes=0-", 0, { kind: "unsatisfiable" }],
		["bytes=-5", 0, { kind: "unsatisfiable" }],
		["bytes=5-4", 10, { kind: "whole" }],
		["bytes=0-1,3-4", 10, { kind: "whole" }],
		["bytes=-", 10, { kind: "whole" }],
		["lines=0-1", 10, { kind: "whole" }],
		[undefined, 10, { kind: "whole" }],
	])("%s of %i bytes", (header, size, expected) => {
		expect(askedRange(header, size)).toEqual(expected);
	});

	it("never leaves the body", () => {
		fc.assert(
			fc.property(fc.option(fc.nat(50)), fc.option(fc.nat(50)), fc.nat(40), (first, last, size) => {
				const range = askedRange(`bytes=${first ?? ""}-${last ?? ""}`, size);
				if (range.kind === "part") {
					expect(range.start).toBeGreaterThanOrEqual(0);
					expect(range.end).toBeGreaterThanOrEqual(range.start);
					expect(range.end).toBeLessThan(size);
				}
			}),
		);
	});
});

describe("contentDisposition", () => {
	it("can be parsed back to the name, whatever the name holds", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
				const value = contentDisposition(name, "application/octet-stream");
				expect(value).toMatch(/^attachment(; filename="[^"\\]*"; filename\*=UTF-8''[\w.!~%-]+)?$/);
				const encoded = /UTF-8''(.*)$/.exec(value)?.[1] ?? "";
				expect(decodeURIComponent(encoded)).toBe(name.slice(name.lastIndexOf("/") + 1));
			}),
		);
	});

	it("survives half a surrogate pair", () => {
		expect(contentDisposition("a\ud800b", "image/png")).toBe("inline; filename=\"a_b\"; filename*=UTF-8''a%EF%BF%BDb");
	});

	it.each([
		["image/png", "inline"],
		["text/plain; charset=utf-8", "inline"],
		["text/html; charset=utf-8", "attachment"],
		["image/svg+xml", "attachment"],
		["application/xhtml+xml", "attachment"],
	])("%s is shown %s", (type, verb) => {
		expect(contentDisposition("file", type)).toMatch(new RegExp(`^${verb};`));
	});
});

describe("safeContentType", () => {
	it.each([
		["text/plain", "x.bin", "text/plain"],
		["text/plain; charset=utf-8", "", "text/plain; charset=utf-8"],
		["text/plain\r\nSet-Cookie: a=b", "x.png", "image/png"],
		[undefined, "a/b.JSON", "application/json"],
		[undefined, "weights", "application/octet-stream"],
		["nonsense", "weights.xyz", "application/octet-stream"],
	])("%s for %s", (declared, name, expected) => {
		expect(safeContentType(declared, name)).toBe(expected);
	});
});

describe("namesEntityTag", () => {
	it.each([
		['"abc"', true],
		['W/"abc"', true],
		['"x", "abc"', true],
		['"abcd"', false],
		["abc", false],
		[undefined, false],
	])("%s", (header, expected) => {
		expect(namesEntityTag(header, '"abc"')).toBe(expected);
	});
});
