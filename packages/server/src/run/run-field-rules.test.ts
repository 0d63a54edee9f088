import { describe, expect, it } from "vitest";
import { parseFilter, patternsOf } from "../filter/filter-rules.ts";
import { parseRunField, parseRunOrder } from "./run-field-rules.ts";

const parseRunFilter = (text: string | null | undefined) => parseFilter(text, parseRunField);

function filterOf(value: unknown) {
	return parseRunFilter(JSON.stringify(value));
}

describe("a filter of runs", () => {
	it("takes nothing, null and {} for no filter", () => {
		for (const text of [null, undefined, "", "null", "{}"])
			expect(parseRunFilter(text)).toEqual({ kind: "all", of: [] });
	});

	it("reads what Sweep.runs sends", () => {
		expect(filterOf({ $and: [{ sweep: "abcd1234" }] })).toEqual({
			kind: "all",
			of: [{ kind: "compare", field: { kind: "text", column: "sweep" }, operator: "eq", value: "abcd1234" }],
		});
	});

	it("reads negations as what they negate", () => {
		const equal = filterOf({ state: "finished" });
		expect(filterOf({ state: { $ne: "finished" } })).toEqual({ kind: "not", of: equal });
		expect(filterOf({ state: { $not: { $eq: "finished" } } })).toEqual({ kind: "not", of: equal });
		expect(filterOf({ $not: { state: "finished" } })).toEqual({ kind: "not", of: equal });
		expect(filterOf({ $nor: [{ state: "finished" }] })).toEqual({ kind: "not", of: { kind: "any", of: [equal] } });
	});

	it("reads times, in UTC where they have no zone", () => {
		const value = new Date("2026-11-21T05:09:57Z");
		for (const text of ["2026-11-21T05:09:57Z", "2026-11-21T05:09:57", "2026-11-21 05:09:57"]) {
			expect(filterOf({ created_at: { $gte: text } })).toMatchObject({ operator: "gte", value });
		}
	});

	it("tells a pattern from other filters, however deep", () => {
		expect(patternsOf(filterOf({ $or: [{ $not: { name: { $regex: "^a" } } }] }))).toEqual(["^a"]);
		expect(patternsOf(filterOf({ $or: [{ name: "a" }] }))).toEqual([]);
	});

	it.each<[unknown, RegExp]>([
		[[1], /must be a JSON object/],
		[{ color: "red" }, /Runs have no field "color"; there are state/],
		[{ $where: "1" }, /no operator "\$where"/],
		[{ state: { $like: "x" } }, /no operator "\$like"/],
		[{ state: {} }, /says nothing/],
		[{ state: 3 }, /it wants text/],
		[{ tags: [1] }, /it wants text/],
		[{ name: { $regex: "(a)\\1" } }, /no back-references/],
		[{ name: { $size: 1 } }, /does not apply/],
		[{ "config.lr": { value: 1 } }, /named with dots/],
		[{ tags: { $gt: "a" } }, /does not apply to tags/],
		[{ "config.lr": [[1]] }, /a single value/],
		[{ created_at: "yesterday" }, /is no time/],
		[{ created_at: { $regex: "2026" } }, /does not apply to times/],
		[{ name: { $regex: "a".repeat(201) } }, /more than 200 characters/],
		[{ name: { $in: "a" } }, /\$in takes a list/],
		[{ name: { $exists: 1 } }, /true or false/],
		[{ $and: { state: "x" } }, /\$and takes a list/],
		[{ name: { $in: Array.from({ length: 1001 }, () => "a") } }, /more than 1000 values/],
		[{ $and: Array.from({ length: 101 }, () => ({ name: "a" })) }, /more than 100 terms/],
	])("refuses %j in a sentence", (value, text) => {
		expect(() => filterOf(value)).toThrow(
			expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringMatching(text) }),
		);
	});

	it("refuses what is nested too deep", () => {
		let deep: unknown = { state: "finished" };
		for (let level = 0; level < 10; level++) deep = { $and: [deep] };
		expect(() => filterOf(deep)).toThrow(/more than 10 levels/);
		let deepInField: unknown = { $eq: "finished" };
		for (let level = 0; level < 11; level++) deepInField = { $not: deepInField };
		expect(() => filterOf({ state: deepInField })).toThrow(/more than 10 levels/);
	});

	it("refuses text that is no JSON", () => {
		expect(() => parseRunFilter("{state}")).toThrow("The filter is not valid JSON.");
	});
});

describe("parseRunField", () => {
	it.each([
		["config.lr", [["lr", "value"]]],
		["config.lr.value", [["lr", "value"]]],
		[
			"config.net.depth",
			[
				["net", "value", "depth"],
				["net.depth", "value"],
			],
		],
		[
			"config.net.depth.value",
			[
				["net", "value", "depth"],
				["net.depth", "value"],
			],
		],
		["config.net.value.depth", [["net", "value", "depth"]]],
		["summary_metrics.loss", [["loss"]]],
		["summary_metrics.val.loss", [["val", "loss"], ["val.loss"]]],
	])("finds %s", (key, paths) => {
		expect(parseRunField(key)).toMatchObject({ kind: "json", paths });
	});
});

describe("parseRunOrder", () => {
	it("is oldest first where nothing is said, and takes a sign", () => {
		expect(parseRunOrder(null)).toEqual({ field: { kind: "time", column: "createdAt" }, direction: "asc" });
		expect(parseRunOrder("-created_at").direction).toBe("desc");
		expect(parseRunOrder("summary_metrics.loss").direction).toBe("asc");
		expect(() => parseRunOrder("+tags")).toThrow(/cannot be ordered by tags/);
		expect(() => parseRunOrder("-")).toThrow(/have no field/);
	});
});
