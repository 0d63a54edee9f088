import type { Adjacency, Way } from "../adjacency/adjacency.ts";

/** The graph as one person may see it. */
export type View = {
	readonly graph: Adjacency;
	/** Whether he may know of the node. Where he may not, each edge to it ends in a stub, and no walk goes on. */
	may(node: number): boolean;
};

/** Edges that are about to be looked at: where the graph is not all there, they are read first. */
export type Need = { readonly nodes: readonly number[]; readonly ways: readonly Way[] };
export type Steps<T> = Generator<Need, T, void>;

/** The end of an edge behind which there is something that may not be known of. */
export type Stub = { readonly of: number; readonly way: Way };

/**
 * What a walk met, nearest first, its beginning at distance 0. A stub is a node of the viewer's graph: it counts as one, and
 * takes the place of one.
 */
export type Reached = {
	/** All that was met; those after `taken` are past the cap. */
	readonly nodes: number[];
	readonly distances: number[];
	readonly taken: number;
	/** Those within the cap. */
	readonly stubs: Stub[];
	/** Stubs there are. */
	readonly stubCount: number;
	/** Whether the walk was broken off because there is too much: then nothing past what was met is known. */
	readonly isBrokenOff: boolean;
};

export type Walk = {
	readonly ways: readonly Way[];
	readonly hops: number;
	/** At most so many nodes and stubs are taken, besides the beginning. */
	readonly cap: number;
	/** Once this many were met, the walk is broken off. */
	readonly mostMet: number;
};

/**
 * Breadth-first from a node that may be seen. Where the cap cuts through those equally near, nodes come before stubs, and
 * by their ids: what is taken depends on nothing else, least of all on where the edges were read.
 */
export function* walk(view: View, start: number, { ways, hops, cap, mostMet }: Walk): Steps<Reached> {
	const { graph } = view;
	const nodes = [start];
	const distances = [0];
	const stubs: Stub[] = [];
	let seen = graph.takeScratch();
	seen[start] = 1;
	let [from, taken, stubCount] = [0, 1, 0];
	let isBrokenOff = false;
	for (let distance = 1; distance <= hops && from < nodes.length; distance++) {
		isBrokenOff = nodes.length + stubCount > mostMet;
		if (isBrokenOff) break;
		const frontier = nodes.slice(from);
		from = nodes.length;
		const room = cap - (taken - 1) - stubs.length;
		const met: Stub[] = [];
		yield { nodes: frontier, ways };
		seen = widened(seen, graph.nodeCount);
		for (const node of frontier) {
			for (const way of ways) {
				graph.each(node, way, (near) => {
					if (seen[near] === 1) return;
					if (!view.may(near)) {
						stubCount += 1;
						if (room > 0) met.push({ of: node, way });
						return;
					}
					seen[near] = 1;
					nodes.push(near);
					distances.push(distance);
				});
			}
		}
		const fitting = Math.min(room, nodes.length - from);
		if (0 < fitting && fitting < nodes.length - from) graph.ids.putFirst(nodes, from, fitting);
		taken += fitting;
		const left = room - fitting;
		for (const stub of met.length <= left ? met : firstStubs(graph, met).slice(0, left)) stubs.push(stub);
	}
	graph.giveBack(seen, nodes);
	return { nodes, distances, taken, stubs, stubCount, isBrokenOff };
}

function firstStubs({ ids }: Adjacency, stubs: Stub[]): Stub[] {
	return stubs.sort((a, b) => ids.compare(a.of, b.of) || Number(a.way === "up") - Number(b.way === "up"));
}

/** As many places as there are nodes by now. */
function widened(scratch: Int32Array, nodeCount: number): Int32Array {
	if (scratch.length >= nodeCount) return scratch;
	const larger = new Int32Array(nodeCount * 2);
	larger.set(scratch);
	return larger;
}

/** What is shown: nodes in the order given, then the stubs. */
export type Picture = {
	readonly nodes: readonly number[];
	readonly stubs: readonly Stub[];
	/** Edges between them, by the positions of both ends: from, to, from, to, … */
	readonly ends: Uint32Array;
	/** Of each node: its edges, and how many of them lead to what is not shown. */
	readonly up: Uint32Array;
	readonly down: Uint32Array;
	readonly hiddenUp: Uint32Array;
	readonly hiddenDown: Uint32Array;
};

