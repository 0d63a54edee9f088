import type { Ctx } from "../context.ts";
import { describeNodes, withoutOwn } from "./describe-nodes.ts";
import { artifactKind, type LineageNode } from "./lineage-rows.ts";
import { readNamesIn } from "./name-reader.ts";
import { type NodeAsked, openGraph } from "./open-graph.ts";
import { reach, type ScopeName } from "./scope-rules.ts";

export type SearchAsked = {
	readonly of: NodeAsked;
	readonly scope: ScopeName;
	/** A part of a name, an alias or a run id, whatever its case. */
	readonly query: string;
	readonly first: number;
};

export type ScopeFound = {
	readonly found: ReadonlyArray<LineageNode & { readonly distance: number }>;
	/** Null: too many nodes to be looked through. */
	readonly total: number | null;
	readonly cut: boolean;
	readonly asOf: Date;
};

/** The nodes of a scope with that in one of their names, nearest first. */
export async function searchScope(ctx: Ctx, asked: SearchAsked): Promise<ScopeFound> {
	const asOf = ctx.clock();
	const open = await openGraph(ctx, [asked.of]);
	const { graph, mostMet } = open;
	const all = { hops: Number.POSITIVE_INFINITY, cap: 0, mostMet };
	const met = await open.run(reach(open, open.foci[0] ?? 0, { scope: asked.scope, ...all }));
	const idsOf = (isVersion: boolean) =>
		met.nodes.flatMap((node) => ((graph.kindOf(node) === artifactKind) === isVersion ? [graph.ids.idOf(node)] : []));
	const named = await readNamesIn(ctx.db, { runIds: idsOf(false), artifactIds: idsOf(true), part: asked.query });
	const matching = new Set(
		// A name that only some link gives, or an alias at home, is known to those who may see that.
		named.flatMap(({ id, place }) => (place === null || open.sees(place) ? [graph.ids.find(id)] : [])),
	);
	const found = met.nodes.flatMap((node, at) =>
		matching.has(node) ? [{ node, distance: met.distances[at] ?? 0 }] : [],
	);
	const page = found.slice(0, asked.first);
	const described = await describeNodes(
		ctx,
		open,
		page.map(({ node }) => node),
	);
	return {
		found: described.map((node, at) => ({ ...withoutOwn(node), distance: page[at]?.distance ?? 0 })),
		total: met.isBrokenOff ? null : found.length,
		cut: met.isBrokenOff || found.length > page.length,
		asOf,
	};
}
