import { expect, test } from "vitest";
import type { Branch } from "../../ui/use-branches.ts";
import type { BrowserItem } from "./browser.queries.ts";
import { browserRows } from "./browser-rows.ts";

const type = (name: string): BrowserItem => ({ kind: "type", name, total: 1 });
const collection = (id: string, of: string) =>
	({ kind: "collection", id, name: id, type: of, versionCount: 1 }) as const;
const version = (index: number): BrowserItem => ({ kind: "version", id: `m${index}`, index, aliases: [] });
const branch = (items: BrowserItem[], next?: string): Branch<BrowserItem> => ({
	items,
	next,
	isLoading: false,
	error: undefined,
});

const branches = new Map([
	["", branch([type("code"), type("dataset"), type("model")])],
	["type:dataset", branch([collection("a", "dataset")], "more")],
	["collection:a", branch([version(1), version(0)])],
]);

function brief(open: string[], more: Partial<Parameters<typeof browserRows>[0]> = {}): string[] {
	const rows = browserRows({ branches, open: new Set(open), current: undefined, showsGenerated: false, ...more });
	return rows.map((row) => (row.kind === "note" ? `${row.level} ${row.note}` : `${row.level} ${row.key}`));
}

test("types that the client makes by itself are hidden unless asked for, or the page is about one", () => {
	expect(brief([])).toEqual(["0 type:dataset", "0 type:model"]);
	expect(brief([], { showsGenerated: true })).toEqual(["0 type:code", "0 type:dataset", "0 type:model"]);
	expect(brief([], { current: collection("c", "code") })[0]).toBe("0 type:code");
});

test("what is open shows what is below it, and that there is more", () => {
	expect(brief(["type:dataset", "collection:a"])).toEqual([
		"0 type:dataset",
		"1 collection:a",
		"2 version:m1",
		"2 version:m0",
		"1 loading",
		"0 type:model",
	]);
});

test("the collection of the page is shown before its type was read that far, and only once", () => {
	const current = collection("far", "dataset");
	expect(brief(["type:dataset"], { current }).slice(0, 3)).toEqual([
		"0 type:dataset",
		"1 collection:far",
		"1 collection:a",
	]);
	expect(brief(["type:dataset"], { current: collection("a", "dataset") }).slice(0, 3)).toEqual([
		"0 type:dataset",
		"1 collection:a",
		"1 loading",
	]);
});
