import { z } from "zod";
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
	const start = asked.after === null ? 0 : parseCursor(asked.after, z.tuple([z.number().int().min(0)]))[0];
	const page = listed.slice(start, start + asked.first);
	const end = start + page.length;
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
		cut: met.isBrokenOff || end < listed.length,
		endCursor: end < listed.length ? encodeCursor([end]) : null,
		asOf,
	};
}
