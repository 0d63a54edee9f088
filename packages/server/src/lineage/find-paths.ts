import type { Ctx } from "../context.ts";
import { describeNodes, withoutOwn } from "./describe-nodes.ts";
import type { LineageNode } from "./lineage-rows.ts";
import { type NodeAsked, openGraph } from "./open-graph.ts";
import { between } from "./scope-rules.ts";
import { draw, edgesOf } from "./walk-rules.ts";

export type PathsAsked = { readonly from: NodeAsked; readonly to: NodeAsked; readonly cap: number };

export type Paths = {
	/** In the order of their hops from the first one. None: nothing leads from it to the other. */
	readonly nodes: ReadonlyArray<LineageNode & { readonly fromHops: number; readonly toHops: number }>;
	/** By positions. */
	readonly edges: ReadonlyArray<readonly [number, number]>;
	/** Of the shortest way; null where there is none. */
	readonly hops: number | null;
	readonly total: number | null;
	readonly cut: boolean;
	readonly asOf: Date;
};

/** All ways from one node down to another, as one graph. Past the cap those on the shortest ways stay. */
export async function findPaths(ctx: Ctx, { from, to, cap }: PathsAsked): Promise<Paths> {
	const asOf = ctx.clock();
	const open = await openGraph(ctx, [from, to]);
	const [start = 0, end = 0] = open.foci;
	const { kept, drawing, found } = await open.run(
		(function* () {
			const all = yield* between(open, [start, end], open.mostMet);
			const on = all.nodes.map((node, at) => ({ node, fromHops: all.below[at] ?? 0, toHops: all.above[at] ?? 0 }));
			const short = on.toSorted((a, b) => a.fromHops + a.toHops - b.fromHops - b.toHops).slice(0, cap);
			const inOrder = short.sort((a, b) => a.fromHops - b.fromHops);
			const picture = yield* draw(
				open,
				inOrder.map(({ node }) => node),
				[],
			);
			return { kept: inOrder, drawing: picture, found: all };
		})(),
	);
	const described = await describeNodes(ctx, open, drawing.nodes);
	return {
		nodes: described.map((node, at) => ({
			...withoutOwn(node),
			...{ fromHops: kept[at]?.fromHops ?? 0, toHops: kept[at]?.toHops ?? 0 },
		})),
		edges: edgesOf(drawing),
		hops: found.above[0] ?? null,
		total: found.isBrokenOff ? null : found.nodes.length,
		cut: found.isBrokenOff || kept.length < found.nodes.length,
		asOf,
	};
}
