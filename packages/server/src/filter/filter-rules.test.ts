import { describe, expect, it } from "vitest";
import { type FieldTable, fieldsOf, parseOrder } from "./field-rules.ts";
import { type FilterField, parseFilter } from "./filter-rules.ts";

type Column = "name" | "metadata" | "number" | "id";
const table: FieldTable<Column> = new Map<string, FilterField<Column>>([
	["name", { kind: "text", column: "name" }],
	["metadata", { kind: "json", column: "metadata", paths: [[]] }],
	["number", { kind: "number", column: "number", read: (text) => (text === "one" ? 1 : undefined) }],
	["id", { kind: "id", column: "id", read: (text) => (text === "known" ? "k" : undefined) }],
]);
const fieldOf = fieldsOf("Things", table);
const filterOf = (value: unknown) => parseFilter(JSON.stringify(value), fieldOf);
const nothing = { kind: "any", of: [] };

describe("a filter", () => {
	it("names the fields that there are", () => {
		const text = 'Things have no field "colour"; there are name, metadata.KEY, number, id.';
		expect(() => filterOf({ colour: "red" })).toThrow(text);
		expect(() => filterOf({ "name.x": "red" })).toThrow('Things have no field "name.x"');
	});

	it("takes the spellings of a number and of an id", () => {
		expect(filterOf({ number: "one" })).toMatchObject({ kind: "compare", value: 1 });
		expect(filterOf({ id: "known" })).toMatchObject({ kind: "compare", value: "k" });
		expect(filterOf({ id: "unknown" })).toEqual(nothing);
		expect(filterOf({ id: { $in: ["unknown", "known"] } })).toMatchObject({ kind: "in", values: ["k"] });
		expect(() => filterOf({ number: "two" })).toThrow("it wants a number");
		expect(() => filterOf({ id: { $gt: "known" } })).toThrow("$gt does not apply to ids");
	});

	it("looks for a key with dots as a place and as one key", () => {
		expect(filterOf({ "metadata.a.b": 1 })).toMatchObject({ field: { paths: [["a", "b"], ["a.b"]] } });
	});

	it("knows that nothing is neither more nor less than nothing", () => {
		expect(filterOf({ name: { $gt: null } })).toEqual(nothing);
		expect(filterOf({ name: { $lte: null } })).toMatchObject({ operator: "eq", value: null });
	});

	it("leaves out what no database text can hold", () => {
		expect(parseFilter('{"name": "a\\u0000b\\ud800"}', fieldOf)).toMatchObject({ value: "ab\ufffd" });
	});

	it.each([
		["(?x)a", "(?x"],
		["(?P=a)", "(?P="],
		["\\p{L}", "\\p"],
		["(a)\\1", "\\1"],
		["***=a", "***"],
		["a\\", "\\"],
		["[\\b]", "\\b"],
		["[a", "never closed"],
		["[a-\\", "\\"],
	])("refuses the pattern %j", (pattern, text) => {
		expect(() => filterOf({ name: { $regex: pattern } })).toThrow(JSON.stringify(text).slice(1, -1));
	});
});

describe("an order", () => {
	const orders = { noun: "Things", keys: new Map([["name", "n"] as const, ["created_at", "c"] as const]) };
	it("has a sign, and names the keys that there are", () => {
		expect(parseOrder(null, orders)).toBeNull();
		expect(parseOrder("name", orders)).toEqual({ by: "n", direction: "asc" });
		expect(parseOrder("-created_at", orders)).toEqual({ by: "c", direction: "desc" });
		expect(() => parseOrder("+loss", orders)).toThrow(
			'Things cannot be ordered by "+loss": use one of name, created_at',
		);
	});
});
