import { at, type Edges } from "./adjacency.ts";
import { findBackEdges } from "./back-edges.ts";
import { makeLayers } from "./layers.ts";
import { type Effort, orderLayers } from "./order.ts";
import { placeLayers, type Sizes } from "./place.ts";
import { assignTimeLayers, type BandSpan, type Bands } from "./time-layers.ts";

export type Point = readonly [x: number, y: number];
export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Where everything stands; x grows to the right along the flow, y downwards. */
export type Layout = {
	/** The middle of each vertex. */
	readonly x: Float64Array;
	readonly y: Float64Array;
	/** Where each edge bends between its ends. */
	readonly bends: Point[][];
	/** 1 for each edge that leads back to the left, since it closes a cycle. */
	readonly back: Uint8Array;
	readonly layers: number;
	/** The columns of time, where it was laid out by them. */
	readonly spans?: readonly BandSpan[];
};

/** What a card needs, edges included. */
export const cardSizes: Sizes = { width: 232, height: 60, gapX: 84, gapY: 14 };

/** As much effort as leaves a graph of this size on the page at once. */
export function effortFor(count: number): Effort {
	return count > 4000 ? { sweeps: 12, restarts: 1, swaps: 0 } : { sweeps: 12, restarts: 4, swaps: 12 };
}

type Part = { vertices: number[]; edges: number[] };

/** What hangs together, in the order of its first vertex. */
function findComponents(count: number, { from, to }: Edges): Part[] {
	const parent = Int32Array.from({ length: count }, (_, vertex) => vertex);
	const rootOf = (vertex: number): number => {
		let root = vertex;
		while (at(parent, root) !== root) {
			parent[root] = at(parent, at(parent, root));
			root = at(parent, root);
		}
		return root;
	};
	for (let edge = 0; edge < from.length; edge++) parent[rootOf(at(from, edge))] = rootOf(at(to, edge));
	const parts = new Map<number, Part>();
	const partOf = (vertex: number): Part => {
		const root = rootOf(vertex);
		const part = parts.get(root) ?? { vertices: [], edges: [] };
		parts.set(root, part);
		return part;
	};
	for (let vertex = 0; vertex < count; vertex++) partOf(vertex).vertices.push(vertex);
	for (let edge = 0; edge < from.length; edge++) partOf(at(from, edge)).edges.push(edge);
	return [...parts.values()];
}

type Asked = { readonly sizes: Sizes; readonly effort: Effort; readonly bands?: Bands | undefined };

function layOutDag(count: number, edges: Edges, { sizes, effort, bands }: Asked): Omit<Layout, "back"> {
	const timed = bands && assignTimeLayers(count, edges, bands);
	const graph = makeLayers(count, edges, timed?.layers);
	const y = placeLayers(graph, orderLayers(graph, effort), sizes);
	const left = (vertex: number) => at(graph.layerOf, vertex) * (sizes.width + sizes.gapX);
	return {
		x: Float64Array.from({ length: count }, (_, vertex) => left(vertex) + sizes.width / 2),
		y: y.slice(0, count),
		// A stand-in is as wide as a card: no edge runs through a card.
		bends: graph.passes.map((passes) =>
			passes.flatMap((standIn): Point[] => [
				[left(standIn), at(y, standIn)],
				[left(standIn) + sizes.width, at(y, standIn)],
			]),
		),
		layers: graph.layers,
		...(timed && { spans: timed.spans }),
	};
}

