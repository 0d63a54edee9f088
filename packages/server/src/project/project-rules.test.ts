import { describe, expect, test } from "vitest";
import { checkDescription, checkProjectName, parseAccess, projectNameKey } from "./project-rules.ts";

describe("project names", () => {
	test.each(["a", "My Project", "été", "日本語", "a.b_c-d@e!", "x".repeat(128)])("%s can be used", (name) => {
		expect(() => checkProjectName(name)).not.toThrow();
	});

	test.each([
		["", /empty/],
		["  ", /empty/],
		["a/b", /may not contain any/],
		["a\\b", /may not contain any/],
		["a#b", /may not contain any/],
		["a?b", /may not contain any/],
		["a%b", /may not contain any/],
		["a:b", /may not contain any/],
		["a\r\nb", /control characters/],
		["a\u0000b", /control characters/],
		["\ud800", /U\+D800/],
		["\u202efdp.exe", /U\+202E/],
		["..", /no address/],
		["x".repeat(129), /129 characters/],
	])("%j cannot", (name, reason) => {
		expect(() => checkProjectName(name)).toThrow(reason);
	});
});

test("names are compared as they are, and without case under an org entity", () => {
	expect(projectNameKey("team", "Zoo")).toBe("Zoo");
	expect(projectNameKey("user", "Zoo")).toBe("Zoo");
	expect(projectNameKey("organization", "Zoo")).toBe("zoo");
});

test("an access is one of four", () => {
	expect(parseAccess("USER_READ")).toBe("USER_READ");
	expect(() => parseAccess("user_read")).toThrow(/PRIVATE/);
});

test("a description is text of bounded length", () => {
	expect(() => checkDescription("a\nb")).not.toThrow();
	expect(() => checkDescription("x".repeat(100_001))).toThrow(/100000/);
	expect(() => checkDescription("\u0000")).toThrow(/NUL/);
});
