import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseJson, parseJsonObject, wandbConfigText } from "./run-json-rules.ts";

/** What PostgreSQL can keep of a value: no zero characters, no halves of surrogate pairs. */
function storable(value: unknown): unknown {
	if (typeof value === "string") return value.replaceAll("\u0000", "").toWellFormed();
	if (Array.isArray(value)) return value.map(storable);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)]));
}

describe("normaliseJson", () => {
	it("keeps every value but for what PostgreSQL cannot keep", () => {
		fc.assert(
			fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
				const sent = JSON.stringify(value);
				const { text, value: kept } = normaliseJson(sent);
				expect(kept).toEqual(storable(JSON.parse(sent)));
				expect(text).not.toContain("\u0000");
				expect(normaliseJson(text).text).toBe(text);
			}),
		);
	});

	it("makes texts of the bare words for numbers, and only of those", () => {
		const { value } = normaliseJson('{"a": NaN, "b": [Infinity, -Infinity], "c": "NaN, \\"Infinity", "NaN": 1}');
		expect(value).toEqual({ a: "NaN", b: ["Infinity", "-Infinity"], c: 'NaN, "Infinity', NaN: 1 });
	});

	it("refuses a string that never closes without reading it again from each of its quotes", () => {
		expect(() => normaliseJson(`[NaN, "${'\\"'.repeat(2_000_000)}`)).toThrow(SyntaxError);
	});

	it("keeps the spelling of numbers", () => {
		const sent = '{"a": 1.0, "b": 12345678901234567890123, "c": 1e-7, "d": 1.50}';
		expect(normaliseJson(sent).text).toBe(sent);
	});

	it("makes storable what no double holds", () => {
		const { value } = normaliseJson(`{"big": ${"9".repeat(400)}, "less": -1e999, "least": 1e-999, "text": "1e999"}`);
		expect(value).toEqual({ big: "Infinity", less: "-Infinity", least: 0, text: "1e999" });
	});

	it("takes escaped pairs for what they are, and escaped backslashes too", () => {
		const { value } = normaliseJson(
			String.raw`{"pair": "\ud83d\ude00", "half": "\ud83d!", "nul": "a\u0000b", "not": "\\u0000"}`,
		);
		expect(value).toEqual({ pair: "😀", half: "\ufffd!", nul: "ab", not: "\\u0000" });
	});

	it("refuses what is nested beyond reason", () => {
		expect(() => normaliseJson("[".repeat(1000) + "]".repeat(1000))).toThrow(/nested/);
	});
});

describe("parseJsonObject", () => {
	it.each([
		["[1]", "a list"],
		["null", "null"],
		['"x"', "a string"],
	])("refuses %s and names what it is", (text, shown) => {
		expect(() => parseJsonObject(text, "The config")).toThrow(`The config must be a JSON object, not ${shown}.`);
	});

	it("refuses what is no JSON as the caller's mistake", () => {
		expect(() => parseJsonObject('{"a": ', "The config")).toThrow(
			expect.objectContaining({
				code: "INVALID_INPUT",
				message: expect.stringContaining("The config is not valid JSON"),
			}),
		);
	});
});

describe("wandbConfigText", () => {
	it("gives the keys asked for, and an object where there is nothing", () => {
		const config = '{"_wandb": {"value": {"t": {"1": 2}, "m": []}}, "lr": {"value": 1}}';
		expect(wandbConfigText(config, ["t"])).toBe('{"t":{"1":2}}');
		expect(wandbConfigText("{}", ["t"])).toBe("{}");
		expect(wandbConfigText(config, null)).toBe('{"t":{"1":2},"m":[]}');
	});
});
