import { describe, expect, test } from "vitest";
import type { DrawnNode, LineageGroup, Neighbourhood } from "./lineage-api.ts";
import { bandsOf } from "./time-bands.ts";
import { histogramOf, moved, partOf, spanOf, wholePart } from "./time-span.ts";

const counts = { above: null, below: null, up: 0, down: 0, hiddenUp: 0, hiddenDown: 0 };

function answerOf(times: readonly (string | null)[], groups: LineageGroup[] = []): Neighbourhood {
	const nodes = times.map((createdAt, at): DrawnNode => ({ id: `${at}`, kind: "run", createdAt, ...counts }));
	const rest = { opened: [], level: "none", total: times.length, cut: false, asOf: "" } as const;
	return { focus: "0", nodes, groups, edges: [], ...rest, opened: [] };
}

describe("the time strip", () => {
	test("counts what was made when, a group's members between its first and its last", () => {
		const group = { id: "g", key: "", level: "sweep", label: "train", mix: [], hiddenUp: 0, hiddenDown: 0 } as const;
		const histogram = histogramOf(
			answerOf(
				["2026-01-01T00:00:00Z", "2026-03-02T00:00:00Z", null],
				[{ ...group, mix: [], count: 60, first: "2026-01-01T00:00:00Z", last: "2026-03-02T00:00:00Z" }],
			),
		);
		expect(histogram?.counts).toHaveLength(60);
		expect([histogram?.counts[0], histogram?.counts[30], histogram?.counts[59]]).toEqual([2, 1, 2]);
	});

	test("of nothing with a time there is none, and of one moment there is one part of no length", () => {
		expect(histogramOf(answerOf([null]))).toBeUndefined();
		const one = histogramOf(answerOf(["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"]));
		expect(one?.counts).toEqual([2]);
		expect(partOf(one ?? { start: 0, end: 0, counts: [] }, { from: "2025-01-01" })).toEqual(wholePart);
	});

	test("an end that leaves nothing out is not in the address, and what is there comes back", () => {
		const histogram = { start: Date.parse("2026-01-01"), end: Date.parse("2026-01-11"), counts: [1, 1] };
		expect(spanOf(histogram, wholePart)).toEqual({ from: undefined, until: undefined });
		const part = { from: 0.1, until: 0.5 };
		expect(spanOf(histogram, part)).toEqual({ from: "2026-01-02T00:00:00.000Z", until: "2026-01-06T00:00:00.000Z" });
		expect(partOf(histogram, spanOf(histogram, part))).toEqual(part);
		expect(partOf(histogram, { from: "2027-01-01", until: "2020-01-01" })).toEqual({ from: 1, until: 1 });
	});

	test("handles stop at the ends and at each other", () => {
		expect(moved({ from: 0.2, until: 0.5 }, "from", 0.7)).toEqual({ from: 0.5, until: 0.5 });
		expect(moved({ from: 0.2, until: 0.5 }, "until", 0.1)).toEqual({ from: 0.2, until: 0.2 });
		expect(moved({ from: 0.2, until: 0.5 }, "until", 2)).toEqual({ from: 0.2, until: 1 });
	});
});

describe("columns of time", () => {
	const at = (text: string) => ({ at: new Date(text).getTime() });

	test("are as fine as can be looked over, in order, without those that are empty", () => {
		const minutes = bandsOf([at("2026-01-01T10:00:30"), at("2026-01-01T10:00:40"), { at: undefined }]);
		expect(minutes).toMatchObject({
			of: [0, 1, -1],
			starts: [at("2026-01-01T10:00:30").at, at("2026-01-01T10:00:40").at],
		});
		const days = Array.from({ length: 40 }, (_, day) => ({
			at: new Date(2026, 0, 1 + Math.floor(day / 4), day % 4).getTime(),
		}));
		expect(bandsOf(days).starts).toHaveLength(10);
		const years = Array.from({ length: 30 }, (_, year) => ({ at: new Date(1990 + year, 5, 1).getTime() }));
		expect(bandsOf(years).starts).toHaveLength(30);
		expect(bandsOf([]).starts).toEqual([]);
	});
});
