import type { LineageShape } from "../../packages/server/src/testing/lineage-shape.ts";

/** A graph as arrays, and nothing else: what no server can beat. */
export type BareGraph = {
	readonly down: Lists;
	readonly up: Lists;
	readonly seen: Uint8Array;
};

type Lists = { readonly starts: Int32Array; readonly ends: Int32Array };

export function bareGraph({ nodeCount, edgeCount, from, to }: LineageShape): BareGraph {
	const lists = (nodes: Int32Array, nears: Int32Array): Lists => {
		const starts = new Int32Array(nodeCount + 1);
		for (let edge = 0; edge < edgeCount; edge++) {
			const node = (nodes[edge] ?? 0) + 1;
			starts[node] = (starts[node] ?? 0) + 1;
		}
		for (let node = 0; node < nodeCount; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
		const next = starts.slice();
		const ends = new Int32Array(edgeCount);
		for (let edge = 0; edge < edgeCount; edge++) {
			const node = nodes[edge] ?? 0;
			const at = next[node] ?? 0;
			ends[at] = nears[edge] ?? 0;
			next[node] = at + 1;
		}
		return { starts, ends };
	};
	return { down: lists(from, to), up: lists(to, from), seen: new Uint8Array(nodeCount) };
}

type Walk = { readonly ways: ReadonlyArray<"up" | "down">; readonly hops: number; readonly cap: number };

/** Nodes within reach, nearest first. */
export function bareWalk(graph: BareGraph, start: number, { ways, hops, cap }: Walk): number[] {
	const { seen } = graph;
	const nodes = [start];
	seen[start] = 1;
	for (let from = 0, hop = 0; hop < hops && from < nodes.length && nodes.length <= cap; hop++) {
		const end = nodes.length;
		for (; from < end; from++) {
			const node = nodes[from] ?? 0;
			for (const way of ways) {
				const { starts, ends } = graph[way];
				const last = starts[node + 1] ?? 0;
				for (let at = starts[node] ?? 0; at < last && nodes.length <= cap; at++) {
					const near = ends[at] ?? 0;
					if (seen[near] === 1) continue;
					seen[near] = 1;
					nodes.push(near);
				}
			}
		}
	}
	for (const node of nodes) seen[node] = 0;
	return nodes;
}
