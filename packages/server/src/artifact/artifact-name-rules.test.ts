import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	checkAlias,
	checkCollectionName,
	checkEntryPath,
	checkTag,
	checkTypeName,
	collectionKey,
	nearestNames,
	parseArtifactName,
	parseSelector,
} from "./artifact-name-rules.ts";

const refusal = expect.objectContaining({ code: "INVALID_INPUT" });

function isAccepted(check: (text: string) => void, text: string): boolean {
	try {
		check(text);
		return true;
	} catch (error) {
		expect(error).toEqual(refusal);
		return false;
	}
}

describe("a name with a selector", () => {
	test.each([
		["data", "data", "latest", null, null],
		["data:best", "data", "best", null, null],
		["data:v0", "data", "v0", 0, null],
		["data:v2147483647", "data", "v2147483647", 2_147_483_647, null],
		["data:v2147483648", "data", "v2147483648", null, null],
		["data:v99999999999999999999", "data", "v99999999999999999999", null, null],
		["data:v01", "data", "v01", null, null],
		["data:V1", "data", "V1", null, null],
		["data:", "data", "", null, null],
		["data:a:b", "data", "a:b", null, null],
		["with space:x", "with space", "x", null, null],
		["data:0123456789ab", "data", "0123456789ab", null, "0123456789ab"],
		["data:0123456789a", "data", "0123456789a", null, null],
		["data:0123456789ABCDEF", "data", "0123456789ABCDEF", null, null],
		[`data:${"a".repeat(32)}`, "data", "a".repeat(32), null, "a".repeat(32)],
		[`data:${"a".repeat(33)}`, "data", "a".repeat(33), null, null],
	])("%s", (text, collection, ...[selector, versionIndex, digestPrefix]) => {
		expect(parseArtifactName(text)).toEqual({
			collection,
			selector: { text: selector, versionIndex, digestPrefix },
		});
	});

	test("means the version whose number it spells", () => {
		fc.assert(
			fc.property(fc.nat(2_147_483_647), (index) => {
				expect(parseSelector(`v${index}`).versionIndex).toBe(index);
			}),
		);
	});

	test("is read back from any collection name that may be given", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, alias) => {
				fc.pre(isAccepted(checkCollectionName, name) && isAccepted(checkAlias, alias));
				expect(parseArtifactName(`${name}:${alias}`)).toMatchObject({
					collection: name,
					selector: { text: alias, versionIndex: null },
				});
			}),
		);
	});
});

describe("names", () => {
	const rightToLeft = "מודל-abc";

	test.each([
		"data",
		"Golden Datasets",
		"größe",
		"模型",
		rightToLeft,
		"a.b-c_d",
		"run-abc-table",
		"x".repeat(128),
		"%?#",
	])("a collection may be called %s", (name) => {
		expect(isAccepted(checkCollectionName, name)).toBe(true);
		expect(isAccepted(checkTypeName, name)).toBe(true);
	});

	test.each([
		"",
		" ",
		".",
		"..",
		"a/b",
		"a\\b",
		"a:b",
		"a\u0000b",
		"a\nb",
		"\u007f",
		"x".repeat(129),
		"../x",
		"x".repeat(5000),
	])("no collection may be called %j", (name) => {
		expect(isAccepted(checkCollectionName, name)).toBe(false);
		expect(isAccepted(checkTypeName, name)).toBe(false);
	});

	test("half of a surrogate pair, which no database can keep, and what cannot be seen is in no name", () => {
		for (const check of [checkCollectionName, checkTypeName, checkAlias, checkEntryPath]) {
			expect(isAccepted(check, "a\ud800")).toBe(false);
			expect(isAccepted(check, "a\udcff.txt")).toBe(false);
			expect(isAccepted(check, "a\ud83d\ude00")).toBe(true);
			for (const unseen of ["\u202e", "\u200f", "\u200b", "\u0085"])
				expect(isAccepted(check, `a${unseen}b`)).toBe(false);
		}
	});

	test("are looked up whatever their case", () => {
		expect(collectionKey("MyModel")).toBe(collectionKey("mymodel"));
		expect(collectionKey("a")).not.toBe(collectionKey("b"));
	});

	test.each(["latest", "best model", "production", "2026-11-21", "v", "v1.0", "version1", "V1", rightToLeft, "ab\\c"])(
		"an alias may be %s",
		(alias) => {
			expect(isAccepted(checkAlias, alias)).toBe(true);
		},
	);

	test.each(["", "a/b", "a:b", "a\u0000", "v0", "v12", "v007", "v99999999999999999999", "x".repeat(129)])(
		"no alias may be %j",
		(alias) => {
			expect(isAccepted(checkAlias, alias)).toBe(false);
		},
	);

	test("an alias like a version number is refused with the reason", () => {
		expect(() => checkAlias("v3")).toThrow(/"v3" cannot be an alias.*version numbers/);
	});

	test.each(["a", "a-b", "two words", "a_1", "three  spaces between"])("a tag may be %s", (tag) => {
		expect(isAccepted(checkTag, tag)).toBe(true);
	});

	test.each(["", " a", "a ", "a:b", "a\nb", "é", "x".repeat(129)])("no tag may be %j", (tag) => {
		expect(isAccepted(checkTag, tag)).toBe(false);
	});

	test("a refused name is shown cut short", () => {
		expect(() => checkCollectionName(`a/${"x".repeat(5000)}`)).toThrow(
			expect.objectContaining({ message: expect.stringMatching(/^.{1,250}$/) }),
		);
	});
});

