import type { GqlContext } from "../graphql/gql-context.ts";
import type {
	LineageKind,
	LineageLevel,
	LineageScope,
	LineageSort,
	QueryLineageGroupMembersArgs,
	RunImpactArgs,
	RunLineageComparisonArgs,
	RunLineagePathArgs,
	RunSearchLineageArgs,
} from "../graphql/resolver-types.gen.ts";
import { compareAncestry } from "./compare-ancestry.ts";
import { findPaths } from "./find-paths.ts";
import type { Level } from "./group-rules.ts";
import { parseComparisonArgs, parseMembers, parseNeighbourhoodArgs, parsePathArgs } from "./lineage-query-rules.ts";
import type { NodeKind } from "./lineage-rows.ts";
import { listGroupMembers } from "./list-group-members.ts";
import { listImpact } from "./list-impact.ts";
import { readNeighbourhood } from "./read-neighbourhood.ts";
import type { ScopeName } from "./scope-rules.ts";
import { searchScope } from "./search-scope.ts";

const kindNames = { run: "RUN", artifact: "ARTIFACT", hidden: "HIDDEN" } as const;
const levelNames = { project: "PROJECT", pipeline: "PIPELINE", sweep: "SWEEP", none: "NONE" } as const;
const levelOf: Readonly<Record<LineageLevel, Level | "auto">> = {
	...{ AUTO: "auto", PROJECT: "project", PIPELINE: "pipeline", SWEEP: "sweep", NONE: "none" },
};
const scopeOf: Readonly<Record<LineageScope, ScopeName>> = {
	...{ ANCESTORS: "ancestors", DESCENDANTS: "descendants", COMPONENT: "component" },
};

const sortOf: Readonly<Record<LineageSort, string>> = { NAME: "name", CREATED: "created", METRIC: "metric" };

type Row = { readonly id: string };
type ImpactArgs = Partial<RunImpactArgs>;
type SearchArgs = Pick<RunSearchLineageArgs, "query"> & Partial<RunSearchLineageArgs>;

/** On the wire kinds are in capitals. */
function nodeOf<N extends { readonly kind: NodeKind | "hidden" }>(
	node: N,
): Omit<N, "kind"> & { readonly kind: LineageKind } {
	return { ...node, kind: kindNames[node.kind] };
}

const most = (wanted: number | null | undefined, otherwise: number, limit: number) =>
	Math.min(Math.max(wanted ?? otherwise, 0), limit);

/** The fields of runs and of versions that ask about the graph around them. */
function fieldsOf(kind: NodeKind) {
	return {
		lineage: async ({ id }: Row, args: Parameters<typeof parseNeighbourhoodArgs>[1], { ctx }: GqlContext) => {
			const level = levelOf[args.group ?? "NONE"];
			const asked = { ...parseNeighbourhoodArgs({ kind, id }, args), group: level };
			const { nodes, groups, edges, level: found, ...rest } = await readNeighbourhood(ctx, asked);
			const kindOfMix = (each: string) => (each === "run" ? kindNames.run : kindNames.artifact);
			return {
				...rest,
				level: levelNames[found],
				nodes: nodes.map(nodeOf),
				groups: groups.map(({ level: own, mix, ...group }) => ({
					...{ ...group, level: levelNames[own] },
					mix: mix.map((part) => ({ ...part, kind: kindOfMix(part.kind) })),
				})),
				edges: edges.map(([source, target, count]) => ({ source, target, count })),
			};
		},
		impact: async ({ id }: Row, args: ImpactArgs, { ctx }: GqlContext) => {
			const page = { first: most(args.first, 1_000, 10_000), after: args.after ?? null };
			const asked = { focus: { kind, id }, hops: Number.POSITIVE_INFINITY, kind: "any", ...page } as const;
			const { items, total, cut, endCursor, asOf } = await listImpact(ctx, asked);
			return { nodes: items.map(nodeOf), total, cut, endCursor, asOf };
		},
		searchLineage: async ({ id }: Row, args: SearchArgs, { ctx }: GqlContext) => {
			const scope = scopeOf[args.scope ?? "COMPONENT"];
			const asked = { of: { kind, id }, scope, query: args.query, first: most(args.first, 50, 1_000) };
			const { found, total, cut, asOf } = await searchScope(ctx, asked);
			return { nodes: found.map(nodeOf), total, cut, endCursor: null, asOf };
		},
		lineagePath: async ({ id }: Row, args: RunLineagePathArgs, { ctx }: GqlContext) => {
			const { nodes, edges, ...rest } = await findPaths(ctx, parsePathArgs({ kind, id }, args));
			const drawn = edges.map(([source, target]) => ({ source, target, count: 1 }));
			return { ...rest, nodes: nodes.map(nodeOf), edges: drawn };
		},
		lineageComparison: async ({ id }: Row, args: RunLineageComparisonArgs, { ctx }: GqlContext) => {
			const compared = await compareAncestry(ctx, parseComparisonArgs({ kind, id }, args));
			const [common, onlyFirst] = [compared.common.map(nodeOf), compared.onlyFirst.map(nodeOf)];
			const [onlySecond, nearest] = [compared.onlySecond.map(nodeOf), [...compared.nearest]];
			return { ...compared, common, nearest, onlyFirst, onlySecond };
		},
	};
}

export const artifactLineage = fieldsOf("artifact");
export const runLineage = fieldsOf("run");

export async function lineageGroupMembers(_: unknown, args: QueryLineageGroupMembersArgs, { ctx }: GqlContext) {
	const { key, query, sort, descending, metric, first, after } = args;
	const order = descending == null ? null : descending ? "desc" : "asc";
	const asked = { q: query, sort: sort == null ? null : sortOf[sort], order, metric, first, after };
	const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value != null));
	const { members, ...rest } = await listGroupMembers(ctx, parseMembers(key, given));
	return { ...rest, nodes: members.map(nodeOf) };
}
