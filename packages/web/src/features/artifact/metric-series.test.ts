import { expect, test } from "vitest";
import { metricKeys, readSeries } from "./metric-series.ts";

test("numbers with a history are metrics, by name", () => {
	const number = (count: number) => ({ typeCounts: [{ type: "number", count }] });
	const keys = { loss: number(3), acc: number(2), once: number(1), _step: number(3), note: { typeCounts: [] } };
	expect(metricKeys({ keys, lastStep: 2 })).toEqual(["acc", "loss"]);
	expect(metricKeys(null)).toEqual([]);
});

test("rows become steps and values; what is no number is left out", () => {
	const rows = [{ _step: 0, loss: 1 }, { _step: 1, loss: "NaN" }, { _step: 2, loss: 0.5 }, null];
	expect(readSeries(rows, "loss")).toEqual({ steps: [0, 2], values: [1, 0.5] });
	expect(readSeries(undefined, "loss")).toEqual({ steps: [], values: [] });
});
