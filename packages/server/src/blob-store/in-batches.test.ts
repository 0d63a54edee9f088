import { describe, expect, it } from "vitest";
import { inBatches } from "./in-batches.ts";

describe("inBatches", () => {
	it("puts what waits together, in order, and answers each", async () => {
		const batches: number[][] = [];
		const double = inBatches<number, number>({
			most: 3,
			run: async (items) => {
				batches.push([...items]);
				return items.map((item) => item * 2);
			},
		});
		expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8]);
		expect(await double(5)).toBe(10);
		expect(batches).toEqual([[1, 2, 3], [4], [5]]);
	});

	it("runs one batch at a time", async () => {
		let running = 0;
		const work = inBatches<number, number>({
			most: 2,
			run: async (items) => {
				expect(++running).toBe(1);
				await new Promise((resolve) => setImmediate(resolve));
				running--;
				return items;
			},
		});
		expect(await Promise.all([1, 2, 3, 4, 5].map(work))).toEqual([1, 2, 3, 4, 5]);
	});

	it("fails a batch as one, and goes on", async () => {
		const work = inBatches<number, number>({
			most: 2,
			run: async (items) => {
				if (items.includes(1)) throw new Error("no");
				return items;
			},
		});
		const outcomes = await Promise.allSettled([1, 2, 3].map(work));
		expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
		expect(await work(4)).toBe(4);
	});
});
