import { expect, test } from "vitest";
import { entryPattern } from "./entry-pattern-rules.ts";

test.each([
	["cat", "%cat%"],
	[" cat ", "%cat%"],
	["", "%%"],
	["100%_a\\b", "%100\\%\\_a\\\\b%"],
	["*.json", "%.json"],
	["data/**/x?.csv", "data/%/x_.csv"],
	["50%*", "50\\%%"],
])("%j is looked for as %j", (search, pattern) => {
	expect(entryPattern(search)).toBe(pattern);
});

test.each([["a*b*c*d*e*f*g*h"], ["x".repeat(501)], ["a\u0000"]])("%j is refused", (search) => {
	expect(() => entryPattern(search)).toThrow(/shorten it/);
});
