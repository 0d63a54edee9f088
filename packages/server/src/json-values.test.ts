import fc from "fast-check";
import { expect, it } from "vitest";
import { hasMoreValuesThan } from "./json-values.ts";

function countValues(value: unknown): number {
	if (typeof value !== "object" || value === null) return 1;
	return Object.values(value).reduce((sum: number, inner) => sum + countValues(inner), 1);
}

it("never takes a text for smaller than it is, nor for more than three times as large", () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = JSON.stringify(value);
			const values = countValues(value);
			expect(hasMoreValuesThan(text, values - 1)).toBe(true);
			expect(hasMoreValuesThan(text, 3 * values)).toBe(false);
		}),
	);
});

it("does not count what stands inside texts", () => {
	expect(hasMoreValuesThan(JSON.stringify([`\\",:[{`.repeat(1000)]), 2)).toBe(false);
});

it("ends at the end of a broken text", () => {
	expect(hasMoreValuesThan('["never closed, and on', 5)).toBe(false);
	expect(hasMoreValuesThan("[".repeat(100), 99)).toBe(true);
});
