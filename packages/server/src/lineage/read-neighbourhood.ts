import type { Ctx } from "../context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { WrittenAnswer } from "../http/send-answer.ts";
import { type Described, describeNodes, withoutOwn } from "./describe-nodes.ts";
import { type GroupKey, groupKeyText } from "./group-key-rules.ts";
import { chooseLevel, type Grouping, groupNodes, type Level, type Member } from "./group-rules.ts";
import { artifactKind, type LineageNode } from "./lineage-rows.ts";
import { writeNeighbourhood } from "./neighbourhood-json.ts";
import { type NodeAsked, type OpenGraph, openGraph } from "./open-graph.ts";
import { reach } from "./scope-rules.ts";
import {
	type Around,
	draw,
	edgesOf,
	type Picture,
	type Span,
	type Steps,
	type Stub,
	walk,
	walkAround,
} from "./walk-rules.ts";

export type NeighbourhoodAsked = {
	readonly focus: NodeAsked;
	/** Ancestors and descendants, each within its span; or all that hangs together with the focus, up to the cap of `up`. */
	readonly scope: "lines" | "component";
	readonly up: Span;
	readonly down: Span;
	readonly group: Level | "auto";
	/** Nodes and groups that may be drawn before `auto` takes a coarser level. */
	readonly budget: number;
	/** Groups to be opened, by their ids. */
	readonly open: readonly string[];
	/** Nodes whose neighbours are shown as well, and that stand alone. */
	readonly extra: readonly NodeAsked[];
	/** Without: ids, edges and counts alone, which takes no look at what the nodes are. */
	readonly isDescribed: boolean;
};

export type NodeDrawn = Partial<Omit<LineageNode, "id" | "kind">> &
	Pick<LineageNode, "id" | "kind"> & {
		/** Hops from the focus upstream and downstream; null where that way does not lead to it. */
		readonly above: number | null;
		readonly below: number | null;
		/** Its edges, and those that lead to nodes which are not here. */
		readonly up: number;
		readonly down: number;
		readonly hiddenUp: number;
		readonly hiddenDown: number;
	};

export type GroupDrawn = {
	readonly id: string;
	/** Names the group to the list of its members. */
	readonly key: string;
	readonly level: Level;
	readonly label: string;
	readonly count: number;
	/** How many there are of each kind and type. */
	readonly mix: ReadonlyArray<{ readonly kind: string; readonly type: string; readonly count: number }>;
	readonly first: Date | null;
	readonly last: Date | null;
	readonly hiddenUp: number;
	readonly hiddenDown: number;
};

/** A group that was opened: what it is called, and where what was in it is drawn, some of it perhaps in finer groups. */
export type GroupOpened = {
	readonly id: string;
	readonly level: Level;
	readonly label: string;
	readonly count: number;
	readonly members: readonly number[];
};

export type Neighbourhood = {
	readonly focus: string;
	readonly nodes: readonly NodeDrawn[];
	readonly groups: readonly GroupDrawn[];
	/** Of those that were to be opened the ones that are there, the coarser first. */
	readonly opened: readonly GroupOpened[];
	/** Positions of both ends, in the nodes and the groups after them, and how many edges it stands for. */
	readonly edges: ReadonlyArray<readonly [number, number, number]>;
	readonly level: Level;
	readonly total: number | null;
	readonly cut: boolean;
	/** Where the edges were read. */
	readonly source: OpenGraph["source"];
	readonly asOf: Date;
};

/** What is around a run or a version, as far as the actor may see it. */
export async function readNeighbourhood(ctx: Ctx, asked: NeighbourhoodAsked): Promise<Neighbourhood> {
	return neighbourhoodOf(await lookUp(ctx, asked));
}

/** The same as JSON, without an object for each node. Groups are few, and what they need is told of anyway. */
export async function readNeighbourhoodAsJson(
	ctx: Ctx,
	asked: NeighbourhoodAsked,
): Promise<Neighbourhood | WrittenAnswer> {
	const found = await lookUp(ctx, asked);
	return found.grouping.groups.length + found.grouping.opened.length > 0
		? neighbourhoodOf(found)
		: { asOf: found.asOf, written: writeNeighbourhood(found) };
}

type Found = {
	readonly asked: NeighbourhoodAsked;
	readonly scope: Scope;
	readonly described: readonly Described[] | null;
	readonly grouping: Grouping;
	readonly level: Level;
	readonly asOf: Date;
};

