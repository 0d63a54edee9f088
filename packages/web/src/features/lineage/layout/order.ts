import { type Adjacency, at, degree } from "./adjacency.ts";
import type { Layered } from "./layers.ts";

/** How hard to look for few crossings. */
export type Effort = {
	/** Passes from one end to the other, each ordering by the mean of the neighbours. */
	readonly sweeps: number;
	/** Beginnings tried; the best result is kept. */
	readonly restarts: number;
	/** Rounds of swapping neighbours at the end of each try; 0 for none at all. */
	readonly swaps: number;
};

const mostForSwapsBetween = 6000;
const swapsBetween = 3;
/** Sweeps that may bring nothing before a try is given up. */
const patience = 4;

type Order = { rows: number[][]; readonly place: Int32Array };

function renumber({ rows, place }: Order, layer: number): void {
	rows[layer]?.forEach((vertex, index) => {
		place[vertex] = index;
	});
}

/** Families stand together when they are met depth first: a far better beginning than any other order. */
function begin(graph: Layered, fromTheRight: boolean): number[][] {
	const ahead = fromTheRight ? graph.incoming : graph.outgoing;
	const behind = fromTheRight ? graph.outgoing : graph.incoming;
	const rows: number[][] = Array.from({ length: graph.layers }, () => []);
	const met = new Uint8Array(graph.count);
	for (let root = 0; root < graph.count; root++) {
		if (met[root] || degree(behind, root) > 0) continue;
		const stack = [root];
		for (let vertex = stack.pop(); vertex !== undefined; vertex = stack.pop()) {
			if (met[vertex]) continue;
			met[vertex] = 1;
			rows[at(graph.layerOf, vertex)]?.push(vertex);
			for (let k = at(ahead.start, vertex + 1) - 1; k >= at(ahead.start, vertex); k--)
				if (!met[at(ahead.to, k)]) stack.push(at(ahead.to, k));
		}
	}
	return rows;
}

/** Counts the crossings between all layers, with a Fenwick tree over each. */
function countCrossings({ outgoing }: Layered, { rows, place }: Order): number {
	let crossings = 0;
	for (let layer = 0; layer + 1 < rows.length; layer++) {
		const width = rows[layer + 1]?.length ?? 0;
		const tree = new Int32Array(width + 2);
		let drawn = 0;
		for (const vertex of rows[layer] ?? []) {
			const first = at(outgoing.start, vertex);
			const end = at(outgoing.start, vertex + 1);
			for (let k = first; k < end; k++) {
				let notBeyond = 0;
				for (let i = at(place, at(outgoing.to, k)) + 1; i > 0; i -= i & -i) notBeyond += at(tree, i);
				crossings += drawn - notBeyond;
			}
			for (let k = first; k < end; k++) {
				for (let i = at(place, at(outgoing.to, k)) + 1; i <= width; i += i & -i) tree[i] = at(tree, i) + 1;
				drawn++;
			}
		}
	}
	return crossings;
}

/** Crossings on one side between the edges of two vertices, the first standing before the second. */
function crossingsOfPair(side: Adjacency, place: Int32Array, first: number, second: number): number {
	let crossings = 0;
	for (let i = at(side.start, first); i < at(side.start, first + 1); i++)
		for (let j = at(side.start, second); j < at(side.start, second + 1); j++)
			if (at(place, at(side.to, i)) > at(place, at(side.to, j))) crossings++;
	return crossings;
}

/** Swaps neighbours wherever that takes crossings away; gives back how many. */
function swapNeighbours({ outgoing, incoming }: Layered, { rows, place }: Order): number {
	const both = (first: number, second: number) =>
		crossingsOfPair(outgoing, place, first, second) + crossingsOfPair(incoming, place, first, second);
	let gain = 0;
	for (const row of rows) {
		for (let i = 0; i + 1 < row.length; i++) {
			const first = row[i] ?? 0;
			const second = row[i + 1] ?? 0;
			const now = both(first, second);
			if (now === 0) continue;
			const then = both(second, first);
			if (then >= now) continue;
			row[i] = second;
			row[i + 1] = first;
			place[second] = i;
			place[first] = i + 1;
			gain += now - then;
		}
	}
	return gain;
}

function swapUpTo(rounds: number, graph: Layered, order: Order): void {
	for (let round = 0; round < rounds; round++) if (swapNeighbours(graph, order) === 0) return;
}

/** Orders each layer by the mean place of its neighbours in the layer before. */
function sweep(graph: Layered, order: Order, rightwards: boolean): void {
	const side = rightwards ? graph.incoming : graph.outgoing;
	const { rows, place } = order;
	const wish = new Float64Array(graph.count);
	for (let step = 0; step < rows.length; step++) {
		const layer = rightwards ? step : rows.length - 1 - step;
		const row = rows[layer] ?? [];
		for (const vertex of row) {
			let sum = 0;
			for (let k = at(side.start, vertex); k < at(side.start, vertex + 1); k++) sum += at(place, at(side.to, k));
			const neighbours = degree(side, vertex);
			wish[vertex] = neighbours > 0 ? sum / neighbours : at(place, vertex);
		}
		row.sort((a, b) => at(wish, a) - at(wish, b) || at(place, a) - at(place, b));
		renumber(order, layer);
	}
}

function improve(graph: Layered, order: Order, effort: Effort, rightwardsFirst: boolean): void {
	let best = Number.POSITIVE_INFINITY;
	let bestRows = order.rows;
	let without = 0;
	for (let pass = 0; pass < effort.sweeps; pass++) {
		sweep(graph, order, (pass % 2 === 0) === rightwardsFirst);
		if (effort.swaps > 0 && graph.count < mostForSwapsBetween) swapUpTo(swapsBetween, graph, order);
		const crossings = countCrossings(graph, order);
		if (crossings < best) {
			best = crossings;
			bestRows = order.rows.map((row) => row.slice());
			without = 0;
		} else if (++without >= patience) break;
	}
	order.rows = bestRows;
	order.rows.forEach((_, layer) => {
		renumber(order, layer);
	});
	swapUpTo(effort.swaps, graph, order);
}

/** The vertices and stand-ins of each layer from top to bottom, with few crossings. */
export function orderLayers(graph: Layered, effort: Effort): number[][] {
	let best = Number.POSITIVE_INFINITY;
	let rows: number[][] = [];
	for (let attempt = 0; attempt < effort.restarts; attempt++) {
		const order: Order = { rows: begin(graph, attempt % 2 === 1), place: new Int32Array(graph.count) };
		order.rows.forEach((_, layer) => {
			renumber(order, layer);
		});
		improve(graph, order, effort, attempt % 4 < 2);
		const crossings = countCrossings(graph, order);
		if (crossings >= best) continue;
		best = crossings;
		rows = order.rows;
	}
	return rows;
}
