import { expect, test } from "vitest";
import { briefValue, jsonRows, mostChildren, parseJson, prettyJson } from "./json-rows.ts";

test("a document opens level by level, and keys with dots or quotes are told apart", () => {
	const value = { a: [1, { b: null }], 'x"."y': "text", x: { y: 1 } };
	const rows = (open: string[]) =>
		jsonRows(value, new Set(open)).map(({ level, name, size }) => `${level} ${name ?? ""} ${size ?? "-"}`);
	expect(rows([])).toEqual(["0  3"]);
	expect(rows(["", '"a"'])).toEqual(["0  3", "1 a 2", "2 0 -", "2 1 1", '1 x"."y -', "1 x 1"]);
});

test("a document nested a hundred thousand deep is read and shown, though not written with indentation", () => {
	const depth = 100_000;
	const parsed = parseJson(`${"[".repeat(depth)}${"]".repeat(depth)}`);
	if (!("value" in parsed)) throw new Error("was not read");
	expect(jsonRows(parsed.value, new Set(["", '"0"']))).toHaveLength(3);
	expect(prettyJson(parsed.value)).toBeUndefined();
});

test("of a very long list the first values are shown", () => {
	expect(jsonRows(new Array(mostChildren + 10).fill(0), new Set([""]))).toHaveLength(mostChildren + 1);
});

test("numbers as only Python writes them are read as words, in strings they stay", () => {
	expect(parseJson('{"a": NaN, "b": [-Infinity], "c": "NaN \\" Infinity"}')).toEqual({
		value: { a: "NaN", b: ["-Infinity"], c: 'NaN " Infinity' },
	});
	expect(parseJson("{")).toHaveProperty("error");
});

test("a name that objects come with is a key like others", () => {
	const parsed = parseJson('{"__proto__": {"polluted": true}, "constructor": 1}');
	if (!("value" in parsed)) throw new Error("was not read");
	expect(jsonRows(parsed.value, new Set([""])).map(({ name }) => name)).toEqual([
		undefined,
		"__proto__",
		"constructor",
	]);
	expect({}).not.toHaveProperty("polluted");
});

test("a value on one line is cut", () => {
	expect(briefValue("x".repeat(600))).toHaveLength(503);
	expect(briefValue(true)).toBe("true");
});