/** Lays out what hangs together. Edges that close a cycle are laid out the other way round; loops are not laid out. */
function layOutComponent(count: number, edges: Edges, asked: Asked): Layout {
	const back = findBackEdges(count, edges);
	if (back === undefined) return { ...layOutDag(count, edges, asked), back: new Uint8Array(edges.from.length) };
	const kept = Array.from(back, (_, edge) => edge).filter((edge) => at(edges.from, edge) !== at(edges.to, edge));
	const turned = (edge: number, end: "from" | "to") =>
		at(edges[back[edge] ? (end === "from" ? "to" : "from") : end], edge);
	const dag = { from: kept.map((edge) => turned(edge, "from")), to: kept.map((edge) => turned(edge, "to")) };
	const result = layOutDag(count, dag, asked);
	const bends: Point[][] = Array.from(back, () => []);
	kept.forEach((edge, index) => {
		const points = result.bends[index] ?? [];
		bends[edge] = back[edge] ? points.slice().reverse() : points;
	});
	return { ...result, bends, back };
}

type Parcel = { part: Part; layout: Layout; top: number; high: number; wide: number };

function parcelOf(part: Part, layout: Layout, sizes: Sizes): Parcel {
	let top = Number.POSITIVE_INFINITY;
	let bottom = Number.NEGATIVE_INFINITY;
	const take = (y: number) => {
		top = Math.min(top, y);
		bottom = Math.max(bottom, y);
	};
	layout.y.forEach(take);
	for (const points of layout.bends) for (const [, y] of points) take(y);
	const wide = layout.x.reduce((most, x) => Math.max(most, x), 0) + sizes.width / 2;
	return { part, layout, top, high: bottom - top + sizes.height, wide };
}

/** Puts boxes on shelves as wide as the widest, the largest first: parts never cross. */
function pack(boxes: Parcel[], whole: Layout, sizes: Sizes): void {
	const widest = boxes.reduce((most, { wide }) => Math.max(most, wide), 0);
	boxes.sort((a, b) => b.part.vertices.length - a.part.vertices.length || b.high - a.high);
	let shelf = { top: 0, high: 0, left: 0 };
	for (const { part, layout, top, high, wide } of boxes) {
		if (shelf.left > 0 && shelf.left + wide > widest + 1)
			shelf = { top: shelf.top + shelf.high + sizes.gapY * 2, high: 0, left: 0 };
		const { left } = shelf;
		const down = shelf.top - top + sizes.height / 2;
		part.vertices.forEach((vertex, index) => {
			whole.x[vertex] = at(layout.x, index) + left;
			whole.y[vertex] = at(layout.y, index) + down;
		});
		part.edges.forEach((edge, index) => {
			whole.bends[edge] = (layout.bends[index] ?? []).map(([x, y]): Point => [x + left, y + down]);
			whole.back[edge] = layout.back[index] ?? 0;
		});
		shelf = { ...shelf, high: Math.max(shelf.high, high), left: shelf.left + wide + sizes.gapX };
	}
}

/**
 * Lays a graph out in layers from left to right: the same input gives the same picture. Typed arrays and no recursion,
 * so that a chain of any depth does not exhaust the stack; cycles and loops are allowed.
 */
export function layOut(
	count: number,
	edges: Edges,
	sizes = cardSizes,
	{ effort = effortFor(count), bands }: { effort?: Effort; bands?: Bands | undefined } = {},
): Layout {
	const asked = { sizes, effort, bands };
	const parts = findComponents(count, edges);
	// Columns of time go through all that there is: parts that do not hang together stand in the same ones.
	if (parts.length <= 1 || bands) return layOutComponent(count, edges, asked);
	const local = new Int32Array(count);
	const boxes = parts.map((part) => {
		part.vertices.forEach((vertex, index) => {
			local[vertex] = index;
		});
		const inside = (ends: ArrayLike<number>) => part.edges.map((edge) => at(local, at(ends, edge)));
		const own = { from: inside(edges.from), to: inside(edges.to) };
		return parcelOf(part, layOutComponent(part.vertices.length, own, asked), sizes);
	});
	const whole: Layout = {
		x: new Float64Array(count),
		y: new Float64Array(count),
		bends: Array.from(edges.from, () => []),
		back: new Uint8Array(edges.from.length),
		layers: boxes.reduce((most, { layout }) => Math.max(most, layout.layers), 0),
	};
	pack(boxes, whole, sizes);
	return whole;
}
