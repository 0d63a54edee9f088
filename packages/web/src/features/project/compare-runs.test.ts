import { expect, test } from "vitest";
import { compareDocuments } from "./compare-runs.ts";

test("documents side by side: nested keys by their way, gaps, and what differs", () => {
	const rows = compareDocuments([
		{ lr: 0.1, net: { depth: 3, sizes: [1, 2] }, same: "x" },
		{ lr: 0.2, net: { depth: 3, sizes: [1, 2] }, same: "x", extra: null },
	]);
	expect(rows).toEqual([
		{ key: "extra", values: [undefined, null], differs: true },
		{ key: "lr", values: [0.1, 0.2], differs: true },
		{ key: "net.depth", values: [3, 3], differs: false },
		{
			key: "net.sizes",
			values: [
				[1, 2],
				[1, 2],
			],
			differs: false,
		},
		{ key: "same", values: ["x", "x"], differs: false },
	]);
	expect(compareDocuments([])).toEqual([]);
});
