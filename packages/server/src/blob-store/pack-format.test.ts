import { createHash, randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyOfRecord, parsePlace, recordHeader, recordHeaderSize } from "./pack-format.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("a record of a pack", () => {
	it("gives back its body, and nothing to who asks for other bytes or another size", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				const body = Buffer.from(bytes);
				const record = Buffer.concat([recordHeader(sha256(body), body.length), body]);
				expect(bodyOfRecord(record, sha256(body))?.equals(body)).toBe(true);
				expect(bodyOfRecord(record, sha256(Buffer.concat([body, body, Buffer.from("x")])))).toBeNull();
				expect(bodyOfRecord(record.subarray(0, -1), sha256(body))).toBeNull();
			}),
			{ numRuns: 50 },
		);
		expect(bodyOfRecord(Buffer.alloc(recordHeaderSize), "0".repeat(64))).toBeNull();
		expect(bodyOfRecord(Buffer.alloc(3), "0".repeat(64))).toBeNull();
	});
});

describe("a place", () => {
	it("is read from one word", () => {
		const place = { pack: randomUUID(), start: 2 ** 40, size: 65_536 };
		expect(parsePlace(`${place.pack}:${place.start}:${place.size}`)).toEqual(place);
	});

	it.each(["", "x", `${randomUUID()}:1`, `${randomUUID()}:-1:5`, `../../etc/passwd:1:5`, `${randomUUID()}:1:5:`])(
		"is not %j",
		(text) => expect(parsePlace(text)).toBeNull(),
	);
});
