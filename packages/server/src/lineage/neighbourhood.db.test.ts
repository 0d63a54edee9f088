import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createGraphShelf, type GraphShelf } from "../adjacency/graph-shelf.ts";
import type { Ctx } from "../context.ts";
import { openWorkplace } from "../testing/artifact-factories.ts";
import {
	type Drawn,
	makePlaces,
	type Places,
	type PlainGraph,
	plainView,
	plainWalk,
	writeEdges,
	writeGraph,
} from "../testing/random-lineage.ts";
import { loadGraph } from "./load-graph.ts";
import { type Neighbourhood, type NeighbourhoodAsked, readNeighbourhood } from "./read-neighbourhood.ts";

// Random graphs with cycles, deletions, links and places that not everybody sees: every answer, read from memory and
// from the database, is that of a plain walk over a list of edges.

const { stores } = await openWorkplace();
let places: Places;

beforeAll(async () => {
	places = await makePlaces(stores.services);
});

const small = fc.nat({ max: 40 });
const drawn: fc.Arbitrary<Drawn> = fc.record({
	versions: fc.array(fc.record({ place: small, link: fc.option(small, { freq: 2 }), isDeleted: fc.boolean() }), {
		minLength: 1,
		maxLength: 14,
	}),
	runs: fc.array(fc.record({ place: small, isDeleted: fc.boolean() }), { minLength: 1, maxLength: 14 }),
	edges: fc.array(fc.tuple(small, small, fc.boolean()), { maxLength: 45 }),
});
const span = fc.oneof(fc.nat({ max: 4 }), fc.constant(Number.POSITIVE_INFINITY));
const question = fc.record({
	...{ focus: small, up: span, down: span, capUp: fc.nat({ max: 6 }), capDown: fc.nat({ max: 6 }) },
	isCapped: fc.boolean(),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

/** Graphs in memory, or a place where none may be kept. */
async function shelfOf(source: "memory" | "database"): Promise<GraphShelf> {
	const graphs = createGraphShelf(source === "memory" ? 1e9 : 0);
	const ctx = { ...stores.services, graphs };
	if (source === "memory") for (const owner of places.owners) await loadGraph(ctx, owner);
	expect(graphs.bytes() > 0).toBe(source === "memory");
	return graphs;
}

function askedOf(graph: PlainGraph, { focus, isCapped, ...spans }: Question): NeighbourhoodAsked {
	const at = focus % graph.nodes.length;
	const node = graph.nodes[at];
	if (node === undefined) throw new Error("no node");
	const cap = (most: number) => (isCapped ? most : 1000);
	return {
		focus: { kind: node.kind, id: node.id },
		up: { hops: spans.up, cap: cap(spans.capUp) },
		down: { hops: spans.down, cap: cap(spans.capDown) },
		...{ scope: "lines", group: "none", budget: 600, open: [], extra: [], isDescribed: true },
	};
}

/** Compares an answer with the plain graph. */
function judge(graph: PlainGraph, sees: ReadonlySet<number>, asked: NeighbourhoodAsked, answer: Neighbourhood): void {
	const view = plainView(graph, sees);
	const numberOf = new Map(graph.nodes.map(({ id }, at) => [id, at]));
	const focus = numberOf.get(asked.focus.id) ?? -1;
	const shown = answer.nodes.map(({ id }) => numberOf.get(id) ?? -1);
	const stubCount = shown.filter((node) => node < 0).length;
	const walks = {
		above: plainWalk(view, focus, ["up"], asked.up.hops),
		below: plainWalk(view, focus, ["down"], asked.down.hops),
	};
	const all = new Set([...walks.above.distances.keys(), ...walks.below.distances.keys()]);
	const stubs = [...walks.above.stubs, ...walks.below.stubs];
	expect(answer.total).toBe(all.size + stubs.length);
	expect(answer.cut).toBe(all.size + stubs.length > shown.length);
	expect(new Set(shown.filter((node) => node >= 0)).size).toBe(shown.length - stubCount);
	for (const side of ["above", "below"] as const) {
		const { distances, stubs: met } = walks[side];
		const cap = (side === "above" ? asked.up : asked.down).cap;
		const taken = answer.nodes.flatMap((node, at) =>
			node[side] === null || at === 0 ? [] : [[shown[at], node[side]]],
		);
		for (const [node, distance] of taken) expect(distances.get(node ?? -1)).toBe(distance);
		const toTake = distances.size - 1 + met.length;
		if (toTake <= cap) expect(taken).toHaveLength(distances.size - 1);
		// Nearest first: nobody is left out who is nearer than somebody who is there.
		const farthest = Math.max(0, ...taken.map(([, distance]) => distance ?? 0));
		const nearer = [...distances].filter(([, distance]) => distance > 0 && distance < farthest);
		for (const [node] of nearer) expect(shown).toContain(node);
	}
	judgeEdges(graph, view, { answer, shown });
}

function judgeEdges(
	{ nodes }: PlainGraph,
	view: ReturnType<typeof plainView>,
	{ answer, shown }: { answer: Neighbourhood; shown: readonly number[] },
): void {
	const expected = shown.flatMap((node) =>
		node < 0
			? []
			: view.near(node, "down").flatMap((near) => (near >= 0 && shown.includes(near) ? [`${node} ${near}`] : [])),
	);
	const between = answer.edges.filter(([from, to]) => (shown[from] ?? -1) >= 0 && (shown[to] ?? -1) >= 0);
	expect(between.map(([from, to]) => `${shown[from]} ${shown[to]}`).toSorted()).toEqual(expected.toSorted());
	answer.nodes.forEach((node, at) => {
		const number = shown[at] ?? -1;
		const ends = (way: "up" | "down") =>
			answer.edges.flatMap(([from, to]) => (way === "up" ? (to === at ? [from] : []) : from === at ? [to] : []));
		if (number < 0) {
			expect(node).toEqual({ ...node, kind: "hidden", hiddenUp: 0, hiddenDown: 0 });
			expect([...ends("up"), ...ends("down")]).toHaveLength(1);
			expect(Object.keys(node)).not.toContain("name");
			return;
		}
		expect(node.isDeleted).toBe(
			nodes[number]?.isDeleted === true || (nodes[number]?.places[0] === 2 && node.kind === "run"),
		);
		expect(node.up).toBe(view.near(number, "up").length);
		expect(node.down).toBe(view.near(number, "down").length);
		expect(node.hiddenUp).toBe(node.up - ends("up").length);
		expect(node.hiddenDown).toBe(node.down - ends("down").length);
	});
}

async function ask(ctx: Ctx, asked: NeighbourhoodAsked): Promise<Neighbourhood | "NOT_FOUND"> {
	try {
		return await readNeighbourhood(ctx, asked);
	} catch (error) {
		expect(error).toMatchObject({ code: "NOT_FOUND" });
		return "NOT_FOUND";
	}
}

describe.each(["memory", "database"] as const)("read from %s", (source) => {
	test("each neighbourhood is that of a plain walk, also after more edges", async () => {
		await fc.assert(
			fc.asyncProperty(
				drawn,
				fc.array(question, { minLength: 1, maxLength: 4 }),
				drawn,
				async (what, questions, more) => {
					const graph = await writeGraph(stores.services, places, what);
					const contexts: Array<{ ctx: Ctx; sees: ReadonlySet<number> }> = [];
					const graphs = await shelfOf(source);
					for (const { who, sees } of places.people) contexts.push({ ctx: { ...(await who.ctx()), graphs }, sees });
					const judgeAll = async () => {
						for (const { ctx, sees } of contexts) {
							for (const each of questions) {
								const asked = askedOf(graph, each);
								const answer = await ask(ctx, asked);
								const isSeen = plainView(graph, sees).may(each.focus % graph.nodes.length);
								expect(answer === "NOT_FOUND").toBe(!isSeen);
								if (answer !== "NOT_FOUND") judge(graph, sees, asked, answer);
							}
						}
					};
					await judgeAll();
					const versions = graph.nodes.filter(({ kind }) => kind === "artifact").length;
					const runs = graph.nodes.length - versions;
					const wanted = more.edges.map(([version, run, isUse]) => ({
						...{ version: version % versions, run: versions + (run % runs), isUse },
					}));
					await writeEdges(stores.services, graph, wanted);
					await judgeAll();
				},
			),
			{ numRuns: 10 },
		);
	});
});
