import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectEnd, membersOf, readValue } from "./manifest-scan.ts";

/** Reads an object by walking over it. */
function read(text: string | Buffer): Array<[string, unknown]> {
	const bytes = Buffer.from(text);
	const members: Array<[string, unknown]> = [];
	const walk = membersOf(bytes);
	let step = walk.next();
	for (; !step.done; step = walk.next()) members.push([step.value.key, readValue(bytes, step.value)]);
	expectEnd(bytes, step.value);
	return members;
}

describe("walking over an object", () => {
	test("finds what JSON.parse finds, however it is spaced", () => {
		const values = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ stringUnit: "binary" }));
		fc.assert(
			fc.property(values, fc.constantFrom(undefined, 1, "\t", "\r\n"), (value, space) => {
				const text = JSON.stringify(value, null, space);
				expect(read(text)).toEqual(Object.entries(JSON.parse(text)));
			}),
			{ numRuns: 500 },
		);
	});

	test("finds a key as often as it is there, and skips a byte order mark", () => {
		expect(read('\ufeff {"a":1,"\\u0061":[{"a":"]}"}],"__proto__":"\\\\"} ')).toEqual([
			["a", 1],
			["a", [{ a: "]}" }]],
			["__proto__", "\\"],
		]);
	});

	test("throws wherever JSON.parse does, and nowhere else", () => {
		const broken = fc
			.tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), fc.string({ maxLength: 2 }))
			.map(([value, at, put]) => {
				const text = JSON.stringify(value);
				const place = at % text.length;
				return text.slice(0, place) + put + text.slice(place + 1);
			});
		const outcome = (run: () => unknown) => {
			try {
				return run();
			} catch (error) {
				return error instanceof SyntaxError ? "syntax" : error;
			}
		};
		fc.assert(
			fc.property(broken, (text) => {
				const whole = outcome(() => JSON.parse(text));
				const isObject = typeof whole === "object" && whole !== null && !Array.isArray(whole);
				const expected = isObject ? whole : "syntax";
				const walked = outcome(() => read(text));
				expect(Array.isArray(walked) ? Object.fromEntries(walked) : walked).toEqual(expected);
			}),
			{ numRuns: 2000 },
		);
	});

	test.each(["", " ", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{,}", '{"a" 1}', '{"a":"', "{}}", "[]"])(
		"throws for %s",
		(text) => {
			expect(() => read(text)).toThrow(SyntaxError);
		},
	);
});
