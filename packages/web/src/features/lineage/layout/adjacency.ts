/** For each vertex its neighbours on one side: those of `v` stand at `to[start[v]]` up to `to[start[v + 1]]`. */
export type Adjacency = { readonly start: Int32Array; readonly to: Int32Array };

/** A graph on the vertices 0 … count-1; edge `i` leads from `from[i]` to `to[i]`. */
export type Edges = { readonly from: ArrayLike<number>; readonly to: ArrayLike<number> };

/** The value at a place that is known to exist. */
export function at(values: ArrayLike<number>, index: number): number {
	return values[index] ?? 0;
}

/** Groups what `to` holds by what `from` holds, in the order of the edges. */
export function adjacencyOf(count: number, from: ArrayLike<number>, to: ArrayLike<number>): Adjacency {
	const start = new Int32Array(count + 1);
	for (let edge = 0; edge < from.length; edge++) start[at(from, edge) + 1] = at(start, at(from, edge) + 1) + 1;
	for (let vertex = 0; vertex < count; vertex++) start[vertex + 1] = at(start, vertex + 1) + at(start, vertex);
	const next = start.slice(0, count);
	const neighbours = new Int32Array(from.length);
	for (let edge = 0; edge < from.length; edge++) {
		const vertex = at(from, edge);
		const place = at(next, vertex);
		neighbours[place] = at(to, edge);
		next[vertex] = place + 1;
	}
	return { start, to: neighbours };
}

/** How many neighbours a vertex has. */
export function degree({ start }: Adjacency, vertex: number): number {
	return at(start, vertex + 1) - at(start, vertex);
}

/** Vertices without anything before them first; of a graph without cycles. */
export function inOrder(count: number, outgoing: Adjacency, incoming: Adjacency): number[] {
	const waiting = Int32Array.from({ length: count }, (_, vertex) => degree(incoming, vertex));
	const order: number[] = [];
	for (let vertex = 0; vertex < count; vertex++) if (waiting[vertex] === 0) order.push(vertex);
	for (let head = 0; head < order.length; head++) {
		const vertex = order[head] ?? 0;
		for (let k = at(outgoing.start, vertex); k < at(outgoing.start, vertex + 1); k++) {
			const child = at(outgoing.to, k);
			waiting[child] = at(waiting, child) - 1;
			if (waiting[child] === 0) order.push(child);
		}
	}
	return order;
}
