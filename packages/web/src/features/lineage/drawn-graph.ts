import type { DrawnNode, LineageGroup, Neighbourhood } from "./lineage-api.ts";
import type { LineageState } from "./lineage-state.ts";

/** A card: a run, a version, a stub for what one may not see, or a group of them. */
export type Card = {
	readonly id: string;
	readonly kind: "run" | "artifact" | "hidden" | "group";
	readonly type: string;
	/** What may be cut short, and what may not: the version, the count. */
	readonly name: string;
	readonly suffix: string;
	readonly node: DrawnNode | undefined;
	readonly group: LineageGroup | undefined;
	readonly up: number;
	readonly down: number;
	readonly hiddenUp: number;
	readonly hiddenDown: number;
	/** Milliseconds; of a group when its first was made. */
	readonly at: number | undefined;
};

export type DrawnEdge = { readonly from: number; readonly to: number; readonly count: number };

/** What is drawn: the answer of the server, less what the reader left out. */
export type DrawnGraph = { readonly cards: readonly Card[]; readonly edges: readonly DrawnEdge[] };

function splitName(name: string): [string, string] {
	const found = /^(.*)(:v\d+)$/.exec(name);
	return found ? [found[1] ?? name, found[2] ?? ""] : [name, ""];
}

function timeOf(text: string | null | undefined): number | undefined {
	return text ? Date.parse(text) : undefined;
}

function cardOfNode(node: DrawnNode, hidden: string): Card {
	const [name, suffix] = splitName(node.kind === "hidden" ? hidden : (node.name ?? ""));
	const { id, kind, up, down, hiddenUp, hiddenDown } = node;
	const type = node.type ?? "";
	return {
		id,
		kind,
		type,
		name,
		suffix,
		node,
		group: undefined,
		up,
		down,
		hiddenUp,
		hiddenDown,
		at: timeOf(node.createdAt),
	};
}

/** The kind that a group has most of stands for its colour; its edges are those of its members that lead out of it. */
function cardOfGroup(group: LineageGroup, ends: { up: number; down: number }): Card {
	const { id, label, count, hiddenUp, hiddenDown, first } = group;
	const most = group.mix.reduce((best, part) => (part.count > best.count ? part : best), { type: "", count: 0 });
	const type = group.mix.length > 1 ? "" : most.type;
	const rest = { group, up: hiddenUp + ends.up, down: hiddenDown + ends.down, hiddenUp, hiddenDown };
	return { id, kind: "group", type, name: label, suffix: ` ×${count}`, node: undefined, ...rest, at: timeOf(first) };
}

/** How filters name what a card is of: `artifact/model`, `run/train`. */
export function typeKey(kind: string, type: string): string {
	return `${kind}/${type}`;
}

function typeKeysOf(card: Card): string[] {
	if (card.group) return card.group.mix.map(({ kind, type }) => typeKey(kind, type));
	return [typeKey(card.kind, card.type)];
}

/** The types of all that is in the answer, with how many there are. */
export function countTypes({ nodes, groups }: Neighbourhood): { kind: string; type: string; count: number }[] {
	const single = nodes.filter(({ kind }) => kind !== "hidden").map(({ kind, type = "" }) => ({ kind, type, count: 1 }));
	const counted = new Map<string, { kind: string; type: string; count: number }>();
	for (const { kind, type, count } of [...single, ...groups.flatMap(({ mix }) => mix)]) {
		const known = counted.get(typeKey(kind, type));
		counted.set(typeKey(kind, type), { kind, type, count: (known?.count ?? 0) + count });
	}
	return [...counted.values()].sort((a, b) => a.kind.localeCompare(b.kind) || a.type.localeCompare(b.type));
}

type Filters = Pick<LineageState, "without" | "hidden" | "only" | "until">;

function isKept(card: Card, focus: string, { without, hidden, until }: Filters): boolean {
	if (card.id === focus) return true;
	if (hidden.includes(card.id) || typeKeysOf(card).every((key) => without.includes(key))) return false;
	return until === undefined || card.at === undefined || card.at <= Date.parse(until);
}

