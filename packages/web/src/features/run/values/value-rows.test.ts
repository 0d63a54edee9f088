import { expect, test } from "vitest";
import { aggregatesOf, readMetrics, valueRows } from "./value-rows.ts";

const config = { lr: 0.1, net: { depth: 3, head: { name: "Linear", sizes: [1, 2] } }, empty: {} };

test("a nested document becomes lines, with how many values lie below", () => {
	const rows = valueRows(config, "", new Set());
	expect(rows.map(({ path, depth, below }) => [path, depth, below])).toEqual([
		["lr", 0, undefined],
		["net", 0, 3],
		["net.depth", 1, undefined],
		["net.head", 1, 2],
		["net.head.name", 2, undefined],
		["net.head.sizes", 2, undefined],
		["empty", 0, undefined],
	]);
});

test("a search finds ways and values, and keeps what leads there; folded lines hide what is below", () => {
	const paths = (search: string, ...folded: string[]) =>
		valueRows(config, search, new Set(folded)).map(({ path }) => path);
	expect(paths("linear")).toEqual(["net", "net.head", "net.head.name"]);
	expect(paths("net.depth")).toEqual(["net", "net.depth"]);
	expect(paths("nothing")).toEqual([]);
	expect(paths("", "net")).toEqual(["lr", "net", "empty"]);
});

test("aggregates of a metric stand beside each other, media stay whole", () => {
	const metrics = readMetrics({
		loss: { min: 0.1, max: 2 },
		val: { acc: 1, deep: { last: 3 } },
		image: { _type: "image-file", path: "x" },
	});
	expect(metrics).toEqual([
		{ name: "loss", known: { min: 0.1, max: 2 } },
		{ name: "val.acc", known: { last: 1 } },
		{ name: "val.deep", known: { last: 3 } },
		{ name: "image", known: { last: { _type: "image-file", path: "x" } } },
	]);
	expect(aggregatesOf(metrics)).toEqual(["last", "min", "max"]);
});
