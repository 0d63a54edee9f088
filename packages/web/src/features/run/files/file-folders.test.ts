import { expect, test } from "vitest";
import { folderContents, previewKind } from "./file-folders.ts";

const files = ["b.txt", "a10.txt", "a9.txt", "media/images/x.png", "media/t.table.json"].map((name) => ({
	...{ name, sizeBytes: 10, updatedAt: null },
}));

test("a folder lists its folders with what lies below, then its files", () => {
	const names = (path: string) =>
		folderContents(files, path).map((one) =>
			one.kind === "folder" ? `${one.name}/ ${one.files} ${one.size}` : one.name,
		);
	expect(names("")).toEqual(["media/ 2 20", "a9.txt", "a10.txt", "b.txt"]);
	expect(names("media")).toEqual(["images/ 1 10", "t.table.json"]);
	expect(names("none")).toEqual([]);
});

test("how a file can be shown", () => {
	const kinds = ["x.PNG", "t.table.json", "conf.json", "requirements.txt", "Dockerfile", "model.pt"];
	expect(kinds.map((name) => previewKind(name, null))).toEqual(["image", "table", "text", "text", "text", "none"]);
	expect(previewKind("notes", "text/plain")).toBe("text");
});
