import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Adjacency } from "./adjacency.ts";
import { IdTable } from "./id-table.ts";

const uuids = fc.uniqueArray(fc.uuid(), { maxLength: 200 });

describe("ids", () => {
	test("each has one number, and comes back from it", () => {
		fc.assert(
			fc.property(uuids, (ids) => {
				const table = new IdTable();
				expect(ids.map((id) => table.find(id))).toEqual(ids.map(() => -1));
				expect(ids.map((id) => table.add(id))).toEqual(ids.map((_, at) => at));
				const bytes = ids.map((id) => Buffer.from(id.replaceAll("-", ""), "hex"));
				expect(bytes.map((each) => table.addBytes(each, 0))).toEqual(ids.map((_, at) => at));
				expect(ids.map((id) => table.find(id))).toEqual(ids.map((_, at) => at));
				expect(ids.map((_, at) => table.idOf(at))).toEqual(ids);
				expect(ids.map((id) => table.find(id.toUpperCase()))).toEqual(ids.map((_, at) => at));
				expect(table.count).toBe(ids.length);
			}),
		);
	});
});

describe("edges", () => {
	const edge = fc.tuple(fc.nat({ max: 19 }), fc.nat({ max: 19 }));
	const idOf = (node: number) => `00000000-0000-7000-8000-${String(node).padStart(12, "0")}`;

	test("packed or loose, added once or twice, before or after nodes, they are those that were given", () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(edge, { selector: String }),
				fc.array(edge),
				fc.boolean(),
				(first, later, isPacked) => {
					const graph = new Adjacency();
					for (let node = 0; node < 15; node++) graph.addNode(idOf(node), node % 2, node);
					for (let node = 15; node < 20; node++) graph.addNode(idOf(node), node % 2, node);
					const list = (at: 0 | 1) => Uint32Array.from(first, (each) => each[at]);
					graph.pack({ from: list(0), to: list(1), count: first.length });
					for (const [from, to] of [...later, ...later]) graph.addEdge(from, to);
					if (isPacked) graph.pack({ from: list(0), to: list(1), count: 0 });
					const all = [...new Map([...first, ...later].map((each) => [String(each), each])).values()];
					expect(graph.edgeCount).toBe(all.length);
					for (let node = 0; node < 20; node++) {
						const near: Record<"up" | "down", number[]> = { up: [], down: [] };
						for (const way of ["up", "down"] as const) graph.each(node, way, (each) => near[way].push(each));
						const sorted = (nodes: number[]) => nodes.toSorted((a, b) => a - b);
						expect(sorted(near.down)).toEqual(sorted(all.flatMap(([from, to]) => (from === node ? [to] : []))));
						expect(sorted(near.up)).toEqual(sorted(all.flatMap(([from, to]) => (to === node ? [from] : []))));
						expect(graph.degree(node, "down")).toBe(near.down.length);
					}
				},
			),
		);
	});

	test("a graph of a hundred thousand edges fits into six megabytes", () => {
		const graph = new Adjacency();
		const count = 100_000;
		const nodes = 80_000;
		for (let node = 0; node < nodes; node++) graph.addNode(idOf(node), 0, 1);
		const ends = (step: number) => Uint32Array.from({ length: count }, (_, at) => (at * step) % nodes);
		graph.pack({ from: ends(1), to: ends(7), count });
		expect(graph.bytes).toBeLessThan(6e6);
	});
});
