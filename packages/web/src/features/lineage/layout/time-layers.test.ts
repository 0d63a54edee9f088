import { expect, test } from "vitest";
import { makeLineage, seededRandom } from "../../../testing/synthetic-lineage.ts";
import { cardSizes, layOut } from "./layout.ts";
import { assignTimeLayers } from "./time-layers.ts";

test("what was made later stands further to the right, and every edge still leads there", () => {
	const { nodes, from, to } = makeLineage(300);
	const random = seededRandom(3);
	// Made in the order of their numbers, some without a known time, a few long before what they came of.
	const of = nodes.map((_, vertex) =>
		random() < 0.1 ? -1 : random() < 0.05 ? 0 : Math.min(9, Math.floor(vertex / 30)),
	);
	const { x, spans = [] } = layOut(nodes.length, { from, to }, cardSizes, { bands: { of, count: 10 } });
	expect(from.every((source, edge) => (x[to[edge] ?? 0] ?? 0) > (x[source] ?? 0))).toBe(true);
	const layerOf = (vertex: number) =>
		Math.round(((x[vertex] ?? 0) - cardSizes.width / 2) / (cardSizes.width + cardSizes.gapX));
	expect(spans).toHaveLength(10);
	for (const [vertex, band] of of.entries()) expect(layerOf(vertex)).toBeGreaterThanOrEqual(spans[band]?.first ?? 0);
	expect(spans.slice(1).map(({ first }) => first)).toEqual(spans.slice(0, -1).map(({ end }) => end));
});

test("parts that do not hang together stand in the same columns", () => {
	const edges = { from: [0, 2], to: [1, 3] };
	const { layers, spans } = assignTimeLayers(4, edges, { of: [0, 2, 1, 2], count: 3 });
	expect([...layers]).toEqual([0, 2, 1, 2]);
	expect(spans).toEqual([
		{ first: 0, end: 1 },
		{ first: 1, end: 2 },
		{ first: 2, end: 3 },
	]);
	const { x } = layOut(4, edges, cardSizes, { bands: { of: [0, 2, 1, 2], count: 3 } });
	expect(x[1]).toBe(x[3]);
});
