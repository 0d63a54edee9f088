import type { Side } from "./drawn-graph.ts";
import type { DrawnNode, Neighbourhood } from "./lineage-api.ts";

/** Two answers drawn as one, and of which of the two each card is. */
export type Together = { readonly answer: Neighbourhood; readonly sides: ReadonlyMap<string, Side> };

/** Stubs are numbered anew in each answer: those of two answers are not the same. */
function named(answer: Neighbourhood, prefix: string): DrawnNode[] {
	return answer.nodes.map((node) => (node.kind === "hidden" ? { ...node, id: `${prefix}-${node.id}` } : node));
}

/** Puts the ancestors of two nodes into one graph: what both have stands there once. */
export function together(first: Neighbourhood, second: Neighbourhood): Together {
	const parts = [
		{ nodes: named(first, "first"), edges: first.edges },
		{ nodes: named(second, "second"), edges: second.edges },
	] as const;
	const nodes = new Map([...parts[1].nodes, ...parts[0].nodes].map((node) => [node.id, node]));
	const list = [...nodes.values()];
	const places = new Map(list.map(({ id }, place) => [id, place]));
	const [inFirst, inSecond] = parts.map((part) => new Set(part.nodes.map(({ id }) => id)));
	const sides = new Map(
		list.map(({ id }): [string, Side] => [id, !inSecond?.has(id) ? "first" : inFirst?.has(id) ? "both" : "second"]),
	);
	const edges = new Map<string, [number, number, number]>();
	for (const part of parts) {
		for (const [from, to, count] of part.edges) {
			const [start, end] = [from, to].map((place) => places.get(part.nodes[place]?.id ?? "") ?? 0);
			if (start !== undefined && end !== undefined) edges.set(`${start} ${end}`, [start, end, count]);
		}
	}
	const cut = first.cut || second.cut;
	const total = first.total === null || second.total === null ? null : list.length;
	return { answer: { ...first, nodes: list, edges: [...edges.values()], total, cut }, sides };
}
