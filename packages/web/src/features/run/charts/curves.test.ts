import { expect, test } from "vitest";
import { align, curveOf, printSpan, readSpan, smooth } from "./curves.ts";
import { groupKeys, numericKeys, readHistoryKeys } from "./history-keys.ts";

test("a curve has the rows with both numbers, in the order of the axis, the last of each place", () => {
	const rows = [{ _step: 2, a: 5 }, { _step: 1, a: 1 }, { _step: 1, a: 2 }, { _step: 3, a: "NaN" }, { a: 1 }, null];
	expect(curveOf(rows, "_step", "a")).toEqual({ xs: [1, 2], ys: [2, 5] });
	expect(curveOf(undefined, "_step", "a")).toEqual({ xs: [], ys: [] });
});

test("smoothing keeps a constant what it is, skips gaps, and follows slowly", () => {
	expect(smooth([3, 3, null, 3], 0.9).map((value) => value && Number(value.toFixed(9)))).toEqual([3, 3, null, 3]);
	const [first, second] = smooth([0, 10], 0.5);
	expect([first, Number(second?.toFixed(3))]).toEqual([0, 6.667]);
	expect(smooth([1, 2], 0)).toEqual([1, 2]);
});

test("curves of several runs stand over all their places", () => {
	const aligned = align([
		{ xs: [0, 2], ys: [1, 2] },
		{ xs: [1, 2], ys: [3, 4] },
	]);
	expect(aligned).toEqual({
		xs: [0, 1, 2],
		ys: [
			[1, null, 2],
			[null, 3, 4],
		],
	});
});

test("a span of the axis survives the address; nonsense is none", () => {
	for (const span of [
		{ from: -1.5, to: 3 },
		{ from: 1_790_000_000.123, to: 1_790_000_100 },
		{ from: 0, to: 1e-7 },
	]) {
		expect(readSpan(printSpan(span))).toEqual(span);
	}
	expect([readSpan("3~1"), readSpan("a~b"), readSpan(undefined)]).toEqual([undefined, undefined, undefined]);
});

test("keys are sorted as people count, curves are of numbers alone, groups are prefixes", () => {
	const keys = readHistoryKeys({
		keys: {
			"train/loss": { typeCounts: [{ type: "number", count: 3 }] },
			"layer/10": { typeCounts: [{ type: "number", count: 1 }] },
			"layer/9": { typeCounts: [{ type: "number", count: 1 }] },
			acc: {
				typeCounts: [
					{ type: "string", count: 1 },
					{ type: "number", count: 1 },
				],
			},
			image: { typeCounts: [{ type: "image-file", count: 1 }] },
			_runtime: { typeCounts: [{ type: "number", count: 3 }] },
		},
	});
	expect(numericKeys(keys)).toEqual(["acc", "layer/9", "layer/10", "train/loss"]);
	expect(groupKeys(numericKeys(keys)).map(({ name, keys: members }) => [name, members.length])).toEqual([
		["", 1],
		["layer", 2],
		["train", 1],
	]);
	expect(readHistoryKeys(null)).toEqual([]);
});
