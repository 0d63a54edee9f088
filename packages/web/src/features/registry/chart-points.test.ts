import { expect, test } from "vitest";
import { chartPoints, rangeOf, stepTo } from "./chart-points.ts";

const row = (versionIndex: number | null, acc?: number) => ({
	id: `id${versionIndex}`,
	versionIndex,
	metrics: new Map(acc === undefined ? [] : [["summary.acc", acc]]),
});

test("versions stand by their numbers, oldest first; those without the metric are left out", () => {
	const points = chartPoints([row(4, 1), row(3), row(0, 0.5), row(1, 0.75), row(null, 9)], "summary.acc");
	expect(points.map(({ version, x, y }) => [version, x, y])).toEqual([
		[0, 0, 0],
		[1, 0.25, 0.5],
		[4, 1, 1],
	]);
	expect(rangeOf(points)).toEqual({ lowest: 0.5, highest: 1 });
});

test("one version, and equal values, stand in the middle", () => {
	expect(chartPoints([row(7, 3)], "summary.acc")).toMatchObject([{ x: 0.5, y: 0.5 }]);
	expect(chartPoints([row(0, 3), row(1, 3)], "summary.acc").map(({ y }) => y)).toEqual([0.5, 0.5]);
	expect(chartPoints([], "summary.acc")).toEqual([]);
});

test("keys walk along the line and stop at its ends", () => {
	expect(stepTo("ArrowRight", 1, 3)).toBe(2);
	expect(stepTo("ArrowRight", 2, 3)).toBe(2);
	expect(stepTo("ArrowLeft", 0, 3)).toBe(0);
	expect(stepTo("Home", 2, 3)).toBe(0);
	expect(stepTo("End", 0, 3)).toBe(2);
	expect(stepTo("PageUp", 0, 30)).toBe(10);
	expect(stepTo("x", 0, 3)).toBeUndefined();
	expect(stepTo("toString", 0, 3)).toBeUndefined();
});