async function lookUp(ctx: Ctx, asked: NeighbourhoodAsked): Promise<Found> {
	const asOf = ctx.clock();
	const scope = await openScope(ctx, asked);
	if (asked.isDescribed) return { asked, scope, ...(await describeScope(ctx, scope, asked)), asOf };
	return { asked, scope, described: null, grouping: ungrouped(scope), level: "none", asOf };
}

function neighbourhoodOf({ asked, scope, described, grouping, level, asOf }: Found): Neighbourhood {
	const { open, picture } = scope;
	const nodes =
		described?.map(withoutOwn) ?? picture.nodes.map((node) => ({ id: wireIdOf(open, node), kind: kindOf(open, node) }));
	return { ...assemble({ asked, scope, nodes, grouping, level }), ...endOf(scope), asOf };
}

function ungrouped({ picture: { nodes, stubs } }: Scope): Grouping {
	return { groups: [], groupOf: new Int32Array(nodes.length + stubs.length).fill(-1), opened: [] };
}

const endOf = ({ around: { total, cut }, open: { source } }: Scope) => ({ total, cut, source });

export type Scope = {
	readonly open: OpenGraph;
	readonly around: Around;
	readonly picture: Picture;
	/** Positions of the nodes asked for by name. */
	readonly alone: ReadonlySet<number>;
};

/** Walks, and draws what was met. */
export async function openScope(ctx: Ctx, asked: NeighbourhoodAsked): Promise<Scope> {
	const open = await openGraph(ctx, [asked.focus, ...asked.extra]);
	return await open.run(lookAround(open, asked));
}

function* lookAround(open: OpenGraph, { scope, up, down }: NeighbourhoodAsked): Steps<Scope> {
	const [focus = 0, ...extra] = open.foci;
	const around =
		scope === "component"
			? yield* component(open, focus, up.cap)
			: yield* walkAround(open, focus, { up, down, mostMet: open.mostMet });
	const stubs: Stub[] = [...around.stubs];
	const nodes =
		extra.length === 0 ? around.nodes : yield* withNear(open, { around, extra, stubs }, Math.max(up.cap, down.cap));
	const picture = yield* draw(open, nodes, stubs);
	const alone = new Set(open.foci.map((node) => picture.nodes.indexOf(node)));
	return { open, around, picture, alone };
}

/** The nodes, and the neighbours of some more, whose stubs join the others. */
function* withNear(
	open: OpenGraph,
	{ around, extra, stubs }: { readonly around: Around; readonly extra: readonly number[]; readonly stubs: Stub[] },
	cap: number,
): Steps<readonly number[]> {
	const nodes = new Set(around.nodes);
	for (const node of extra) {
		const ways = ["up", "down"] as const;
		const near = yield* walk(open, node, { ways, hops: 1, cap, mostMet: open.mostMet });
		for (const each of near.nodes.slice(0, near.taken)) nodes.add(each);
		for (const way of ways) {
			const isOne = (stub: Stub) => stub.of === node && stub.way === way;
			// Those of a node that was walked through already stand there.
			for (const stub of near.stubs.filter(isOne).slice(stubs.filter(isOne).length)) stubs.push(stub);
		}
	}
	return [...nodes];
}

/** All that hangs together with a node, whichever way the edges run: its nodes are neither above nor below. */
function* component(open: OpenGraph, focus: number, cap: number): Steps<Around> {
	const all = { hops: Number.POSITIVE_INFINITY, cap, mostMet: open.mostMet };
	const met = yield* reach(open, focus, { scope: "component", ...all });
	const nodes = met.nodes.slice(0, met.taken);
	const total = met.isBrokenOff ? null : met.nodes.length + met.stubCount;
	return { nodes, above: [], below: [], stubs: met.stubs, total, cut: total !== nodes.length + met.stubs.length };
}

export type ScopeDescribed = {
	readonly described: readonly Described[];
	readonly grouping: Grouping;
	readonly level: Level;
};

/** Says what the nodes of a scope are, and groups them. */
export async function describeScope(ctx: Ctx, scope: Scope, asked: NeighbourhoodAsked): Promise<ScopeDescribed> {
	const { open, picture, alone } = scope;
	const described = await describeNodes(ctx, open, picture.nodes);
	if (asked.group === "none") return { described, grouping: ungrouped(scope), level: "none" };
	const members = [...described, ...picture.stubs.map(() => hiddenMember)];
	const grouped = { members, edges: edgesOf(picture), open: new Set(asked.open), alone };
	const level = asked.group === "auto" ? chooseLevel(grouped, asked.budget) : asked.group;
	return { described, grouping: groupNodes({ ...grouped, level }), level };
}

