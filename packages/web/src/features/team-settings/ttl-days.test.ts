import { expect, test } from "vitest";
import { daysOf, secondsOf } from "./ttl-days.ts";

test("days are told in seconds, and seconds in days", () => {
	expect(daysOf(2_592_000)).toBe(30);
	expect(daysOf(3_600)).toBe(0.04);
	expect(secondsOf(30)).toBe(2_592_000);
	expect(secondsOf("0.5")).toBe(43_200);
});

test("what is no lifetime is none", () => {
	for (const days of ["", 0, -1, "x", 1e9]) expect(secondsOf(days)).toBeUndefined();
});
