import { z } from "zod";
import { DomainError } from "../errors.ts";
import { parseNodeId } from "../graphql/node-id.ts";
import type { LineageLevel } from "../graphql/resolver-types.gen.ts";
import type { ComparisonAsked } from "./compare-ancestry.ts";
import type { ExportAsked } from "./export-lineage.ts";
import { exportFormats } from "./export-rules.ts";
import type { PathsAsked } from "./find-paths.ts";
import { mostListed } from "./group-key-rules.ts";
import { levels } from "./group-rules.ts";
import type { NodeKind } from "./lineage-rows.ts";
import type { MembersAsked } from "./list-group-members.ts";
import type { ImpactAsked } from "./list-impact.ts";
import type { NodeAsked } from "./open-graph.ts";
import type { NeighbourhoodAsked } from "./read-neighbourhood.ts";
import { scopes } from "./scope-rules.ts";
import type { SearchAsked } from "./search-scope.ts";

/** More than these are for the export. */
const mostNodes = 100_000;

const kinds: readonly NodeKind[] = ["run", "artifact"];
const idText = z.string().min(1).max(200);

/** A whole number, or `all`. */
const hops = z
	.union([z.literal("all").transform(() => Number.POSITIVE_INFINITY), z.coerce.number().int().min(0).max(1_000_000)])
	.describe("a whole number, or all");
const cap = z.coerce.number().int().min(0).max(mostNodes);
const names = z
	.string()
	.transform((text) => text.split(",").filter((part) => part !== ""))
	.refine((list) => list.length <= mostListed, `at most ${mostListed} at once`);

/** `artifact:ID` or `run:ID`. */
const node = z.string().transform((text, context): NodeAsked => {
	const [kind, ...rest] = text.split(":");
	const found = kinds.find((each) => each === kind);
	const id = idText.safeParse(rest.join(":"));
	if (found !== undefined && id.success) return { kind: found, id: id.data };
	context.addIssue({ code: "custom", message: "expected artifact:ID or run:ID" });
	return z.NEVER;
});
const nodes = names.pipe(z.array(node));

const spans = {
	up: hops.default(4),
	down: hops.default(3),
	cap: cap.default(400),
	capUp: cap.optional(),
	capDown: cap.optional(),
};

const neighbourhood = z.object({
	...spans,
	scope: z.enum(["lines", "component"]).default("lines"),
	group: z.enum(["auto", ...levels]).default("none"),
	budget: z.coerce.number().int().min(1).max(mostNodes).default(600),
	open: names.default([]),
	extra: nodes.default([]),
	detail: z.enum(["full", "ids"]).default("full"),
});

const members = z.object({
	q: z.string().max(200).default(""),
	sort: z.enum(["name", "created", "metric"]).default("created"),
	metric: z.string().min(1).max(200).optional(),
	order: z.enum(["asc", "desc"]).optional(),
	first: z.coerce.number().int().min(1).max(1_000).default(50),
	after: z.string().optional(),
});

export function parseMembers(key: string, query: unknown): MembersAsked {
	const { q, sort, metric = null, order, first, after = null } = parseQuery(members, query);
	if (sort === "metric" && metric === null) {
		throw new DomainError("INVALID_INPUT", "sort=metric wants metric=NAME: a key of the runs' summaries");
	}
	// The best of a metric is what one looks for; of names the first.
	return {
		key,
		query: q,
		sort,
		metric,
		descending: (order ?? (sort === "metric" ? "desc" : "asc")) === "desc",
		first,
		after,
	};
}

/** What was asked in the address; a wrong value is refused with what is wanted instead. */
export function parseQuery<T>(shape: z.ZodType<T>, query: unknown): T {
	const parsed = shape.safeParse(query);
	if (parsed.success) return parsed.data;
	const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
	throw new DomainError("INVALID_INPUT", `the address asks for what is not there: ${issues.join("; ")}`);
}

/** A node by its id on the wire, which says of which kind it is; by another it is not found. */
function parseWireNode(id: string): NodeAsked {
	return { kind: parseNodeId("Run", id) === null ? "artifact" : "run", id };
}

export function parseKind(text: string): NodeKind {
	return parseQuery(z.enum(["run", "artifact"]), text);
}

export function parseNeighbourhood(focus: NodeAsked, query: unknown): NeighbourhoodAsked {
	const parsed = parseQuery(neighbourhood, query);
	const { up, down, cap: both, capUp = both, capDown = both, detail, ...rest } = parsed;
	const walked = { up: { hops: up, cap: capUp }, down: { hops: down, cap: capDown } };
	return { ...rest, focus, ...walked, isDescribed: detail === "full" };
}

type NeighbourhoodArgs = {
	readonly up?: number | null | undefined;
	readonly down?: number | null | undefined;
	readonly cap?: number | null | undefined;
	readonly budget?: number | null | undefined;
	readonly open?: readonly string[] | null | undefined;
	readonly group?: LineageLevel | null | undefined;
};

/** The same question by GraphQL's arguments; hops below 0 mean all. */
export function parseNeighbourhoodArgs(focus: NodeAsked, args: NeighbourhoodArgs): NeighbourhoodAsked {
	const far = (count: number | null | undefined) => (typeof count === "number" && count < 0 ? "all" : count);
	const given = { up: far(args.up), down: far(args.down), cap: args.cap, budget: args.budget };
	const query = Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
	return { ...parseNeighbourhood(focus, query), open: [...(args.open ?? [])] };
}

const impact = z.object({
	hops: hops.default(Number.POSITIVE_INFINITY),
	kind: z.enum(["run", "artifact", "any"]).default("any"),
	first: z.coerce.number().int().min(1).max(10_000).default(10_000),
	after: z.string().optional(),
});

export function parseImpact(focus: NodeAsked, query: unknown): ImpactAsked {
	const { after = null, ...rest } = parseQuery(impact, query);
	return { focus, ...rest, after };
}

const search = z.object({
	of: node,
	scope: z.enum(scopes).default("component"),
	q: z.string().min(1).max(200),
	first: z.coerce.number().int().min(1).max(1_000).default(50),
});

export function parseSearch(query: unknown): SearchAsked {
	const { q, ...rest } = parseQuery(search, query);
	return { ...rest, query: q };
}

const pathCap = cap.default(1_000);
const path = z.object({ from: node, to: node, cap: pathCap });

export function parsePath(query: unknown): PathsAsked {
	return parseQuery(path, query);
}

const comparisonCap = cap.default(400);
const comparison = z.object({ a: node, b: node, cap: comparisonCap });

export function parseComparison(query: unknown): ComparisonAsked {
	const { a: first, b: second, cap: most } = parseQuery(comparison, query);
	return { first, second, cap: most };
}

const exported = z.object({
	of: node,
	scope: z.enum(scopes).default("component"),
	format: z.enum(exportFormats).default("ndjson"),
});

export function parseExport(query: unknown): ExportAsked {
	return parseQuery(exported, query);
}

/** The same bounds for GraphQL, which names nodes by their ids. */
export function parsePathArgs(from: NodeAsked, args: { readonly to: string; readonly cap?: unknown }): PathsAsked {
	return { from, to: parseWireNode(args.to), cap: parseQuery(pathCap, args.cap ?? undefined) };
}

export function parseComparisonArgs(
	first: NodeAsked,
	args: { readonly with: string; readonly cap?: unknown },
): ComparisonAsked {
	return { first, second: parseWireNode(args.with), cap: parseQuery(comparisonCap, args.cap ?? undefined) };
}
