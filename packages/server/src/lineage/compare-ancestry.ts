import type { Ctx } from "../context.ts";
import { type Described, describeNodes, withoutOwn } from "./describe-nodes.ts";
import type { LineageNode } from "./lineage-rows.ts";
import { type NodeAsked, openGraph } from "./open-graph.ts";
import { compareAncestors } from "./scope-rules.ts";

export type ComparisonAsked = { readonly first: NodeAsked; readonly second: NodeAsked; readonly cap: number };

export type Comparison = {
	/** Nearest to both first, with the hops from each. */
	readonly common: ReadonlyArray<LineageNode & { readonly firstHops: number; readonly secondHops: number }>;
	/** Ids of those of the common ones that no other common one came of. */
	readonly nearest: readonly string[];
	readonly onlyFirst: readonly LineageNode[];
	readonly onlySecond: readonly LineageNode[];
	/** How many there are of each, listed or not; edges to what may not be seen are counted apart. */
	readonly counts: {
		readonly common: number;
		readonly onlyFirst: number;
		readonly onlySecond: number;
		readonly hiddenFirst: number;
		readonly hiddenSecond: number;
	};
	/** Null: too many to be counted; then `counts` are of what was found. */
	readonly total: number | null;
	readonly cut: boolean;
	readonly asOf: Date;
};

/** What two nodes both came of, themselves included, and what only one of them did. Lists end at the cap, nearest first. */
export async function compareAncestry(ctx: Ctx, { first, second, cap }: ComparisonAsked): Promise<Comparison> {
	const asOf = ctx.clock();
	const open = await openGraph(ctx, [first, second]);
	const [a = 0, b = 0] = open.foci;
	const found = await open.run(compareAncestors(open, [a, b], open.mostMet));
	const parts = [
		found.common.slice(0, cap).map(({ node }) => node),
		found.nearest.slice(0, cap),
		found.onlyFirst.slice(0, cap),
		found.onlySecond.slice(0, cap),
	] as const;
	const nodes = [...new Set(parts.flat())];
	const described = new Map<number, Described>();
	for (const [at, node] of (await describeNodes(ctx, open, nodes)).entries()) described.set(nodes[at] ?? 0, node);
	const tell = (list: readonly number[]) => list.flatMap((node) => described.get(node) ?? []).map(withoutOwn);
	const [common, nearest, onlyFirst, onlySecond] = parts.map(tell);
	const counts = {
		...{ common: found.common.length, onlyFirst: found.onlyFirst.length, onlySecond: found.onlySecond.length },
		...{ hiddenFirst: found.hiddenFirst, hiddenSecond: found.hiddenSecond },
	};
	const longest = Math.max(counts.common, counts.onlyFirst, counts.onlySecond);
	return {
		common: (common ?? []).map((node, at) => ({
			...node,
			...{ firstHops: found.common[at]?.first ?? 0, secondHops: found.common[at]?.second ?? 0 },
		})),
		nearest: (nearest ?? []).map(({ id }) => id),
		onlyFirst: onlyFirst ?? [],
		onlySecond: onlySecond ?? [],
		counts,
		total: found.isBrokenOff ? null : counts.common + counts.onlyFirst + counts.onlySecond,
		cut: found.isBrokenOff || longest > cap,
		asOf,
	};
}
