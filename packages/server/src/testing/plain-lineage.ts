import { gonePlace, type PlainGraph, type PlainNode } from "./random-lineage.ts";

// What every answer about lineage has to be, found in the dullest way: over a list of edges, without an index, one node
// after the other. Slow, and short enough to be believed.

export type PlainWay = "up" | "down";
export type PlainScope = "ancestors" | "descendants" | "component";
type PlainStub = { readonly of: number; readonly way: PlainWay; readonly distance: number };
type PlainSpan = { readonly hops: number; readonly cap: number };

/** What somebody who sees some places may know of the graph. */
export type PlainView = {
	readonly nodes: readonly PlainNode[];
	readonly sees: (place: number) => boolean;
	readonly may: (node: number) => boolean;
	/** Neighbours upstream or downstream in the order of time, those that may not be known as -1. */
	readonly near: (node: number, way: PlainWay) => number[];
};

export function plainView({ nodes, edges }: PlainGraph, seen: ReadonlySet<number>): PlainView {
	const sees = (place: number) => seen.has(place);
	const may = (node: number) => nodes[node]?.places.some(sees) ?? false;
	const directed = edges.map(({ run, version, isUse }) => (isUse ? [version, run] : [run, version]));
	const near = (node: number, way: PlainWay) =>
		directed.flatMap(([from = -1, to = -1]) => {
			const [here, there] = way === "down" ? [from, to] : [to, from];
			return here === node ? [may(there) ? there : -1] : [];
		});
	return { nodes, sees, may, near };
}

const ways: Readonly<Record<PlainScope, readonly PlainWay[]>> = {
	...{ ancestors: ["up"], descendants: ["down"], component: ["up", "down"] },
};

