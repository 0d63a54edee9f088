import { expect, test } from "vitest";
import { allMetrics, commonestMetric, metricOrder, metricsOf, sortByMetric } from "./metrics.ts";

test("metrics are the numbers of the run's summary and of the metadata, however deep", () => {
	const values = metricsOf({
		metadata: '{"rows":42,"split":{"train":0.8},"name":"zoo","list":[1]}',
		createdBy: { summaryMetrics: '{"acc":0.9,"_step":7,"loss":null}' },
	});
	expect(Object.fromEntries(values)).toEqual({ "summary.acc": 0.9, "metadata.rows": 42, "metadata.split.train": 0.8 });
	expect(metricsOf({ metadata: null, createdBy: { username: "ann" } }).size).toBe(0);
	expect(metricsOf({ createdBy: null }).size).toBe(0);
});

test("those of runs come first, each once", () => {
	const values = [new Map([["metadata.b", 1]]), new Map([["summary.z", 1]]), new Map([["summary.a", 1]])];
	expect(allMetrics([...values, ...values]).map(({ id }) => id)).toEqual(["summary.a", "summary.z", "metadata.b"]);
});

test("a chart opens on what the most versions have", () => {
	const values = [
		new Map([["summary.a", 1]]),
		new Map([
			["metadata.rows", 1],
			["summary.b", 1],
			["summary.c", 2],
		]),
		new Map([
			["metadata.rows", 1],
			["summary.b", 1],
			["summary.c", 2],
		]),
	];
	expect(commonestMetric(allMetrics(values), values)?.id).toBe("summary.b");
	expect(commonestMetric([], [])).toBeUndefined();
});

test("an order by a metric is told from the server's orders", () => {
	expect(metricOrder("-metric:summary.acc")).toEqual({ id: "summary.acc", ascending: false });
	expect(metricOrder("+metric:metadata.a.b")).toEqual({ id: "metadata.a.b", ascending: true });
	expect(metricOrder("-version")).toBeUndefined();
	expect(metricOrder(undefined)).toBeUndefined();
});

test("rows without the number stand last, either way", () => {
	const rows = [{ n: 2 }, {}, { n: 3 }, { n: 1 }];
	const numberOf = (row: { n?: number }) => row.n;
	expect(sortByMetric(rows, numberOf, true)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, {}]);
	expect(sortByMetric(rows, numberOf, false)).toEqual([{ n: 3 }, { n: 2 }, { n: 1 }, {}]);
});
