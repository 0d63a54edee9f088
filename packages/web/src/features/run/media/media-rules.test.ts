import { expect, test } from "vitest";
import { mediaKeys, readMedia } from "./media-rules.ts";

test("which keys hold something to look at", () => {
	const keys = [
		{ name: "loss", types: ["number"] },
		{ name: "sample", types: ["nil", "image-file"] },
		{ name: "t", types: ["table-file"] },
		{ name: "new", types: ["hologram-file"] },
	];
	expect(mediaKeys(keys)).toEqual([
		{ name: "sample", kind: "image" },
		{ name: "t", kind: "table" },
	]);
});

test("what one value stands for", () => {
	expect(readMedia({ _type: "image-file", path: "media/a.png", caption: "a" })).toEqual([
		{ kind: "image", path: "media/a.png", caption: "a" },
	]);
	const several = { _type: "images/separated", filenames: ["x.png", "y.png"], captions: ["one", ""], count: 2 };
	expect(readMedia(several)).toEqual([
		{ kind: "image", path: "x.png", caption: "one" },
		{ kind: "image", path: "y.png", caption: undefined },
	]);
	expect(readMedia({ _type: "audio", audio: [{ path: "a.wav", caption: "bark" }], count: 1 })).toEqual([
		{ kind: "audio", path: "a.wav", caption: "bark" },
	]);
	expect(readMedia({ _type: "histogram", values: [1, 2], packedBins: { min: 0, size: 0.5, count: 2 } })).toEqual([
		{ kind: "histogram", values: [1, 2], bins: [0, 0.5, 1] },
	]);
	expect([readMedia({ _type: "hologram-file" }), readMedia(3), readMedia(null)]).toEqual([[], [], []]);
});