/** Finds all edges among nodes, and counts those that lead elsewhere. */
export function* draw(view: View, nodes: readonly number[], stubs: readonly Stub[]): Steps<Picture> {
	const { graph } = view;
	yield { nodes, ways: ["up", "down"] };
	const positions = graph.takeScratch();
	nodes.forEach((node, at) => {
		positions[node] = at + 1;
	});
	const [up, down] = [degrees(graph, nodes, "up"), degrees(graph, nodes, "down")];
	const [hiddenUp, hiddenDown] = [up.slice(), down.slice()];
	const ends = new Uint32Array(2 * (down.reduce((sum, count) => sum + count, 0) + stubs.length));
	let count = 0;
	const drop = (array: Uint32Array, at: number) => {
		array[at] = (array[at] ?? 0) - 1;
	};
	nodes.forEach((node, from) => {
		graph.each(node, "down", (near) => {
			const to = (positions[near] ?? 0) - 1;
			if (to < 0) return;
			ends[count++] = from;
			ends[count++] = to;
			drop(hiddenDown, from);
			drop(hiddenUp, to);
		});
	});
	stubs.forEach(({ of, way }, index) => {
		const at = (positions[of] ?? 0) - 1;
		const stub = nodes.length + index;
		ends[count++] = way === "up" ? stub : at;
		ends[count++] = way === "up" ? at : stub;
		drop(way === "up" ? hiddenUp : hiddenDown, at);
	});
	graph.giveBack(positions, nodes);
	return { nodes, stubs, ends: ends.subarray(0, count), up, down, hiddenUp, hiddenDown };
}

function degrees(graph: Adjacency, nodes: readonly number[], way: Way): Uint32Array {
	const counts = new Uint32Array(nodes.length);
	for (let at = 0; at < nodes.length; at++) counts[at] = graph.degree(nodes[at] ?? 0, way);
	return counts;
}

/** The edges of a picture one by one. */
export function edgesOf({ ends }: Picture): Array<readonly [number, number]> {
	return Array.from({ length: ends.length / 2 }, (_, at) => [ends[2 * at] ?? 0, ends[2 * at + 1] ?? 0] as const);
}

export type Span = { readonly hops: number; readonly cap: number };

/** What is around a node: ancestors and descendants are walked separately. */
export type Around = {
	readonly nodes: readonly number[];
	/** Of each node: hops from the focus upstream and downstream; 0 where that way does not lead to it. */
	readonly above: readonly number[];
	readonly below: readonly number[];
	readonly stubs: readonly Stub[];
	/** Of all nodes and stubs within reach, the focus as well. Null: too many to be counted. */
	readonly total: number | null;
	readonly cut: boolean;
};

/** The ancestors and the descendants of a node within so many hops, each nearest first. On a cycle a node is both. */
export function* walkAround(
	view: View,
	focus: number,
	{ up, down, mostMet }: { readonly up: Span; readonly down: Span; readonly mostMet: number },
): Steps<Around> {
	const above = yield* walk(view, focus, { ways: ["up"], ...up, mostMet });
	const below = yield* walk(view, focus, { ways: ["down"], ...down, mostMet });
	const nodes = above.nodes.slice(0, above.taken);
	const distances = { above: above.distances.slice(0, above.taken), below: nodes.map(() => 0) };
	const positions = view.graph.takeScratch();
	nodes.forEach((node, at) => {
		positions[node] = at + 1;
	});
	for (let at = 1; at < below.taken; at++) {
		const [node, distance] = [below.nodes[at] ?? 0, below.distances[at] ?? 0];
		const known = (positions[node] ?? 0) - 1;
		if (known >= 0) distances.below[known] = distance;
		else {
			nodes.push(node);
			distances.above.push(0);
			distances.below.push(distance);
		}
	}
	view.graph.giveBack(positions, nodes);
	const stubs = [...above.stubs, ...below.stubs];
	const total = above.isBrokenOff || below.isBrokenOff ? null : countBoth(view, above, below);
	return { nodes, ...distances, stubs, total, cut: total !== nodes.length + stubs.length };
}

/** All that was met either way, the beginning once, and on cycles each node once. */
function countBoth({ graph }: View, above: Reached, below: Reached): number {
	const seen = graph.takeScratch();
	for (const node of above.nodes) seen[node] = 1;
	const both = below.nodes.reduce((count, node) => count + (seen[node] ?? 0), 0);
	graph.giveBack(seen, above.nodes);
	return above.nodes.length + below.nodes.length - both + above.stubCount + below.stubCount;
}