/** Hops from a node to each that a walk may reach, and the stubs that it meets: as many as edges. */
function walk(view: PlainView, start: number, scope: PlainScope, hops = Number.POSITIVE_INFINITY) {
	const distances = new Map([[start, 0]]);
	const stubs: PlainStub[] = [];
	for (const [node, distance] of distances) {
		if (distance === hops) continue;
		for (const way of ways[scope]) {
			for (const near of view.near(node, way)) {
				if (near < 0) stubs.push({ of: node, way, distance: distance + 1 });
				else if (!distances.has(near)) distances.set(near, distance + 1);
			}
		}
	}
	return { distances, stubs, count: distances.size + stubs.length };
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const idAt = ({ nodes }: PlainView, node: number) => nodes[node]?.uuid ?? "";

/** The nearest of a walk, as many as the cap allows beside its beginning; of those equally near nodes first, by their ids. */
function nearest(
	view: PlainView,
	{ distances, stubs }: Pick<ReturnType<typeof walk>, "distances" | "stubs">,
	cap: number,
) {
	const met = [
		...[...distances].map(([of, distance]) => ({ of, distance, way: null })).filter(({ distance }) => distance > 0),
		...stubs,
	].toSorted(
		(a, b) =>
			a.distance - b.distance ||
			Number(a.way !== null) - Number(b.way !== null) ||
			byText(idAt(view, a.of), idAt(view, b.of)) ||
			byText(a.way ?? "", b.way ?? ""),
	);
	const taken = met.slice(0, cap);
	return {
		nodes: taken.flatMap(({ of, way }) => (way === null ? [of] : [])),
		stubs: taken.flatMap(({ of, way, distance }) => (way === null ? [] : [{ of, way, distance }])),
	};
}

export type PlainQuestion = {
	readonly focus: number;
	readonly scope: "lines" | "component";
	readonly up: PlainSpan;
	readonly down: PlainSpan;
	readonly extra: readonly number[];
};

/** The nodes of a neighbourhood with their hops, the focus first, and the stubs. */
export function plainPicture(view: PlainView, { focus, scope, up, down, extra }: PlainQuestion) {
	const shown = new Map<number, { above: number | null; below: number | null }>([[focus, { above: 0, below: 0 }]]);
	const stubs: PlainStub[] = [];
	let total = 0;
	if (scope === "component") {
		const all = walk(view, focus, "component");
		const taken = nearest(view, all, up.cap);
		for (const node of taken.nodes) shown.set(node, { above: null, below: null });
		stubs.push(...taken.stubs);
		total = all.count;
	} else {
		const above = walk(view, focus, "ancestors", up.hops);
		const below = walk(view, focus, "descendants", down.hops);
		const [takenAbove, takenBelow] = [nearest(view, above, up.cap), nearest(view, below, down.cap)];
		for (const node of takenAbove.nodes) shown.set(node, { above: above.distances.get(node) ?? null, below: null });
		for (const node of takenBelow.nodes) {
			shown.set(node, { above: shown.get(node)?.above ?? null, below: below.distances.get(node) ?? null });
		}
		stubs.push(...takenAbove.stubs, ...takenBelow.stubs);
		const both = [...above.distances.keys()].filter((node) => below.distances.has(node));
		total = above.count + below.count - both.length;
	}
	const cut = total > shown.size + stubs.length;
	for (const node of extra) {
		const near = nearest(view, walk(view, node, "component", 1), Math.max(up.cap, down.cap));
		for (const each of [node, ...near.nodes]) if (!shown.has(each)) shown.set(each, { above: null, below: null });
		for (const way of ["up", "down"] as const) {
			const isOne = (stub: PlainStub) => stub.of === node && stub.way === way;
			stubs.push(...near.stubs.filter(isOne).slice(stubs.filter(isOne).length));
		}
	}
	return { shown, stubs, total, cut };
}

/** What is said of a node. */
export function plainFacts({ nodes, sees }: PlainView, at: number) {
	const node = nodes[at];
	if (node === undefined) throw new Error(`there is no node ${at}`);
	const { id, kind, type, name, run, sweep, collection, version, project, createdAt } = node;
	const [home = -1] = node.places;
	return {
		...{ id, kind, type, name, run, sweep, collection, version, project, createdAt },
		state: kind === "run" ? "finished" : node.isDeleted ? "DELETED" : "COMMITTED",
		isDeleted: node.isDeleted || (kind === "run" && home === gonePlace),
		aliases: sees(home) ? node.aliases : [],
		links: node.links.filter(({ place }) => sees(place)).map(({ place, ...link }) => link),
	};
}

/** The nodes of a scope that have a text in one of the names that may be known of, with their distances. */
export function plainSearch(view: PlainView, of: number, scope: PlainScope, text: string): Map<number, number> {
	const wanted = text.toLowerCase();
	const found = [...walk(view, of, scope).distances].filter(([node]) => {
		const { name, run, aliases, links } = plainFacts(view, node);
		const ofLinks = links.flatMap((link) => [`${link.collection}:v${link.version}`, ...link.aliases]);
		return [name, run ?? "", ...aliases, ...ofLinks].some((each) => each.toLowerCase().includes(wanted));
	});
	return new Map(found);
}

/** The nodes on any way from one to another, with the hops from the one and to the other; and the edges between them. */
export function plainPaths(view: PlainView, from: number, to: number) {
	const below = walk(view, from, "descendants").distances;
	const above = walk(view, to, "ancestors").distances;
	const nodes = new Map(
		[...below].flatMap(([node, fromHops]) => {
			const toHops = above.get(node);
			return toHops === undefined ? [] : [[node, { fromHops, toHops }] as const];
		}),
	);
	return { nodes, hops: below.get(to) ?? null };
}

/** Edges between some nodes. */
export function plainEdges(view: PlainView, nodes: readonly number[]): Array<[number, number]> {
	return nodes.flatMap((from) =>
		view.near(from, "down").flatMap((to): Array<[number, number]> => (nodes.includes(to) ? [[from, to]] : [])),
	);
}

/** All that came of a node, nearest first, by ids where equally near. */
export function plainImpact(view: PlainView, focus: number, hops: number) {
	const { distances, stubs } = walk(view, focus, "descendants", hops);
	const items = [...distances]
		.filter(([node]) => node !== focus)
		.map(([node, distance]) => ({ node, distance, consumers: view.near(node, "down").length }))
		.toSorted((a, b) => a.distance - b.distance || byText(idAt(view, a.node), idAt(view, b.node)));
	return { items, hidden: stubs.length };
}

/** What two nodes both came of, and what only one of them did. */
export function plainComparison(view: PlainView, a: number, b: number) {
	const [first, second] = [walk(view, a, "ancestors"), walk(view, b, "ancestors")];
	const common = [...first.distances.keys()].filter((node) => second.distances.has(node));
	return {
		common: new Map(
			common.map((node) => [node, { firstHops: first.distances.get(node), secondHops: second.distances.get(node) }]),
		),
		nearest: common.filter((node) => !view.near(node, "down").some((near) => common.includes(near))),
		onlyFirst: [...first.distances.keys()].filter((node) => !second.distances.has(node)),
		onlySecond: [...second.distances.keys()].filter((node) => !first.distances.has(node)),
		...{ hiddenFirst: first.stubs.length, hiddenSecond: second.stubs.length },
	};
}

/** A scope whole: its nodes, the edges between them, and the stubs at its boundary. */
export function plainExport(view: PlainView, of: number, scope: PlainScope) {
	const { distances, stubs } = walk(view, of, scope);
	const nodes = [...distances.keys()];
	return { nodes, edges: plainEdges(view, nodes), stubs };
}

/** The members of a group in an order, those without the metric last. */
export function plainMembers(
	view: PlainView,
	members: readonly number[],
	asked: { readonly query: string; readonly sort: "name" | "created" | "metric"; readonly descending: boolean },
) {
	const sign = asked.descending ? -1 : 1;
	const rows = members.map((at) => {
		const node = view.nodes[at];
		const maker = node?.kind === "run" ? undefined : view.near(at, "up").find((near) => near >= 0);
		if (asked.sort !== "metric") return { ...plainFacts(view, at), metric: null };
		const metric = (maker === undefined ? null : view.nodes[maker]?.metric) ?? node?.metric ?? null;
		return { ...plainFacts(view, at), metric };
	});
	return rows
		.filter(({ name }) => name.toLowerCase().includes(asked.query.toLowerCase()))
		.toSorted((a, b) => {
			const byId = byText(a.id, b.id);
			if (asked.sort === "name") return byText(a.name, b.name) * sign || byId;
			if (asked.sort === "created") return (a.createdAt.getTime() - b.createdAt.getTime()) * sign || byId;
			if (a.metric === null || b.metric === null) return Number(a.metric === null) - Number(b.metric === null) || byId;
			return (a.metric - b.metric) * sign || byId;
		});
}
