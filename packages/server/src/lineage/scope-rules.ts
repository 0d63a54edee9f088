import { type Reached, type Steps, type View, walk } from "./walk-rules.ts";

export const scopes = ["ancestors", "descendants", "component"] as const;
/** Which nodes are meant: those that a node came of, those that came of it, or all that hang together with it. */
export type ScopeName = (typeof scopes)[number];

export const waysOf = { ancestors: ["up"], descendants: ["down"], component: ["up", "down"] } as const;

export type Reach = {
	readonly scope: ScopeName;
	readonly hops: number;
	readonly cap: number;
	readonly mostMet: number;
};

/** All of a scope, nearest first. */
export function* reach(view: View, start: number, { scope, ...walked }: Reach): Steps<Reached> {
	return yield* walk(view, start, { ways: waysOf[scope], ...walked });
}

export type Between = {
	/** Nodes on any way from one to the other, nearest to the first one first; none where there is no way. */
	readonly nodes: readonly number[];
	/** Of each: hops from the first one, and to the other. */
	readonly below: readonly number[];
	readonly above: readonly number[];
	readonly isBrokenOff: boolean;
};

/** What lies between two nodes: what came of the first one and is an ancestor of the other. */
export function* between(view: View, ends: readonly [number, number], mostMet: number): Steps<Between> {
	const all = { hops: Number.POSITIVE_INFINITY, cap: Number.POSITIVE_INFINITY, mostMet };
	const below = yield* reach(view, ends[0], { scope: "descendants", ...all });
	const above = yield* reach(view, ends[1], { scope: "ancestors", ...all });
	const distances = distancesOf(above);
	const found = below.nodes.flatMap((node, at) => {
		const distance = distances.get(node);
		return distance === undefined ? [] : [{ node, below: below.distances[at] ?? 0, above: distance }];
	});
	return {
		nodes: found.map(({ node }) => node),
		below: found.map((each) => each.below),
		above: found.map((each) => each.above),
		isBrokenOff: below.isBrokenOff || above.isBrokenOff,
	};
}

export type Compared = {
	/** With hops from both. */
	readonly common: ReadonlyArray<{ readonly node: number; readonly first: number; readonly second: number }>;
	/** Those of the common ones that no other common one came of: where the two parted. */
	readonly nearest: readonly number[];
	readonly onlyFirst: readonly number[];
	readonly onlySecond: readonly number[];
	/** Ancestors of each that may not be known of. */
	readonly hiddenFirst: number;
	readonly hiddenSecond: number;
	readonly isBrokenOff: boolean;
};

/** The ancestors of two nodes, themselves included, that they share and that only one of them has. */
export function* compareAncestors(view: View, pair: readonly [number, number], mostMet: number): Steps<Compared> {
	const all = { hops: Number.POSITIVE_INFINITY, cap: Number.POSITIVE_INFINITY, mostMet };
	const first = yield* reach(view, pair[0], { scope: "ancestors", ...all });
	const second = yield* reach(view, pair[1], { scope: "ancestors", ...all });
	const [ofFirst, ofSecond] = [distancesOf(first), distancesOf(second)];
	const common = first.nodes.flatMap((node, at) => {
		const distance = ofSecond.get(node);
		return distance === undefined ? [] : [{ node, first: first.distances[at] ?? 0, second: distance }];
	});
	yield { nodes: common.map(({ node }) => node), ways: ["down"] };
	const nearest = common.filter(({ node }) => {
		let isParting = true;
		view.graph.each(node, "down", (near) => {
			if (ofFirst.has(near) && ofSecond.has(near)) isParting = false;
		});
		return isParting;
	});
	return {
		common: common.sort((a, b) => a.first + a.second - b.first - b.second),
		nearest: nearest.map(({ node }) => node),
		onlyFirst: first.nodes.filter((node) => !ofSecond.has(node)),
		onlySecond: second.nodes.filter((node) => !ofFirst.has(node)),
		hiddenFirst: first.stubCount,
		hiddenSecond: second.stubCount,
		isBrokenOff: first.isBrokenOff || second.isBrokenOff,
	};
}

function distancesOf({ nodes, distances }: Reached): Map<number, number> {
	return new Map(nodes.map((node, at) => [node, distances[at] ?? 0]));
}
