import { expect, test } from "vitest";
import { median, percentile } from "./statistics.ts";

test("the median is the middle, or between the two in the middle", () => {
	expect(median([5, 1, 9])).toBe(5);
	expect(median([4, 1, 9, 2])).toBe(3);
	expect(median([7])).toBe(7);
});

test("a percentile is the value that this part does not exceed", () => {
	const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
	expect(percentile(hundred, 0.95)).toBe(95);
	expect(percentile(hundred, 1)).toBe(100);
	expect(percentile([3], 0.5)).toBe(3);
});
