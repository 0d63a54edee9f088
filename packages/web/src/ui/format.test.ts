import fc from "fast-check";
import { expect, test } from "vitest";
import { formatBytes, formatDuration, formatRelative, formatValue } from "./format.ts";

test.each([
	[0, "0 B"],
	[999, "999 B"],
	[1000, "1 KB"],
	[1234, "1.23 KB"],
	[45_600_000, "45.6 MB"],
	[999_499, "999 KB"],
	[999_500, "1 MB"],
	[5_368_709_120, "5.37 GB"],
	[100_000_000_000, "100 GB"],
])("%i bytes read %s", (bytes, text) => {
	expect(formatBytes(bytes, "en")).toBe(text);
});

test("no size needs more than four digits before its unit", () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER - 1 }), (bytes) => {
			const [number = "", unit = ""] = formatBytes(bytes, "en").split(" ");
			expect(number.replace(/[.,]/g, "").length).toBeLessThanOrEqual(4);
			expect(unit).toMatch(/^[KMGTP]?B$/);
		}),
	);
});

test.each([
	[-5, "0s"],
	[12_000, "12s"],
	[184_000, "3m 04s"],
	[7_620_000, "2h 07m"],
	[443_000_000, "5d 03h"],
])("%i ms read %s", (milliseconds, text) => {
	expect(formatDuration(milliseconds)).toBe(text);
});

test("relative times use the language's words", () => {
	const now = Date.parse("2026-11-21T12:00:00Z");
	expect(formatRelative("2026-11-21T11:57:00Z", now, "en")).toBe("3 min. ago");
	expect(formatRelative("2026-11-20T11:57:00Z", now, "en")).toBe("yesterday");
	expect(formatRelative("2026-11-21T11:57:00Z", now, "ja")).toBe("3 分前");
	expect(formatRelative("2024-11-01T00:00:00Z", now, "en")).toBe("2 yr. ago");
});

test("values: short numbers, plain text, objects as JSON", () => {
	expect(formatValue(0.123456789, "en")).toBe("0.123457");
	expect(formatValue(1e-7, "en")).toBe("1.0000e-7");
	expect(formatValue(2026, "en")).toBe("2026");
	expect(formatValue("zoo", "en")).toBe("zoo");
	expect(formatValue({ a: [1] }, "en")).toBe('{"a":[1]}');
	expect(formatValue(null, "en")).toBe("null");
});
