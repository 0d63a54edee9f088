import { expect, test } from "vitest";
import { readTab, versionTabs } from "./version-tabs.ts";

test("every tab is read by its own name, none means the first", () => {
	for (const tab of versionTabs) expect(readTab(tab)).toBe(tab);
	expect(readTab(undefined)).toBe("version");
});

test("/graph and /lineage are the same tab; unknown words are none", () => {
	expect(readTab("graph")).toBe("lineage");
	expect(readTab("nonsense")).toBeUndefined();
	expect(readTab("constructor")).toBeUndefined();
});