describe("paths in a manifest", () => {
	test.each([
		"a.txt",
		"dir/sub/a.txt",
		"..hidden",
		"a..b/c..",
		"...",
		"spaces and ünïcödé/文件.txt",
		"עברית.txt",
		"%2e%2e/%2f",
		"a:b",
		"back\\slash",
		"__proto__",
		"constructor",
		`${"d/".repeat(100)}x`,
	])("%s is accepted", (path) => {
		expect(isAccepted(checkEntryPath, path)).toBe(true);
	});

	test.each([
		"",
		"..",
		"../a",
		"a/../../b",
		"a/..",
		"/etc/passwd",
		"//host/share",
		"a\u0000.txt",
		"a\nb",
		"..\\a",
		"a\\..\\..\\b",
		"a/..\\b",
		"a/..\\../b",
		"\\windows",
		"\\\\host\\share",
		"C:\\windows",
		"c:/windows",
		"x".repeat(5000),
		"d/".repeat(3000),
		"x".repeat(1025),
	])("%j is refused", (path) => {
		expect(isAccepted(checkEntryPath, path)).toBe(false);
	});

	test("none that is accepted leaves its folder, however the reader's system separates folders", () => {
		const piece = fc.constantFrom("..", ".", "a", "/", "\\", "C:", "\u0000", "é");
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				const path = pieces.join("");
				fc.pre(isAccepted(checkEntryPath, path));
				const folders = path.split(/[/\\]/);
				expect(folders[0]).not.toBe("");
				expect(folders).not.toContain("..");
			}),
			{ numRuns: 2000 },
		);
	});
});

describe("nearestNames", () => {
	const known = ["model", "dataset", "golden-datasets", "metrics"];

	test.each([
		["models", ["model"]],
		["Data-Set", ["dataset", "golden-datasets"]],
		["metric", ["metrics"]],
		["zzz", []],
		["x", []],
	])("of %s", (wanted, expected) => {
		expect(nearestNames(wanted, known)).toEqual(expected);
	});

	test("are not looked for where no name can be that long", () => {
		expect(nearestNames("model".repeat(1_000_000), Array(1000).fill("model"))).toEqual([]);
	});

	test("are among the known ones, at most three, the same one first", () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (names) => {
				const [first = ""] = names;
				const near = nearestNames(first, names);
				expect(near.length).toBeLessThanOrEqual(3);
				expect(names).toEqual(expect.arrayContaining(near));
				expect(near.some((name) => name.toLowerCase() === first.toLowerCase())).toBe(true);
			}),
		);
	});
});
