import { expect, test } from "vitest";
import { searchedVersions } from "./version-filter.ts";

test("a text finds versions by alias and tag, as it is written", () => {
	expect(searchedVersions("  ")).toBeNull();
	const pattern = { $regex: String.raw`(?i)prod\.eu` };
	expect(JSON.parse(searchedVersions("prod.eu") ?? "")).toEqual({ $or: [{ alias: pattern }, { tag: pattern }] });
});

test.each(["v12", "12", "V12"])("%s finds the version of that number too", (search) => {
	expect(JSON.parse(searchedVersions(search) ?? "").$or[0]).toEqual({ version: 12 });
});
