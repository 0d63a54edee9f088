import { expect, test } from "vitest";
import { gapMilliseconds, type Reading, readOn } from "./live-rules.ts";

const start: Reading = { settled: 10, seen: new Map() };

test("what comes in order is settled at once", () => {
	expect(readOn(start, [11, 12], 0)).toEqual({ settled: 12, seen: new Map() });
});

test("what lies behind a gap waits until the gap is filled", () => {
	const waiting = readOn(start, [11, 13, 14], 0);
	expect(waiting).toEqual({
		settled: 11,
		seen: new Map([
			[13, 0],
			[14, 0],
		]),
	});
	expect(readOn(waiting, [12], 1)).toEqual({ settled: 14, seen: new Map() });
});

test("a gap that has grown old is one for ever: its transaction was undone", () => {
	const waiting = readOn(start, [12], 0);
	expect(readOn(waiting, [15], gapMilliseconds)).toEqual({ settled: 12, seen: new Map([[15, gapMilliseconds]]) });
});

test("what was seen is not seen once more", () => {
	const waiting = readOn(start, [12], 0);
	expect(readOn(waiting, [9, 12], 5)).toEqual(waiting);
});

test("no more is remembered than has room", () => {
	const even = Array.from({ length: 6_000 }, (_, index) => 12 + index * 2);
	expect(readOn(start, even, 0).seen.size).toBe(5_000);
});
