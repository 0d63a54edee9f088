import { ownServer } from "../../graphql-client.ts";

// The answers of `GET /api/lineage/…`; docs/lineage-api.md and /api/lineage/openapi.json describe them.

export type NodeKind = "run" | "artifact";

/** Another name of a version: a place that it has by a link. */
export type LineageLink = {
	/** `entity/project`. */
	project: string;
	isRegistry: boolean;
	collection: string;
	version: number;
	aliases: string[];
};

/** A run or a version as the graph tells of it; `hidden` stands for what one may not see, and says nothing else. */
export type LineageNode = {
	id: string;
	kind: NodeKind | "hidden";
	/** Of a version its type, of a run its job type. */
	type?: string;
	/** `collection:v3`, or a run's display name. */
	name?: string;
	/** The run id in addresses. */
	run?: string | null;
	sweep?: string | null;
	collection?: string | null;
	version?: number | null;
	/** `entity/project`. */
	project?: string;
	state?: string;
	isDeleted?: boolean;
	createdAt?: string | null;
	aliases?: string[];
	links?: LineageLink[];
};

export type DrawnNode = LineageNode & {
	/** Hops from the focus; null where that way does not lead to it. */
	above: number | null;
	below: number | null;
	up: number;
	down: number;
	/** Edges that lead to what is not in the answer. */
	hiddenUp: number;
	hiddenDown: number;
};

export type Level = "none" | "sweep" | "pipeline" | "project";

export type LineageGroup = {
	id: string;
	/** Names the group to the list of its members. */
	key: string;
	level: Level;
	label: string;
	count: number;
	mix: { kind: string; type: string; count: number }[];
	first: string | null;
	last: string | null;
	hiddenUp: number;
	hiddenDown: number;
};

/** A group that the reader opened; its members by their place among the nodes and the groups after them. */
export type OpenedGroup = { id: string; level: Level; label: string; count: number; members: number[] };

export type Neighbourhood = {
	focus: string;
	nodes: DrawnNode[];
	groups: LineageGroup[];
	opened: OpenedGroup[];
	/** Both ends by their place among the nodes and the groups after them, and how many edges it stands for. */
	edges: [from: number, to: number, count: number][];
	level: Level;
	total: number | null;
	cut: boolean;
	asOf: string;
};

export type Focus = { kind: NodeKind; id: string };

/** As addresses name a node: `artifact:ID`. */
export function nodeText({ kind, id }: Focus): string {
	return `${kind}:${id}`;
}

export function focusOf(text: string): Focus {
	const [kind, ...rest] = text.split(":");
	return { kind: kind === "run" ? "run" : "artifact", id: rest.join(":") };
}

export function asFocus({ kind, id }: LineageNode): Focus {
	return { kind: kind === "run" ? "run" : "artifact", id };
}

export type NeighbourhoodQuery = {
	scope: "lines" | "component";
	up: number | "all";
	down: number | "all";
	group: Level | "auto";
	open: readonly string[];
	extra: readonly string[];
};

/** Nodes each way that a first look may bring: more are behind the +N of those that are there. */
const cap = 400;
/** As many as a whole graph may have before it is to be exported rather than looked at. */
const wholeCap = 50_000;

export type Member = LineageNode & { metric: number | null };
export type MemberPage = { members: Member[]; total: number; cut: boolean; endCursor: string | null };
export type MembersQuery = { q: string; sort: "name" | "created" | "metric"; metric?: string };
export type Found = { found: (LineageNode & { distance: number })[]; total: number; cut: boolean };
export type Paths = {
	nodes: (LineageNode & { fromHops: number; toHops: number })[];
	edges: [number, number][];
	hops: number | null;
	total: number | null;
	cut: boolean;
};
export type Impact = {
	items: (LineageNode & { distance: number; consumers: number })[];
	runs: number;
	versions: number;
	hidden: number;
	endCursor: string | null;
	total: number | null;
	cut: boolean;
};

type Compared = LineageNode & { firstHops: number; secondHops: number };
export type Comparison = {
	/** Nearest to both first. */
	common: Compared[];
	/** Ids of those that no other common one came of: where the two parted. */
	nearest: string[];
	onlyFirst: LineageNode[];
	onlySecond: LineageNode[];
	counts: { common: number; onlyFirst: number; onlySecond: number; hiddenFirst: number; hiddenSecond: number };
	cut: boolean;
};

type Parameters = Record<string, string | number | undefined>;

async function get<T>(path: string, parameters: Parameters, signal: AbortSignal): Promise<T> {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters))
		if (value !== undefined && value !== "") query.set(name, `${value}`);
	const reply = await ownServer().request(`/api/lineage/${path}?${query}`, { signal });
	return await reply.json();
}

/** What is around a node, as far as one may see it. */
export function readNeighbourhood(
	focus: Focus,
	query: NeighbourhoodQuery,
	signal: AbortSignal,
): Promise<Neighbourhood> {
	const { open, extra, ...rest } = query;
	const lists = { open: open.join(","), extra: extra.join(","), cap: query.scope === "component" ? wholeCap : cap };
	return get(`${focus.kind}/${encodeURIComponent(focus.id)}`, { ...rest, ...lists }, signal);
}

export function readMembers(key: string, query: MembersQuery, after: string, signal: AbortSignal): Promise<MemberPage> {
	return get(`groups/${key}/members`, { ...query, after }, signal);
}

/** Nodes of a scope with a text in one of their names, nearest first. */
export function searchLineage(focus: Focus, q: string, signal: AbortSignal): Promise<Found> {
	return get("search", { of: nodeText(focus), q, scope: "component", first: 20 }, signal);
}

/** All ways from one node down to another. */
export function readPaths(from: Focus, to: Focus, signal: AbortSignal): Promise<Paths> {
	return get("path", { from: nodeText(from), to: nodeText(to), cap: 400 }, signal);
}

/** The answer as the picture wants it. */
export function asNeighbourhood({ nodes, edges, total, cut }: Paths, focus: string): Neighbourhood {
	const count = (index: number, end: 0 | 1) => edges.filter((edge) => edge[end] === index).length;
	return {
		focus,
		nodes: nodes.map((node, index) => {
			const hops = { above: null, below: node.fromHops, hiddenUp: 0, hiddenDown: 0 };
			return { ...node, ...hops, up: count(index, 1), down: count(index, 0) };
		}),
		groups: [],
		opened: [],
		edges: edges.map(([from, to]) => [from, to, 1]),
		level: "none",
		total,
		cut,
		asOf: "",
	};
}

/** All that came of a node, nearest first, a page of it. */
export function readImpact(focus: Focus, after: string, signal: AbortSignal): Promise<Impact> {
	return get(`${focus.kind}/${encodeURIComponent(focus.id)}/impact`, { first: 200, after }, signal);
}

/** What two nodes both came of, and what only one of them did. */
export function readComparison(first: Focus, second: Focus, signal: AbortSignal): Promise<Comparison> {
	return get("compare", { a: nodeText(first), b: nodeText(second), cap }, signal);
}

/** A node with its ancestors, one by one, as far as they can be looked at. */
export function readAncestors({ kind, id }: Focus, signal: AbortSignal): Promise<Neighbourhood> {
	return get(`${kind}/${encodeURIComponent(id)}`, { up: "all", down: 0, group: "none", cap }, signal);
}

/** Where the whole scope can be downloaded. */
export function exportAddress(focus: Focus, format: "ndjson" | "csv" | "dot"): string {
	return `/api/lineage/export?${new URLSearchParams({ of: nodeText(focus), scope: "component", format })}`;
}
