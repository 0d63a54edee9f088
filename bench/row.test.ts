import { expect, test } from "vitest";
import { floor, judge, type Row } from "./row.ts";

const row: Row = { work: "work", unit: "ms", value: 12, beside: floor(10), target: { of: "ratio", atMost: 1.2 } };

test("a ratio is held to its bound, the bound included", () => {
	expect(judge(row)).toMatchObject({ ratio: 1.2, held: true });
	expect(judge({ ...row, value: 13 })).toMatchObject({ ratio: 1.3, held: false });
});

test("a target of the figure itself leaves the ratio out of it", () => {
	expect(judge({ ...row, target: { of: "value", atMost: 11 } }).held).toBe(false);
	expect(judge({ ...row, target: { of: "value", atLeast: 11 } }).held).toBe(true);
});

test("without a target nothing is held, and what failed never is", () => {
	expect(judge({ ...row, target: null })).toMatchObject({ ratio: 1.2, held: null });
	expect(judge({ ...row, value: null, target: null })).toMatchObject({ ratio: null, held: false });
	expect(judge({ ...row, value: null })).toMatchObject({ ratio: null, held: false });
});

test("beside nothing at all there is no ratio", () => {
	expect(judge({ ...row, beside: floor(0), target: { of: "value", atMost: 20 } })).toMatchObject({
		ratio: null,
		held: true,
	});
});
