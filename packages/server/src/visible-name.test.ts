import { describe, expect, it } from "vitest";
import { whatIsUnseen } from "./visible-name.ts";

describe("what cannot be seen in a name", () => {
	it.each([
		["\u0000", "U+0000"],
		["two\nlines", "U+000A"],
		["delete\u007f", "U+007F"],
		["next line\u0085", "U+0085"],
		["soft\u00adhyphen", "U+00AD"],
		["\u061cmark", "U+061C"],
		["zero\u200bwidth", "U+200B"],
		["non\u200cjoiner", "U+200C"],
		["join\u200der", "U+200D"],
		["end\u200d", "U+200D"],
		["\u200ddo", "U+200D"],
		["left\u200e", "U+200E"],
		["right\u200f", "U+200F"],
		["line\u2028", "U+2028"],
		["\u202efdp.exe", "U+202E"],
		["\u2066isolate\u2069", "U+2066"],
		["word\u2060joiner", "U+2060"],
		["\ufeffmark", "U+FEFF"],
		["half\ud800", "U+D800"],
		["\udc00half", "U+DC00"],
		["tag\u{e0041}", "U+E0041"],
	])("%j is refused", (name, code) => {
		expect(whatIsUnseen(name)).toContain(code);
	});

	it.each([
		"",
		"plain name.txt",
		"データ／学習済み",
		"葛\u{e0100}飾区",
		"narrow\u202fAM.png",
		"עברית",
		"می\u200cخواهم",
		"क्\u200dष",
		"👩\u200d👩\u200d👧.png",
		"👍🏽",
		"🏳\ufe0f\u200d🌈",
		"👩🏽\u200d🚀",
		"e\u0301",
		"%2e%2e%2f",
		"100%",
	])("%j is taken", (name) => {
		expect(whatIsUnseen(name)).toBeNull();
	});
});
