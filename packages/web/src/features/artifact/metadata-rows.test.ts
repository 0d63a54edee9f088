import { expect, test } from "vitest";
import { countValues, metadataRows } from "./metadata-rows.ts";

const values = {
	rows: 42,
	source: { uri: "s3://bucket/Animals", parts: [1, 2, 3] },
	labels: { train: { cat: 10, dog: 12 }, test: { cat: 1 } },
	empty: {},
};
const lines = (search = "", toggled: string[] = []) =>
	metadataRows(values, { search, toggled: new Set(toggled) }).map(({ depth, key }) => `${"·".repeat(depth)}${key}`);

test("branches are open at first where there is not much", () => {
	expect(lines()).toEqual([
		"rows",
		"source",
		"·uri",
		"·parts",
		"labels",
		"·train",
		"··cat",
		"··dog",
		"·test",
		"··cat",
		"empty",
	]);
});

test("a branch that was folded keeps what is inside to itself", () => {
	expect(lines("", ['"source"', '"labels"."train"'])).toEqual([
		"rows",
		"source",
		"labels",
		"·train",
		"·test",
		"··cat",
		"empty",
	]);
});

test("a text is found in keys and values at any depth, with what leads there", () => {
	expect(lines("ANIMALS")).toEqual(["source", "·uri"]);
	expect(lines("cat", ['"labels"'])).toEqual(["labels", "·train", "··cat", "·test", "··cat"]);
	expect(lines("12")).toEqual(["labels", "·train", "··dog"]);
	expect(lines("nothing")).toEqual([]);
});

test("keys that hold dots are not taken for paths", () => {
	const rows = metadataRows({ "a.b": 1, a: { b: 2 } }, { search: "", toggled: new Set() });
	expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length);
});

test("much is folded at first, and lists of plain values count as one while they are short", () => {
	const many = { list: Array.from({ length: 300 }, (_, index) => index), short: [1, 2] };
	expect(countValues(many)).toBe(301);
	expect(metadataRows(many, { search: "", toggled: new Set() }).map(({ key }) => key)).toEqual(["list", "short"]);
	expect(metadataRows(many, { search: "", toggled: new Set(['"list"']) })).toHaveLength(302);
});
