import { expect, test } from "vitest";
import type { Branch } from "../../ui/use-branches.ts";
import type { Entry } from "./entries.queries.ts";
import { fileRows, foldersOf } from "./file-rows.ts";

const entry = (kind: Entry["kind"], path: string): Entry => ({
	kind,
	path,
	name: path.slice(path.lastIndexOf("/") + 1),
	sizeBytes: 1,
	fileCount: 1,
});
const branch = (items: Entry[], more: Partial<Branch<Entry>> = {}): Branch<Entry> => ({
	items,
	next: undefined,
	isLoading: false,
	error: undefined,
	...more,
});
const brief = (branches: Map<string, Branch<Entry>>, open: string[]) =>
	fileRows(branches, new Set(open)).map((row) =>
		row.kind === "note" ? `${row.level} ${row.note} ${row.folder}` : `${row.level} ${row.entry.path}`,
	);

test("open folders show what is in them, and that more comes", () => {
	const branches = new Map([
		["", branch([entry("FOLDER", "a"), entry("FOLDER", "b"), entry("FILE", "z")])],
		["a", branch([entry("FILE", "a/1")], { next: "cursor" })],
		["b", branch([], { error: new Error("no") })],
	]);
	expect(brief(branches, [])).toEqual(["0 a", "0 b", "0 z"]);
	expect(brief(branches, ["a", "b"])).toEqual(["0 a", "1 a/1", "1 loading a", "0 b", "1 failed b", "0 z"]);
	expect(brief(new Map(), [])).toEqual(["0 loading "]);
});

test("a file is in these folders", () => {
	expect(foldersOf("a/b/c.txt")).toEqual(["a", "a/b"]);
	expect(foldersOf("c.txt")).toEqual([]);
});