const hiddenMember: Member = {
	...{ id: "", kind: "hidden", type: "", project: "", sweepId: null, groupName: null, collection: null },
	createdAt: null,
};

type Assembling = {
	readonly asked: NeighbourhoodAsked;
	readonly scope: Scope;
	readonly nodes: ReadonlyArray<Pick<NodeDrawn, "id" | "kind"> & Partial<LineageNode>>;
	readonly grouping: Grouping;
	readonly level: Level;
};

function assemble({ asked, scope, nodes, grouping, level }: Assembling) {
	const { around, picture } = scope;
	const hop = (distances: readonly number[], at: number) => (at === 0 ? 0 : distances[at] || null);
	const drawn: NodeDrawn[] = [];
	const places = new Int32Array(grouping.groupOf.length);
	const put = (at: number, node: NodeDrawn) => {
		places[at] = drawn.length;
		drawn.push(node);
	};
	nodes.forEach((node, at) => {
		if ((grouping.groupOf[at] ?? -1) >= 0) return;
		put(at, {
			...node,
			above: hop(around.above, at),
			below: hop(around.below, at),
			up: picture.up[at] ?? 0,
			down: picture.down[at] ?? 0,
			hiddenUp: picture.hiddenUp[at] ?? 0,
			hiddenDown: picture.hiddenDown[at] ?? 0,
		});
	});
	picture.stubs.forEach(({ way }, index) => {
		const ends = way === "up" ? { up: 0, down: 1 } : { up: 1, down: 0 };
		const rest = { above: null, below: null, hiddenUp: 0, hiddenDown: 0 };
		put(nodes.length + index, { id: `hidden-${index + 1}`, kind: "hidden", ...rest, ...ends });
	});
	const key = { ...asked, level };
	const groups = grouping.groups.map((group) => groupDrawn(group, { nodes, picture, key }));
	const placeOf = (at: number) => {
		const group = grouping.groupOf[at] ?? -1;
		return group < 0 ? (places[at] ?? 0) : drawn.length + group;
	};
	const edges =
		groups.length === 0
			? edgesOf(picture).map(([from, to]) => [places[from] ?? 0, places[to] ?? 0, 1] as const)
			: countEdges(edgesOf(picture), placeOf);
	const opened = grouping.opened.map(({ id, level, label, members }): GroupOpened => {
		return { id, level, label, count: members.length, members: [...new Set(members.map(placeOf))] };
	});
	return { focus: nodes[0]?.id ?? "", nodes: drawn, groups, opened, edges, level };
}

function groupDrawn(
	{ id, level, label, members }: Grouping["groups"][number],
	{ nodes, picture, key }: Pick<Assembling, "nodes"> & { picture: Picture; key: Omit<GroupKey, "id"> },
): GroupDrawn {
	const mix = new Map<string, { kind: string; type: string; count: number }>();
	const sum = (counts: Uint32Array) => members.reduce((total, at) => total + (counts[at] ?? 0), 0);
	for (const at of members) {
		const { kind = "", type = "" } = nodes[at] ?? {};
		const part = mix.get(`${kind} ${type}`) ?? { kind, type, count: 0 };
		part.count += 1;
		mix.set(`${kind} ${type}`, part);
	}
	const times = members.flatMap((at) => nodes[at]?.createdAt ?? []).sort((a, b) => a.getTime() - b.getTime());
	return {
		...{ id, key: groupKeyText({ ...key, id }), level, label, count: members.length, mix: [...mix.values()] },
		...{ first: times[0] ?? null, last: times.at(-1) ?? null },
		...{ hiddenUp: sum(picture.hiddenUp), hiddenDown: sum(picture.hiddenDown) },
	};
}

/** Edges between what is drawn; those inside a group are not. */
function countEdges(
	edges: ReturnType<typeof edgesOf>,
	placeOf: (at: number) => number,
): Array<[number, number, number]> {
	const counted = new Map<string, [number, number, number]>();
	for (const [from, to] of edges) {
		const [start, end] = [placeOf(from), placeOf(to)];
		if (start === end) continue;
		const key = `${start} ${end}`;
		const edge = counted.get(key);
		if (edge === undefined) counted.set(key, [start, end, 1]);
		else edge[2] += 1;
	}
	return [...counted.values()];
}

export function wireIdOf({ graph }: OpenGraph, node: number): string {
	return toNodeId(graph.kindOf(node) === artifactKind ? "Artifact" : "Run", graph.ids.idOf(node));
}

export function kindOf({ graph }: OpenGraph, node: number): "artifact" | "run" {
	return graph.kindOf(node) === artifactKind ? "artifact" : "run";
}
