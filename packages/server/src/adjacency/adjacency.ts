import { IdTable } from "./id-table.ts";

/** Towards what a thing was made of, or towards what was made of it. */
export type Way = "up" | "down";

/** Edges beside the packed ones until they are packed anew. */
const leastUnpacked = 20_000;

type Packed = { readonly starts: Uint32Array; readonly ends: Uint32Array };
const nothingPacked: Packed = { starts: new Uint32Array(1), ends: new Uint32Array(0) };

/**
 * A directed graph of things with UUIDs, each of a kind (a small number) and in a place (a number of the caller's), in
 * typed arrays: 8 bytes an edge, about 40 a node. Edges that come later stand beside the packed ones until there are many.
 */
export class Adjacency {
	readonly ids = new IdTable();
	#kinds = new Uint8Array(64);
	#places = new Uint32Array(64);
	/** Further places, of the few nodes that have any. */
	readonly #furtherPlaces = new Map<number, readonly number[]>();
	readonly #packed: Record<Way, Packed> = { up: nothingPacked, down: nothingPacked };
	readonly #loose: Record<Way, Map<number, number[]>> = { up: new Map(), down: new Map() };
	#packedCount = 0;
	#looseCount = 0;
	#scratch: Int32Array[] = [];

	get nodeCount(): number {
		return this.ids.count;
	}

	get edgeCount(): number {
		return this.#packedCount + this.#looseCount;
	}

	/** What it takes of memory; loose edges are estimated. */
	get bytes(): number {
		const packed = Object.values(this.#packed).reduce(
			(sum, { starts, ends }) => sum + starts.byteLength + ends.byteLength,
			0,
		);
		const scratch = this.#scratch.reduce((sum, array) => sum + array.byteLength, 0);
		const own = this.ids.bytes + this.#kinds.byteLength + this.#places.byteLength;
		return own + packed + scratch + this.#looseCount * 64 + this.#furtherPlaces.size * 80;
	}

	/** The node of this id, which is made where there is none. */
	addNode(id: string, kind: number, place: number): number {
		return this.#describe(this.ids.add(id), kind, place);
	}

	/** As `addNode`, of the sixteen bytes of an id. */
	addNodeOfBytes(bytes: Buffer, at: number, like: { readonly kind: number; readonly place: number }): number {
		return this.#describe(this.ids.addBytes(bytes, at), like.kind, like.place);
	}

	kindOf(node: number): number {
		return this.#kinds[node] ?? 0;
	}

	placeOf(node: number): number {
		return this.#places[node] ?? 0;
	}

	furtherPlacesOf(node: number): readonly number[] | undefined {
		return this.#furtherPlaces.get(node);
	}

	setFurtherPlaces(node: number, places: readonly number[]): void {
		if (places.length === 0) this.#furtherPlaces.delete(node);
		else this.#furtherPlaces.set(node, places);
	}

	/** Takes all of them away, to be set anew. */
	clearFurtherPlaces(): void {
		this.#furtherPlaces.clear();
	}

	/** Adds an edge that may be there. */
	addEdge(from: number, to: number): void {
		const isFromShorter = this.degree(from, "down") <= this.degree(to, "up");
		const [node, way, other] = isFromShorter ? ([from, "down", to] as const) : ([to, "up", from] as const);
		let isThere = false;
		this.each(node, way, (near) => {
			isThere ||= near === other;
		});
		if (isThere) return;
		append(this.#loose.down, from, to);
		append(this.#loose.up, to, from);
		this.#looseCount += 1;
		if (this.#looseCount > Math.max(leastUnpacked, this.#packedCount / 8)) this.pack(noEdges);
	}

	/** Packs these edges, each given once, together with those that are there. */
	pack(edges: { readonly from: Uint32Array; readonly to: Uint32Array; readonly count: number }): void {
		const all = this.#allEdges(edges);
		this.#packed.down = packedBy(all.from, all.to, this.nodeCount);
		this.#packed.up = packedBy(all.to, all.from, this.nodeCount);
		this.#packedCount = all.from.length;
		this.#loose.down.clear();
		this.#loose.up.clear();
		this.#looseCount = 0;
		this.#scratch = [];
	}

	degree(node: number, way: Way): number {
		const { starts } = this.#packed[way];
		const packed = node + 1 < starts.length ? (starts[node + 1] ?? 0) - (starts[node] ?? 0) : 0;
		return packed + (this.#looseCount === 0 ? 0 : (this.#loose[way].get(node)?.length ?? 0));
	}

	each(node: number, way: Way, visit: (near: number) => void): void {
		const { starts, ends } = this.#packed[way];
		if (node + 1 < starts.length) {
			const end = starts[node + 1] ?? 0;
			for (let at = starts[node] ?? 0; at < end; at++) visit(ends[at] ?? 0);
		}
		if (this.#looseCount === 0) return;
		for (const near of this.#loose[way].get(node) ?? []) visit(near);
	}

	/** One number for each node, all zero. Whoever takes it gives it back, and says where it is not zero any more. */
	takeScratch(): Int32Array {
		const scratch = this.#scratch.pop();
		return scratch !== undefined && scratch.length >= this.nodeCount ? scratch : new Int32Array(this.nodeCount + 1024);
	}

	giveBack(scratch: Int32Array, touched: Iterable<number>): void {
		for (const node of touched) scratch[node] = 0;
		this.#scratch.push(scratch);
	}

	#describe(node: number, kind: number, place: number): number {
		if (node >= this.#kinds.length) {
			const kinds = new Uint8Array(this.#kinds.length * 2);
			kinds.set(this.#kinds);
			this.#kinds = kinds;
			const places = new Uint32Array(this.#places.length * 2);
			places.set(this.#places);
			this.#places = places;
		}
		this.#kinds[node] = kind;
		this.#places[node] = place;
		return node;
	}

	#allEdges(more: { readonly from: Uint32Array; readonly to: Uint32Array; readonly count: number }) {
		const from = new Uint32Array(this.edgeCount + more.count);
		const to = new Uint32Array(from.length);
		let at = 0;
		if (this.edgeCount > 0) {
			for (let node = 0; node < this.nodeCount; node++) {
				this.each(node, "down", (near) => {
					from[at] = node;
					to[at++] = near;
				});
			}
		}
		from.set(more.from.subarray(0, more.count), at);
		to.set(more.to.subarray(0, more.count), at);
		return { from, to };
	}
}

const noEdges = { from: new Uint32Array(0), to: new Uint32Array(0), count: 0 };

function append(lists: Map<number, number[]>, node: number, near: number): void {
	const list = lists.get(node);
	if (list === undefined) lists.set(node, [near]);
	else list.push(near);
}

/** Counting sort: edges of a node stand side by side, in the order in which they were given. */
function packedBy(nodes: Uint32Array, nears: Uint32Array, nodeCount: number): Packed {
	const starts = new Uint32Array(nodeCount + 1);
	for (const node of nodes) starts[node + 1] = (starts[node + 1] ?? 0) + 1;
	for (let node = 0; node < nodeCount; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
	const next = starts.slice(0, nodeCount);
	const ends = new Uint32Array(nears.length);
	for (let edge = 0; edge < nears.length; edge++) {
		const node = nodes[edge] ?? 0;
		const at = next[node] ?? 0;
		ends[at] = nears[edge] ?? 0;
		next[node] = at + 1;
	}
	return { starts, ends };
}
