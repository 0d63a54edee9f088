import { expect, test } from "vitest";
import { diffMetadata } from "./diff-metadata.ts";

test("keys that differ are told, however deep; equal ones are not", () => {
	const before = { lr: 0.1, model: { layers: 3, name: "net" }, old: null, list: [1, 2] };
	const after = { lr: 0.1, model: { layers: 4, name: "net" }, list: [1, 3], extra: {} };
	expect(diffMetadata(before, after)).toEqual([
		{ key: "extra", before: undefined, after: {} },
		{ key: "list", before: [1, 2], after: [1, 3] },
		{ key: "model.layers", before: 3, after: 4 },
		{ key: "old", before: null, after: undefined },
	]);
	expect(diffMetadata(before, before)).toEqual([]);
});
