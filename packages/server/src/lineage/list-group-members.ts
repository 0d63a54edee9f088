import { z } from "zod";
import type { Ctx } from "../context.ts";
import { encodeCursor, parseCursor } from "../db/page.ts";
import { DomainError } from "../errors.ts";
import { type Described, withoutOwn } from "./describe-nodes.ts";
import { parseGroupKey } from "./group-key-rules.ts";
import { artifactKind, type LineageNode } from "./lineage-rows.ts";
import { readMetrics } from "./metric-reader.ts";
import { describeScope, openScope, type Scope } from "./read-neighbourhood.ts";

export type MembersAsked = {
	readonly key: string;
	/** A part of the name, whatever its case. */
	readonly query: string;
	readonly sort: "name" | "created" | "metric";
	/** A key of the runs' summaries; of versions: of the run that made them, or of their own metadata. */
	readonly metric: string | null;
	readonly descending: boolean;
	readonly first: number;
	readonly after: string | null;
};

export type MemberDrawn = LineageNode & { readonly metric: number | null };

export type MemberPage = {
	readonly members: readonly MemberDrawn[];
	readonly total: number;
	readonly cut: boolean;
	readonly endCursor: string | null;
	readonly asOf: Date;
};

/** The members of a group, in the order asked for. Which group it is its key says, and the graph around it now. */
export async function listGroupMembers(ctx: Ctx, asked: MembersAsked): Promise<MemberPage> {
	const asOf = ctx.clock();
	const { id, level, ...around } = parseGroupKey(asked.key);
	const question = { ...around, group: level, budget: 0, isDescribed: true };
	const scope = await openScope(ctx, question);
	const { described, grouping } = await describeScope(ctx, scope, question);
	const group = grouping.groups.find((each) => each.id === id);
	if (group === undefined) {
		throw new DomainError("NOT_FOUND", "this group is not there any more: ask for the graph around it anew");
	}
	const wanted = asked.query.toLowerCase();
	const found = group.members.flatMap((at) => {
		const node = described[at];
		return node === undefined || !node.name.toLowerCase().includes(wanted) ? [] : [{ at, node }];
	});
	const metrics = await metricsOf(ctx, scope, { asked, members: found.map(({ at }) => at) });
	const members = found.map(({ at, node }) => ({ node, metric: metrics.get(at) ?? null })).sort(orderOf(asked));
	return { ...pageOf(members, asked), asOf };
}

type Found = { readonly node: Described; readonly metric: number | null };

/** Those without a metric come last, whichever way; ties go by id, so that pages hang together. */
function orderOf({ sort, descending }: MembersAsked): (a: Found, b: Found) => number {
	const sign = descending ? -1 : 1;
	const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
	const byKey = (a: Found, b: Found) => {
		if (sort === "name") return byText(a.node.name, b.node.name) * sign;
		if (sort === "created") return ((a.node.createdAt?.getTime() ?? 0) - (b.node.createdAt?.getTime() ?? 0)) * sign;
		if (a.metric === null || b.metric === null) return Number(a.metric === null) - Number(b.metric === null);
		return (a.metric - b.metric) * sign;
	};
	return (a, b) => byKey(a, b) || byText(a.node.id, b.node.id);
}

function pageOf(members: readonly Found[], { first, after }: MembersAsked) {
	// Past the member that the last page ended with; where it is gone, from where it was.
	const [last, position] =
		after === null ? [null, 0] : parseCursor(after, z.tuple([z.string(), z.number().int().min(0)]));
	const known = last === null ? -1 : members.findIndex(({ node }) => node.id === last);
	const start = known >= 0 ? known + 1 : position;
	const page = members.slice(start, start + first);
	const end = start + page.length;
	return {
		members: page.map(({ node, metric }) => ({ ...withoutOwn(node), metric })),
		total: members.length,
		cut: end < members.length,
		endCursor: end < members.length ? encodeCursor([page.at(-1)?.node.id ?? "", end]) : null,
	};
}

/** The metric of each member, by position: of a version, that of its first producer who may be seen, or its own metadata's. */
async function metricsOf(
	ctx: Ctx,
	{ open, picture }: Scope,
	{ asked: { metric }, members }: { readonly asked: MembersAsked; readonly members: readonly number[] },
): Promise<ReadonlyMap<number, number>> {
	if (metric === null) return new Map();
	const { graph } = open;
	const nodes = members.map((at) => picture.nodes[at] ?? 0);
	const producers = new Set<number>();
	for (const node of nodes) {
		if (graph.kindOf(node) !== artifactKind) continue;
		graph.each(node, "up", (producer) => {
			if (open.may(producer)) producers.add(producer);
		});
	}
	const idsOf = (list: Iterable<number>) => [...list].map((node) => graph.ids.idOf(node));
	const values = await readMetrics(ctx.db, { metric, ids: idsOf(nodes), producerIds: idsOf(producers) });
	return new Map(members.flatMap((at, index) => (values[index] == null ? [] : [[at, values[index]] as const])));
}
