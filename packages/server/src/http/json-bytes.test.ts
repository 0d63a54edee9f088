import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonBytes } from "./json-bytes.ts";

const seed = 41;

test("texts, counts and bytes are what JSON.stringify makes of them", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary" }), fc.nat(), fc.uint8Array(), (text, count, bytes) => {
			const json = new JsonBytes();
			json.raw('{"text":').text(text).raw(',"none":').text(null).raw(',"count":').count(count);
			json.raw(',"list":[').comma(true).json(JSON.stringify({ text })).comma(false).count(0).raw('],"bytes":');
			json.base64(bytes, bytes.length).raw("}");
			const plain = { text, none: null, count, list: [{ text }, 0], bytes: Buffer.from(bytes).toString("base64") };
			expect(json.bytes.toString()).toBe(JSON.stringify(plain));
		}),
		{ seed },
	);
});

test("whatever was expected, it grows to what is written", () => {
	const json = new JsonBytes(10);
	for (let each = 0; each < 5_000; each++) json.comma(each === 0).count(each);
	expect(json.bytes.toString().split(",")).toHaveLength(5_000);
});
