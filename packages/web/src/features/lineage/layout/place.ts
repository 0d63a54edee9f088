import { at } from "./adjacency.ts";
import type { Layered } from "./layers.ts";

/** Sizes in pixels at zoom 1. */
export type Sizes = {
	readonly width: number;
	readonly height: number;
	readonly gapX: number;
	readonly gapY: number;
};

/** An edge that passes needs little room, and should rather run straight than stand well. */
const passHeight = 6;
const passWeight = 4;
const rounds = 6;
/** In the last rounds both sides have a say. */
const bothSidesFrom = rounds - 2;

type Block = { sum: number; weight: number; first: number };

/** Moves a layer to where its neighbours are, in order and with a least gap: pool adjacent violators. */
function settle(row: readonly number[], wishes: readonly number[], weights: readonly number[], offsets: Float64Array) {
	const blocks: Block[] = [];
	row.forEach((_, index) => {
		const weight = weights[index] ?? 1;
		let last: Block = { sum: ((wishes[index] ?? 0) - at(offsets, index)) * weight, weight, first: index };
		for (
			let before = blocks.at(-1);
			before && before.sum / before.weight > last.sum / last.weight;
			before = blocks.at(-1)
		) {
			last = { sum: before.sum + last.sum, weight: before.weight + last.weight, first: before.first };
			blocks.pop();
		}
		blocks.push(last);
	});
	return blocks;
}

/** The middle of each vertex and stand-in, from top to bottom. */
export function placeLayers(graph: Layered, rows: readonly (readonly number[])[], sizes: Sizes): Float64Array {
	const { vertices, incoming, outgoing } = graph;
	const heightOf = (vertex: number) => (vertex < vertices ? sizes.height : passHeight);
	const y = new Float64Array(graph.count);
	for (const row of rows) {
		const whole = row.reduce((sum, vertex) => sum + heightOf(vertex) + sizes.gapY, 0);
		let top = -whole / 2;
		for (const vertex of row) {
			y[vertex] = top + heightOf(vertex) / 2;
			top += heightOf(vertex) + sizes.gapY;
		}
	}
	const wishOf = (vertex: number, left: boolean, right: boolean) => {
		let sum = 0;
		let count = 0;
		for (const [wanted, { start, to }] of [
			[left, incoming],
			[right, outgoing],
		] as const) {
			if (!wanted) continue;
			for (let k = at(start, vertex); k < at(start, vertex + 1); k++) sum += at(y, at(to, k));
			count += at(start, vertex + 1) - at(start, vertex);
		}
		return count > 0 ? sum / count : at(y, vertex);
	};
	for (let round = 0; round < rounds; round++) {
		const rightwards = round % 2 === 0;
		const both = round >= bothSidesFrom;
		for (let step = 0; step < rows.length; step++) {
			const row = rows[rightwards ? step : rows.length - 1 - step] ?? [];
			const offsets = new Float64Array(row.length);
			for (let i = 1; i < row.length; i++)
				offsets[i] = at(offsets, i - 1) + (heightOf(row[i - 1] ?? 0) + heightOf(row[i] ?? 0)) / 2 + sizes.gapY;
			const wishes = row.map((vertex) => wishOf(vertex, rightwards || both, !rightwards || both));
			const weights = row.map((vertex) => (vertex < vertices ? 1 : passWeight));
			const blocks = settle(row, wishes, weights, offsets);
			blocks.forEach(({ sum, weight, first }, index) => {
				const end = blocks[index + 1]?.first ?? row.length;
				for (let i = first; i < end; i++) y[row[i] ?? 0] = sum / weight + at(offsets, i);
			});
		}
	}
	return y;
}
