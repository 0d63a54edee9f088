import { expect, test } from "vitest";
import { anyOf, collectionFilter, collectionText, versionText } from "./registry-filters.ts";

test("what nobody asked for is no filter", () => {
	expect(anyOf(collectionText(""))).toBeNull();
	expect(anyOf(versionText(""))).toBeNull();
	expect(collectionFilter({})).toBeNull();
	expect(collectionFilter({ text: "  ", tag: "", type: undefined })).toBeNull();
});

test("a text is looked for as it stands, whatever the case", () => {
	expect(JSON.parse(collectionFilter({ text: "a.b (c)" }) ?? "")).toEqual({
		$and: [
			{
				$or: ["name", "tag", "alias"].map((field) => ({ [field]: { $regex: "(?i)a\\.b \\(c\\)" } })),
			},
		],
	});
});

test("text, tag and type must all hold", () => {
	const filter = JSON.parse(collectionFilter({ text: "x", tag: "eu", type: "model" }) ?? "");
	expect(filter.$and.slice(1)).toEqual([{ tag: "eu" }, { type: "model" }]);
});

test("a number is a version's number or part of its names", () => {
	expect(versionText("V12")[0]).toEqual({ version: "v12" });
	expect(versionText("3")[0]).toEqual({ version: "3" });
	expect(versionText("prod")).toHaveLength(2);
});