function isOfKind(card: Card, only: "artifact" | "run"): boolean {
	if (card.kind === "hidden") return true;
	return card.group ? card.group.mix.some(({ kind }) => kind === only) : card.kind === only;
}

/** Where one comes to from a card through cards that are drawn together into an edge. */
function reachThrough(start: number, next: readonly number[][], isDrawn: (card: number) => boolean): number[] {
	const ends = new Set<number>();
	const passed = new Set<number>();
	const ahead = [...(next[start] ?? [])];
	for (let card = ahead.pop(); card !== undefined; card = ahead.pop()) {
		if (isDrawn(card)) {
			if (card !== start) ends.add(card);
		} else if (!passed.has(card)) {
			passed.add(card);
			ahead.push(...(next[card] ?? []));
		}
	}
	return [...ends];
}

/** Leaves cards out and joins the edges that led through them. */
function contract({ cards, edges }: DrawnGraph, isDrawn: (card: number) => boolean): DrawnGraph {
	const next: number[][] = cards.map(() => []);
	for (const { from, to } of edges) next[from]?.push(to);
	const counts = new Map(edges.map(({ from, to, count }) => [`${from} ${to}`, count]));
	const places = new Map<number, number>();
	cards.forEach((_, card) => {
		if (isDrawn(card)) places.set(card, places.size);
	});
	const joined = [...places].flatMap(([card, from]) =>
		reachThrough(card, next, isDrawn).map((end) => ({
			from,
			to: places.get(end) ?? 0,
			count: counts.get(`${card} ${end}`) ?? 1,
		})),
	);
	return { cards: cards.filter((_, card) => isDrawn(card)), edges: joined };
}

function without(graph: DrawnGraph, isKeptCard: (card: Card) => boolean): DrawnGraph {
	const places = new Map<number, number>();
	graph.cards.forEach((card, index) => {
		if (isKeptCard(card)) places.set(index, places.size);
	});
	if (places.size === graph.cards.length) return graph;
	const edges = graph.edges.flatMap(({ from, to, count }) => {
		const [start, end] = [places.get(from), places.get(to)];
		return start === undefined || end === undefined ? [] : [{ from: start, to: end, count }];
	});
	return { cards: graph.cards.filter((_, index) => places.has(index)), edges };
}

/** What to draw of an answer; `hidden` is what a card is called that stands for what one may not see. */
export function drawGraph(answer: Neighbourhood, filters: Filters, hidden: string): DrawnGraph {
	const ends = answer.groups.map(() => ({ up: 0, down: 0 }));
	const edges = answer.edges.map(([from, to, count]) => {
		const [source, target] = [ends[from - answer.nodes.length], ends[to - answer.nodes.length]];
		if (source) source.down += count;
		if (target) target.up += count;
		return { from, to, count };
	});
	const groups = answer.groups.map((group, index) => cardOfGroup(group, ends[index] ?? { up: 0, down: 0 }));
	const cards = [...answer.nodes.map((node) => cardOfNode(node, hidden)), ...groups];
	const kept = without({ cards, edges }, (card) => isKept(card, answer.focus, filters));
	const { only } = filters;
	if (only === undefined) return kept;
	return contract(kept, (index) => {
		const card = kept.cards[index];
		return card !== undefined && (card.id === answer.focus || isOfKind(card, only));
	});
}

/** The cards above and below one, itself in neither. */
export function linesOf({ cards, edges }: DrawnGraph, card: number): { above: Set<number>; below: Set<number> } {
	const into: number[][] = cards.map(() => []);
	const outOf: number[][] = cards.map(() => []);
	for (const { from, to } of edges) {
		outOf[from]?.push(to);
		into[to]?.push(from);
	}
	const follow = (ways: number[][]) => {
		const met = new Set([card]);
		const ahead = [card];
		for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
			for (const next of ways[at] ?? []) {
				if (met.has(next)) continue;
				met.add(next);
				ahead.push(next);
			}
		}
		met.delete(card);
		return met;
	};
	return { above: follow(into), below: follow(outOf) };
}
