import { expect, test } from "vitest";
import { readReferences } from "./references.ts";

test("only entries that point elsewhere are references", () => {
	const manifest = {
		version: 1,
		contents: {
			"own.bin": { digest: "abc", size: 3 },
			"far.bin": { digest: "etag", ref: "s3://bucket/far.bin", size: 12, extra: { versionID: "1" } },
			dir: { digest: "x", ref: "gs://bucket/dir", size: 0 },
		},
	};
	expect(readReferences(manifest)).toEqual([
		{ name: "far.bin", uri: "s3://bucket/far.bin", size: 12 },
		{ name: "dir", uri: "gs://bucket/dir", size: undefined },
	]);
});

test("what is no manifest has no references", () => {
	for (const value of [null, 7, {}, { contents: 3 }, { contents: { a: null } }])
		expect(readReferences(value)).toEqual([]);
});
