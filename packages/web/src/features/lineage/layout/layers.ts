import { type Adjacency, adjacencyOf, at, degree, type Edges, inOrder } from "./adjacency.ts";

/** A graph without cycles in layers from left to right, with a stand-in wherever an edge passes through a layer. */
export type Layered = {
	/** Vertices and stand-ins; the vertices come first. */
	readonly count: number;
	readonly vertices: number;
	readonly layers: number;
	readonly layerOf: Int32Array;
	readonly outgoing: Adjacency;
	readonly incoming: Adjacency;
	/** The stand-ins that each edge passes, from left to right. */
	readonly passes: readonly (readonly number[])[];
};

/** Longest path from the left; then every vertex with at least as many ways out as in is pulled towards its nearest child. */
function assignLayers(count: number, edges: Edges): Int32Array {
	const outgoing = adjacencyOf(count, edges.from, edges.to);
	const incoming = adjacencyOf(count, edges.to, edges.from);
	const layer = new Int32Array(count);
	const order = inOrder(count, outgoing, incoming);
	for (const vertex of order) {
		for (let k = at(outgoing.start, vertex); k < at(outgoing.start, vertex + 1); k++) {
			const child = at(outgoing.to, k);
			layer[child] = Math.max(at(layer, child), at(layer, vertex) + 1);
		}
	}
	for (const vertex of order.reverse()) {
		const ways = degree(outgoing, vertex);
		if (ways === 0 || ways < degree(incoming, vertex)) continue;
		let nearest = Number.MAX_SAFE_INTEGER;
		for (let k = at(outgoing.start, vertex); k < at(outgoing.start, vertex + 1); k++)
			nearest = Math.min(nearest, at(layer, at(outgoing.to, k)));
		layer[vertex] = nearest - 1;
	}
	return layer;
}

/** Puts a graph without cycles into layers, these or its own. Edges of one source share their stand-ins, as a bundle. */
export function makeLayers(count: number, edges: Edges, layer = assignLayers(count, edges)): Layered {
	const layers = layer.reduce((most, one) => Math.max(most, one + 1), 0);
	const layerOf = Array.from(layer);
	const from: number[] = [];
	const to: number[] = [];
	const shared = new Map<number, number>();
	const passes = Array.from(edges.from, (source, edge) => {
		let last = source;
		const passed: number[] = [];
		for (let l = at(layer, source) + 1; l < at(layer, at(edges.to, edge)); l++) {
			const key = source * layers + l;
			let standIn = shared.get(key);
			if (standIn === undefined) {
				standIn = layerOf.length;
				layerOf.push(l);
				from.push(last);
				to.push(standIn);
				shared.set(key, standIn);
			}
			passed.push(standIn);
			last = standIn;
		}
		from.push(last);
		to.push(at(edges.to, edge));
		return passed;
	});
	return {
		count: layerOf.length,
		vertices: count,
		layers,
		layerOf: Int32Array.from(layerOf),
		outgoing: adjacencyOf(layerOf.length, from, to),
		incoming: adjacencyOf(layerOf.length, to, from),
		passes,
	};
}
