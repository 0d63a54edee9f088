import fc from "fast-check";
import { expect, it } from "vitest";
import { parseLenientJson } from "./lenient-json.ts";

it("reads what JSON.parse reads, the same way", () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = JSON.stringify(value);
			expect(parseLenientJson(text)).toEqual(JSON.parse(text));
		}),
	);
});

it("reads bare numbers that JSON has no form for, and leaves text alone", () => {
	expect(parseLenientJson('{"a": NaN, "b": [-Infinity, Infinity], "NaN": "x \\" NaN"}')).toEqual({
		a: "NaN",
		b: ["-Infinity", "Infinity"],
		NaN: 'x " NaN',
	});
});

it("still refuses what is no JSON", () => {
	expect(() => parseLenientJson("{NaN")).toThrow(SyntaxError);
});

it("finds the end of strings that end in backslashes", () => {
	const value = { a: "\\", b: '\\"', c: "\\\\\\" };
	const text = JSON.stringify(value).replace("{", '{"n": NaN,');
	expect(parseLenientJson(text)).toEqual({ n: "NaN", ...value });
});
