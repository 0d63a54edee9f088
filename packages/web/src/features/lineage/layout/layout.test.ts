import { expect, test } from "vitest";
import { judgePicture } from "../../../testing/picture-quality.ts";
import { makeLineage, type SyntheticLineage } from "../../../testing/synthetic-lineage.ts";
import type { Edges } from "./adjacency.ts";
import { cardSizes, layOut } from "./layout.ts";

const sizes = { width: 220, height: 56, gapX: 90, gapY: 20 };

/** The graph with five or more of one sweep, kind and type drawn as one. */
function groupBySweep({ nodes, from, to }: SyntheticLineage): { count: number; edges: Edges } {
	const keys = nodes.map(({ sweep, kind, type }, index) => (sweep === null ? `${index}` : `${sweep}|${kind}|${type}`));
	const sizesOf = Map.groupBy(keys, (key) => key);
	const drawn = new Map<string, number>();
	const place = keys.map((key, index) => {
		const name = (sizesOf.get(key)?.length ?? 0) < 5 ? `${index}` : key;
		const known = drawn.get(name) ?? drawn.size;
		drawn.set(name, known);
		return known;
	});
	const pairs = new Map<string, [number, number]>();
	from.forEach((source, edge) => {
		const [a, b] = [place[source] ?? 0, place[to[edge] ?? 0] ?? 0];
		pairs.set(`${a} ${b}`, [a, b]);
	});
	const list = [...pairs.values()];
	return { count: drawn.size, edges: { from: list.map(([a]) => a), to: list.map(([, b]) => b) } };
}

test("300 nodes have no more than 231 crossings, no edge through a card, no card on another, all to the right", () => {
	const { nodes, from, to } = makeLineage(300);
	const layout = layOut(nodes.length, { from, to }, sizes);
	expect(judgePicture({ from, to }, layout, sizes)).toEqual({
		crossings: 231,
		throughCards: 0,
		overlaps: 0,
		leftwards: 0,
	});
});

test("the same grouped by sweep, as it is shown, has 142 nodes and no more than 18 crossings", () => {
	const { count, edges } = groupBySweep(makeLineage(300));
	const layout = layOut(count, edges);
	expect(count).toBe(142);
	const { crossings, ...rest } = judgePicture(edges, layout, cardSizes);
	expect(crossings).toBeLessThanOrEqual(18);
	expect(rest).toEqual({ throughCards: 0, overlaps: 0, leftwards: 0 });
});

test("3,000 nodes: every edge leads to the right and no card lies on another", () => {
	const { nodes, from, to } = makeLineage(3_000);
	const { x, y } = layOut(nodes.length, { from, to });
	expect(from.every((source, edge) => (x[to[edge] ?? 0] ?? 0) > (x[source] ?? 0))).toBe(true);
	const columns = Map.groupBy(nodes.keys(), (vertex) => x[vertex]);
	for (const column of columns.values()) {
		const heights = column.map((vertex) => y[vertex] ?? 0).sort((a, b) => a - b);
		heights.slice(1).forEach((height, index) => {
			expect(height - (heights[index] ?? 0)).toBeGreaterThan(cardSizes.height - 0.1);
		});
	}
});

test("cycles, loops, doubled edges, lonely vertices and nothing at all can be laid out; what closes a cycle is marked", () => {
	const edges = { from: [0, 1, 2, 3, 4, 4], to: [1, 2, 0, 3, 1, 1] };
	const { x, y, bends, back } = layOut(6, edges);
	expect([...x, ...y].every(Number.isFinite)).toBe(true);
	expect(bends).toHaveLength(6);
	expect([...back]).toEqual([0, 0, 1, 1, 0, 0]);
	expect(layOut(0, { from: [], to: [] }).x).toHaveLength(0);
});

test("the same graph gives the same picture", () => {
	const { nodes, from, to } = makeLineage(300);
	expect(layOut(nodes.length, { from, to })).toEqual(layOut(nodes.length, { from, to }));
});

test("a chain of 10,000 does not exhaust the stack", () => {
	const from = Array.from({ length: 9_999 }, (_, index) => index);
	expect(layOut(10_000, { from, to: from.map((vertex) => vertex + 1) }).layers).toBe(10_000);
});
