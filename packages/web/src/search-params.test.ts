import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSearch, printSearch } from "./search-params.ts";

test("values stay texts", () => {
	expect(parseSearch("?version=v0&tab=1&x=true")).toEqual({ version: "v0", tab: "1", x: "true" });
	expect(printSearch({ a: undefined })).toBe("");
});

test("writing and reading are inverse", () => {
	const text = fc.string({ unit: "grapheme" });
	fc.assert(
		fc.property(fc.dictionary(text, text), (search) => {
			expect(parseSearch(printSearch(search))).toEqual({ ...search });
		}),
	);
});
