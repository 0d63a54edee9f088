import { expect, test } from "vitest";
import { type Condition, printConditions, printFilters, readConditions } from "./run-filter.ts";

function filterOf(...conditions: Condition[]): unknown {
	const text = printFilters("", conditions);
	return text === null ? null : JSON.parse(text).$and;
}

test("conditions survive the address; nonsense is passed over", () => {
	const conditions: Condition[] = [
		{ field: "config.lr", test: "gt", value: "0.1" },
		{ field: "group", test: "missing", value: "" },
	];
	expect(printConditions(conditions)).toBe('[["config.lr","gt","0.1"],["group","missing"]]');
	expect(readConditions(printConditions(conditions))).toEqual(conditions);
	expect(printConditions([])).toBeUndefined();
	expect(readConditions('[["a"],["b","fits","c"],["state","is","running"],3]')).toEqual([
		{ field: "state", test: "is", value: "running" },
	]);
	expect([readConditions("{"), readConditions('{"a":1}'), readConditions(undefined)]).toEqual([[], [], []]);
});

test("values of config and summary are what they look like; those of a run's own fields are texts", () => {
	expect(filterOf({ field: "config.lr", test: "is", value: "0.1" })).toEqual([{ "config.lr": 0.1 }]);
	expect(filterOf({ field: "config.lr", test: "isnt", value: '"0.1"' })).toEqual([{ "config.lr": { $ne: "0.1" } }]);
	expect(filterOf({ field: "summary_metrics.ok", test: "is", value: "true" })).toEqual([
		{ "summary_metrics.ok": true },
	]);
	expect(filterOf({ field: "config.name", test: "is", value: "adam" })).toEqual([{ "config.name": "adam" }]);
	expect(filterOf({ field: "group", test: "is", value: "1" })).toEqual([{ group: "1" }]);
	expect(filterOf({ field: "duration", test: "ge", value: "60" })).toEqual([{ duration: { $gte: 60 } }]);
	expect(filterOf({ field: "created_at", test: "gt", value: "2026-11-21" })).toEqual([
		{ created_at: { $gt: "2026-11-21T00:00:00.000Z" } },
	]);
	expect(filterOf({ field: "tags", test: "missing", value: "" })).toEqual([{ tags: { $size: 0 } }]);
	expect(filterOf({ field: "summary_metrics.loss", test: "exists", value: "" })).toEqual([
		{ "summary_metrics.loss": { $ne: null } },
	]);
});

test("a search is by name or id, whatever its case, and letters of patterns stand for themselves", () => {
	const pattern = { $regex: "(?i)a\\.b" };
	expect(JSON.parse(printFilters(" a.b ", []) ?? "")).toEqual({
		$and: [{ $or: [{ display_name: pattern }, { name: pattern }] }],
	});
	expect(printFilters("  ", [])).toBeNull();
});
