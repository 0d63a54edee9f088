import fc from "fast-check";
import { expect, test } from "vitest";
import { createHistoryKeyCounter, createThinner, sample } from "./run-history-rules.ts";

const thin = (count: number, most: number) => {
	const thinner = createThinner<number>(most);
	for (let item = 0; item < count; item += 1) thinner.add(item);
	return thinner.result();
};

test("a thinner gives what sampling the whole would, as long as it holds the whole", () => {
	const items = Array.from({ length: 21 }, (_, index) => index);
	expect(thin(21, 10)).toEqual(sample(items, 10));
	expect(thin(7, 10)).toEqual(items.slice(0, 7));
	expect(thin(50, 0)).toEqual([]);
});

test("a thinner gives as many as asked for, in order, the first and the last among them", () => {
	fc.assert(
		fc.property(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 100, max: 3000 }), (most, count) => {
			const found = thin(count, most);
			expect(found).toHaveLength(most);
			expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
			expect([found.at(0), found.at(-1)]).toEqual([0, count - 1]);
		}),
		{ numRuns: 100 },
	);
});

test("keys counted in two parts are the keys of the whole", () => {
	const value = fc.oneof(fc.integer(), fc.constant(null), fc.string(), fc.record({ inner: fc.double() }));
	const rows = fc.array(fc.dictionary(fc.constantFrom("a", "b", "c.d"), value), { maxLength: 12 });
	fc.assert(
		fc.property(rows, fc.nat(12), (all, at) => {
			const count = (part: typeof all, from = createHistoryKeyCounter()) => {
				for (const [index, row] of part.entries()) from.add(row, index);
				return from.result();
			};
			const first = JSON.parse(JSON.stringify(count(all.slice(0, at))));
			const whole = JSON.parse(JSON.stringify(count(all)));
			const inParts = JSON.parse(JSON.stringify(count(all.slice(at), createHistoryKeyCounter(first))));
			expect(inParts.keys).toEqual(whole.keys);
		}),
	);
});
