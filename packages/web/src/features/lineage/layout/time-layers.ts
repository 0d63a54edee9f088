import { adjacencyOf, at, type Edges, inOrder } from "./adjacency.ts";

/** Columns of time: of each vertex the band that it was made in, -1 where that is not known; bands in the order of time. */
export type Bands = { readonly of: ArrayLike<number>; readonly count: number };

/** The layers that each band takes: from `first` up to, without, `end`. */
export type BandSpan = { readonly first: number; readonly end: number };

/**
 * Layers whose order is that of time: each band takes as many as its longest path needs, so that edges still lead to the
 * right. What came of something later than itself (a long run that took what was logged meanwhile) stands with that.
 */
export function assignTimeLayers(
	count: number,
	edges: Edges,
	bands: Bands,
): { layers: Int32Array; spans: readonly BandSpan[] } {
	const outgoing = adjacencyOf(count, edges.from, edges.to);
	const incoming = adjacencyOf(count, edges.to, edges.from);
	const order = inOrder(count, outgoing, incoming);
	const band = Int32Array.from({ length: count }, (_, vertex) => at(bands.of, vertex));
	for (const vertex of order.toReversed()) {
		if (at(band, vertex) >= 0) continue;
		let earliest = -1;
		for (let k = at(outgoing.start, vertex); k < at(outgoing.start, vertex + 1); k++) {
			const other = at(band, at(outgoing.to, k));
			if (other >= 0 && (earliest < 0 || other < earliest)) earliest = other;
		}
		band[vertex] = Math.max(0, earliest);
	}
	const depth = new Int32Array(count);
	const depths = new Int32Array(Math.max(1, bands.count));
	for (const vertex of order) {
		const own = at(band, vertex);
		depths[own] = Math.max(at(depths, own), at(depth, vertex) + 1);
		for (let k = at(outgoing.start, vertex); k < at(outgoing.start, vertex + 1); k++) {
			const child = at(outgoing.to, k);
			if (at(band, child) < own) {
				band[child] = own;
				depth[child] = 0;
			}
			if (at(band, child) === own) depth[child] = Math.max(at(depth, child), at(depth, vertex) + 1);
		}
	}
	let first = 0;
	const spans = Array.from(depths, (deep): BandSpan => {
		const span = { first, end: first + deep };
		first = span.end;
		return span;
	});
	return { layers: depth.map((deep, vertex) => deep + (spans[at(band, vertex)]?.first ?? 0)), spans };
}
