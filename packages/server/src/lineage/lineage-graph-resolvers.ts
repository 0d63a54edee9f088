import type { GqlContext } from "../graphql/gql-context.ts";
import type {
	LineageKind,
	LineageLevel,
	LineageScope,
	RunImpactArgs,
	RunSearchLineageArgs,
} from "../graphql/resolver-types.gen.ts";
import type { Level } from "./group-rules.ts";
import { parseNeighbourhoodArgs } from "./lineage-query-rules.ts";
import type { NodeKind } from "./lineage-rows.ts";
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
	};
}

export const artifactLineage = fieldsOf("artifact");
export const runLineage = fieldsOf("run");
