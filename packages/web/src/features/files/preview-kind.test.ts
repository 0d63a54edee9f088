import { expect, test } from "vitest";
import { looksLikeText, previewKind } from "./preview-kind.ts";

test.each([
	["a/b.JSON", "json"],
	["predictions.table.json", "table"],
	["x.joined-table.json", "joined-table"],
	["x.partitioned-table.json", "partitioned-table"],
	["media/cat.image-file.json", "media"],
	["train.py", "text"],
	["Dockerfile", "text"],
	["a.svg", "image"],
	["page.html", "html"],
	["data.tsv", "csv"],
	["data.parquet", "parquet"],
	["model.pt", "unknown"],
	["constructor", "unknown"],
	["folder.json/file", "unknown"],
])("%s is shown as %s", (path, kind) => {
	expect(previewKind(path)).toBe(kind);
});

test("text is told from bytes, also when a character is cut off at the end", () => {
	const encoder = new TextEncoder();
	expect(looksLikeText(encoder.encode("hello\n\tworld"))).toBe(true);
	expect(looksLikeText(encoder.encode("日本語").subarray(0, 8))).toBe(true);
	expect(looksLikeText(new Uint8Array([0x50, 0x4b, 3, 4, 0]))).toBe(false);
	expect(looksLikeText(new Uint8Array([0xff, 0xfe, 0x41]))).toBe(false);
	expect(looksLikeText(new Uint8Array())).toBe(true);
});
