import { z } from "zod";
import type { Adjacency } from "../adjacency/adjacency.ts";
import type { Ctx } from "../context.ts";
import { encodeCursor, parseCursor } from "../db/page.ts";
import { describeNodes, withoutOwn } from "./describe-nodes.ts";
import { artifactKind, type LineageNode } from "./lineage-rows.ts";
import { type NodeAsked, openGraph } from "./open-graph.ts";
import { reach } from "./scope-rules.ts";

export type ImpactAsked = {
	readonly focus: NodeAsked;
	readonly hops: number;
	readonly kind: "run" | "artifact" | "any";
	readonly first: number;
	readonly after: string | null;
};

export type ImpactItem = LineageNode & {
	/** Hops from what is asked about. */
	readonly distance: number;
	/** Of a version the runs that used it, of a run the versions that it made: also those that may not be seen. */
	readonly consumers: number;
};

export type Impact = {
	readonly focus: string;
	readonly items: readonly ImpactItem[];
	readonly runs: number;
	readonly versions: number;
	/** Edges to what may not be seen. */
	readonly hidden: number;
	/** All of the kind asked for. Null: too many to be counted. */
	readonly total: number | null;
	readonly cut: boolean;
	readonly endCursor: string | null;
	readonly asOf: Date;
};

/** Everything that came of a version or a run, nearest first: what a mistake in it would have spoilt, and under which names. */
export async function listImpact(ctx: Ctx, asked: ImpactAsked): Promise<Impact> {
	const asOf = ctx.clock();
	const open = await openGraph(ctx, [asked.focus]);
	const { graph, mostMet } = open;
	const [focus = 0] = open.foci;
	const bounds = { hops: asked.hops, cap: Number.POSITIVE_INFINITY, mostMet };
	const met = await open.run(reach(open, focus, { scope: "descendants", ...bounds }));
	const found = met.nodes.map((node, at) => ({ node, distance: met.distances[at] ?? 0 })).slice(1);
	const isVersion = ({ node }: { node: number }) => graph.kindOf(node) === artifactKind;
	const listed = asked.kind === "any" ? found : found.filter((each) => isVersion(each) === (asked.kind === "artifact"));
	const next = pageAfter(graph, listed, asked);
	const page = next.slice(0, asked.first);
	const last = next.length > page.length ? page.at(-1) : undefined;
	const degrees = await open.run(
		(function* () {
			yield { nodes: page.map(({ node }) => node), ways: ["down"] };
			return page.map(({ node }) => graph.degree(node, "down"));
		})(),
	);
	const described = await describeNodes(ctx, open, [focus, ...page.map(({ node }) => node)]);
	const versions = found.filter(isVersion).length;
	return {
		focus: described[0]?.id ?? "",
		items: described.slice(1).map((node, at) => ({
			...withoutOwn(node),
			...{ distance: page[at]?.distance ?? 0, consumers: degrees[at] ?? 0 },
		})),
		...{ runs: found.length - versions, versions, hidden: met.stubCount },
		total: met.isBrokenOff ? null : listed.length,
		cut: met.isBrokenOff || last !== undefined,
		endCursor: last === undefined ? null : encodeCursor([last.distance, graph.ids.idOf(last.node)]),
		asOf,
	};
}

type Met = { readonly node: number; readonly distance: number };
const cursorShape = z.tuple([z.number().int().min(0), z.uuid()]);

/**
 * What comes after a page, and one more than the next one takes. Those equally near stand by their ids, where there is more
 * than one page: the next may be read elsewhere, where edges are in another order.
 */
function pageAfter({ ids }: Adjacency, listed: readonly Met[], { first, after }: ImpactAsked): readonly Met[] {
	const [distance, id] = after === null ? [0, null] : parseCursor(after, cursorShape);
	if (id === null && listed.length <= first) return listed;
	const page: Met[] = [];
	let start = listed.findIndex((each) => each.distance >= distance);
	while (start >= 0 && start < listed.length && page.length <= first) {
		const near = listed[start]?.distance ?? 0;
		let end = start;
		while (listed[end]?.distance === near) end += 1;
		const layer = listed.slice(start, end).sort((a, b) => ids.compare(a.node, b.node));
		const isPast = ({ node }: Met) => id === null || near > distance || ids.idOf(node) > id;
		for (const each of layer.filter(isPast)) page.push(each);
		start = end;
	}
	return page.slice(0, first + 1);
}
