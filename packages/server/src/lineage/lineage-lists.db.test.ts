import { text } from "node:stream/consumers";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import { openWorkplace } from "../testing/artifact-factories.ts";
import {
	type PlainView,
	plainComparison,
	plainEdges,
	plainExport,
	plainFacts,
	plainImpact,
	plainPaths,
	plainSearch,
	plainView,
} from "../testing/plain-lineage.ts";
import {
	askersOf,
	makePlaces,
	type Places,
	type PlainGraph,
	piped,
	sources,
	tangled,
	writeEdges,
	writeGraph,
} from "../testing/random-lineage.ts";
import { compareAncestry } from "./compare-ancestry.ts";
import { exportLineage } from "./export-lineage.ts";
import { findPaths } from "./find-paths.ts";
import { listImpact } from "./list-impact.ts";
import { loadGraph } from "./load-graph.ts";
import type { NodeAsked } from "./open-graph.ts";
import { readNeighbourhood } from "./read-neighbourhood.ts";
import { scopes } from "./scope-rules.ts";
import { searchScope } from "./search-scope.ts";

// As of neighbourhoods: search, paths, impact, comparison and export of random graphs are what a plain reading finds.

const { stores } = await openWorkplace();
let places: Places;

beforeAll(async () => {
	places = await makePlaces(stores.services);
});

const small = fc.nat({ max: 40 });
const question = fc.record({
	...{ focus: small, other: small, scope: fc.constantFrom(...scopes), cap: fc.constantFrom(0, 1, 3, 6, 1000) },
	hops: fc.oneof(fc.nat({ max: 4 }), fc.constant(Number.POSITIVE_INFINITY)),
	query: fc.constantFrom("RUN 1", "set-0", ":v", "best", "50%", "_\\", "%", "-l", "r1", "job"),
	kind: fc.constantFrom("run", "artifact", "any"),
	first: fc.integer({ min: 1, max: 6 }),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;
type Judged = {
	readonly view: PlainView;
	readonly asked: Question;
	readonly focus: NodeAsked;
	readonly other: NodeAsked;
};

const factsOf = (view: PlainView, nodes: Iterable<number>) =>
	new Map([...nodes].map((at) => [plainFacts(view, at).id, at]));
const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
const sorted = (list: readonly string[]) => list.toSorted();
const least = (numbers: readonly number[], count: number) => numbers.toSorted((a, b) => a - b).slice(0, count);

async function judgeSearch(ctx: Ctx, { view, asked, focus }: Judged): Promise<void> {
	const { query, scope, first } = asked;
	const { found, total, cut } = await searchScope(ctx, { of: focus, scope, query, first });
	const plain = plainSearch(view, asked.focus, scope, query);
	expect({ total, cut }).toEqual({ total: plain.size, cut: plain.size > first });
	const numbers = factsOf(view, plain.keys());
	const facts = found.map(({ id }) => {
		const at = numbers.get(id) ?? -1;
		return { ...plainFacts(view, at), distance: plain.get(at) };
	});
	expect(found).toEqual(facts);
	expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
	expect(found.map(({ distance }) => distance)).toEqual(least([...plain.values()], first));
}

async function judgePaths(ctx: Ctx, { view, asked, focus, other }: Judged): Promise<void> {
	const { nodes, edges, hops, total, cut } = await findPaths(ctx, { from: focus, to: other, cap: asked.cap });
	const plain = plainPaths(view, asked.focus, asked.other);
	expect({ hops, total, cut }).toEqual({
		hops: plain.hops,
		total: plain.nodes.size,
		cut: plain.nodes.size > asked.cap,
	});
	const numbers = factsOf(view, plain.nodes.keys());
	const shown = nodes.map(({ id }) => numbers.get(id) ?? -1);
	expect(new Set(shown).size).toBe(shown.length);
	expect(nodes).toEqual(shown.map((at) => ({ ...plainFacts(view, at), ...plain.nodes.get(at) })));
	const lengthsOf = (list: Iterable<{ readonly fromHops: number; readonly toHops: number }>) =>
		[...list].map(({ fromHops, toHops }) => fromHops + toHops);
	expect(least(lengthsOf(nodes), asked.cap)).toEqual(least(lengthsOf(plain.nodes.values()), asked.cap));
	expect(nodes.map(({ fromHops }) => fromHops)).toEqual(
		least(
			nodes.map(({ fromHops }) => fromHops),
			asked.cap,
		),
	);
	const drawn = edges.map(([from, to]) => `${shown[from]} ${shown[to]}`);
	expect(sorted(drawn)).toEqual(sorted(plainEdges(view, shown).map((edge) => edge.join(" "))));
}

async function judgeImpact(ctx: Ctx, { view, asked, focus }: Judged): Promise<void> {
	const { hops, kind, first } = asked;
	const plain = plainImpact(view, asked.focus, hops);
	const kindOf = ({ node }: { readonly node: number }) => view.nodes[node]?.kind;
	const listed = plain.items.filter((item) => kind === "any" || kindOf(item) === kind);
	const items = [];
	let after: string | null = null;
	do {
		const page: Awaited<ReturnType<typeof listImpact>> = await listImpact(ctx, { focus, hops, kind, first, after });
		items.push(...page.items);
		const { runs, versions, hidden, total, cut, endCursor } = page;
		expect({ focus: page.focus, runs, versions, hidden, total, cut }).toEqual({
			...{ focus: focus.id, hidden: plain.hidden, total: listed.length, cut: endCursor !== null },
			runs: plain.items.filter((item) => kindOf(item) === "run").length,
			versions: plain.items.filter((item) => kindOf(item) === "artifact").length,
		});
		expect(page.items).toHaveLength(Math.min(first, listed.length - items.length + page.items.length));
		after = endCursor;
	} while (after !== null);
	const told = listed.map(({ node, ...rest }) => ({ ...plainFacts(view, node), ...rest }));
	// In one page those equally near stand in no order; pages that hang together give each once.
	if (first < listed.length) expect(items).toEqual(told);
	expect(items.toSorted(byId)).toEqual(told.toSorted(byId));
	expect(items.map(({ distance }) => distance)).toEqual(told.map(({ distance }) => distance));
}

async function judgeComparison(
	ctx: Ctx,
	{ view, asked: { focus: a, other: b, cap }, focus, other }: Judged,
): Promise<void> {
	const answer = await compareAncestry(ctx, { first: focus, second: other, cap });
	const plain = plainComparison(view, a, b);
	const { hiddenFirst, hiddenSecond } = plain;
	const [common, onlyFirst, onlySecond] = [plain.common.size, plain.onlyFirst.length, plain.onlySecond.length];
	expect(answer.counts).toEqual({ common, onlyFirst, onlySecond, hiddenFirst, hiddenSecond });
	expect(answer.total).toBe(common + onlyFirst + onlySecond);
	expect(answer.cut).toBe(Math.max(common, onlyFirst, onlySecond) > cap);
	const judgeList = (
		list: ReadonlyArray<{ readonly id: string }>,
		all: readonly number[],
		more = (_at: number) => ({}),
	) => {
		const numbers = factsOf(view, all);
		expect(list).toEqual(
			list.map(({ id }) => {
				const at = numbers.get(id) ?? -1;
				return { ...plainFacts(view, at), ...more(at) };
			}),
		);
		expect(new Set(list.map(({ id }) => id)).size).toBe(Math.min(cap, all.length));
	};
	judgeList(answer.common, [...plain.common.keys()], (at) => plain.common.get(at) ?? {});
	judgeList(answer.onlyFirst, plain.onlyFirst);
	judgeList(answer.onlySecond, plain.onlySecond);
	const nearest = plain.nearest.map((at) => plainFacts(view, at).id);
	if (cap >= nearest.length) expect(sorted(answer.nearest)).toEqual(sorted(nearest));
	expect(nearest).toEqual(expect.arrayContaining([...answer.nearest]));
	const far = answer.common.map(({ firstHops, secondHops }) => firstHops + secondHops);
	const farAll = [...plain.common.values()].map(({ firstHops = 0, secondHops = 0 }) => firstHops + secondHops);
	expect(far).toEqual(least(farAll, cap));
}

type ExportLine = { readonly node?: number; readonly edge?: readonly [number | string, number | string] };

async function judgeExport(ctx: Ctx, { view, asked: { focus: at, scope }, focus }: Judged): Promise<void> {
	const read = async (format: "ndjson" | "csv" | "dot") =>
		await text(await exportLineage(ctx, { of: focus, scope, format }));
	const plain = plainExport(view, at, scope);
	const lines = (await read("ndjson"))
		.trim()
		.split("\n")
		.map((line): ExportLine & { readonly id?: string } => JSON.parse(line));
	const nodes = lines.filter(({ node }) => node !== undefined);
	const numbers = factsOf(view, plain.nodes);
	const shown = nodes.map(({ id = "" }) => numbers.get(id) ?? -1);
	expect(nodes).toEqual(shown.map((each, node) => JSON.parse(JSON.stringify({ node, ...plainFacts(view, each) }))));
	expect(new Set(shown).size).toBe(plain.nodes.length);
	const edges = lines.flatMap(({ edge }) => (edge === undefined ? [] : [edge]));
	const ends = edges.map((edge) => edge.map((end) => (typeof end === "number" ? shown[end] : "hidden")).join(" "));
	const stubs = plain.stubs.map(({ of, way }) => (way === "up" ? `hidden ${of}` : `${of} hidden`));
	expect(sorted(ends)).toEqual(sorted([...plain.edges.map((edge) => edge.join(" ")), ...stubs]));
	const hidden = edges.flat().filter((end) => typeof end === "string");
	expect(new Set(hidden).size).toBe(plain.stubs.length);
	// The other forms say the same under the same numbers.
	const rows = (await read("csv")).trim().split("\r\n").slice(1);
	expect(rows.flatMap((row) => (row.startsWith("edge,") ? [row.split(",").slice(1, 3).join(" ")] : []))).toEqual(
		edges.map((edge) => edge.join(" ")),
	);
	expect(rows.flatMap((row) => (row.startsWith("node,") ? [row.split(",")[3]] : []))).toEqual(
		nodes.map(({ id }) => id),
	);
	const dot = await read("dot");
	const arrows = [...dot.matchAll(/^\t(\S+) -> (\S+);$/gm)].map(([, ...pair]) => pair.join(" "));
	expect(arrows).toEqual(
		edges.map((edge) => edge.map((end) => (typeof end === "number" ? `n${end}` : end.replace("-", "_"))).join(" ")),
	);
	expect([...dot.matchAll(/^\tn(\d+) \[label="([^"]*)"/gm)].map(([, , label]) => label)).toEqual(
		shown.map((each) => plainFacts(view, each).name),
	);
}

const within = ({ nodes }: PlainGraph, at: number) => at % nodes.length;
const nodeAsked = ({ nodes }: PlainGraph, at: number): NodeAsked => ({
	...{
		kind: nodes[within({ nodes, edges: [] }, at)]?.kind ?? "run",
		id: nodes[within({ nodes, edges: [] }, at)]?.id ?? "",
	},
});

async function judge(ctx: Ctx, graph: PlainGraph, view: PlainView, drawn: Question): Promise<void> {
	const asked = { ...drawn, focus: within(graph, drawn.focus), other: within(graph, drawn.other) };
	const judged = { view, asked, focus: nodeAsked(graph, asked.focus), other: nodeAsked(graph, asked.other) };
	const judges = [judgeSearch, judgePaths, judgeImpact, judgeComparison, judgeExport];
	for (const each of judges) {
		const isOfTwo = each === judgePaths || each === judgeComparison;
		if (view.may(asked.focus) && (!isOfTwo || view.may(asked.other))) await each(ctx, judged);
		else await expect(each(ctx, judged)).rejects.toMatchObject({ code: "NOT_FOUND" });
	}
}

describe.each(sources)("read from %s", (source) => {
	test("each list is what a plain reading finds, also after more edges", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(tangled, piped),
				fc.array(question, { minLength: 2, maxLength: 4 }),
				tangled,
				async (what, questions, more) => {
					const graph = await writeGraph(stores.services, places, what);
					const askers = await askersOf(stores.services, places, { source, load: loadGraph });
					const judgeAll = async () => {
						for (const { ctx, sees } of askers) {
							for (const asked of questions) await judge(ctx, graph, plainView(graph, sees), asked);
						}
					};
					await judgeAll();
					const versions = graph.nodes.filter(({ kind }) => kind === "artifact").length;
					const runs = graph.nodes.length - versions;
					const wanted = more.edges.slice(0, 8).map(([version, run, isUse]) => ({
						...{ version: version % versions, run: versions + (run % runs), isUse },
					}));
					await writeEdges(stores.services, graph, wanted);
					await judgeAll();
				},
			),
			{ numRuns: 8, endOnFailure: true },
		);
	});

	test("what lies behind a boundary changes no answer, however much of it there is", async () => {
		await fc.assert(
			fc.asyncProperty(fc.oneof(tangled, piped), tangled, question, async (what, more, drawn) => {
				// Behind it: what is in the place that only Ann sees, without a link.
				const hide = <T extends object>(list: readonly T[]) => list.map((each) => ({ ...each, place: 0, link: null }));
				const graph = await writeGraph(stores.services, places, {
					...{ versions: [...what.versions, ...hide(more.versions)], runs: [...what.runs, ...hide(more.runs)] },
					edges: what.edges.map(([version, run, isUse]) => [
						version % what.versions.length,
						run % what.runs.length,
						isUse,
					]),
				});
				const [, colleague] = places.people;
				const askers = await askersOf(stores.services, places, { source, load: loadGraph });
				const ctx = askers[1]?.ctx;
				if (colleague === undefined || ctx === undefined) throw new Error("nobody asks");
				const view = plainView(graph, colleague.sees);
				const hiddenOf = (kind: string) =>
					graph.nodes.flatMap((node, at) => (node.kind === kind && !view.may(at) ? [at] : []));
				const [versions, runs] = [hiddenOf("artifact"), hiddenOf("run")];
				fc.pre(view.may(within(graph, drawn.focus)) && versions.length > 0 && runs.length > 0);
				const before = await answersOf(ctx, graph, drawn);
				const wanted = more.edges.map(([version, run, isUse]) => ({
					...{ version: versions[version % versions.length] ?? 0, run: runs[run % runs.length] ?? 0, isUse },
				}));
				await writeEdges(stores.services, graph, wanted);
				expect(await answersOf(ctx, graph, drawn)).toEqual(before);
			}),
			{ numRuns: 8, endOnFailure: true },
		);
	});
});

/** What somebody is told, but for the moment of it. */
async function answersOf(ctx: Ctx, graph: PlainGraph, { focus: at, scope, hops, query, kind, cap }: Question) {
	const focus = nodeAsked(graph, at);
	const span = { hops, cap };
	const around = {
		focus,
		up: span,
		down: span,
		scope: "lines",
		budget: 10,
		open: [],
		extra: [],
		isDescribed: true,
	} as const;
	const page = { first: 100, after: null };
	const answers = [
		await readNeighbourhood(ctx, { ...around, group: "auto" }),
		await readNeighbourhood(ctx, { ...around, group: "sweep", scope: "component" }),
		await searchScope(ctx, { of: focus, scope, query, first: 100 }),
		await findPaths(ctx, { from: focus, to: focus, cap: 100 }),
		await listImpact(ctx, { focus, hops, kind, ...page }),
		await compareAncestry(ctx, { first: focus, second: focus, cap: 100 }),
	].map(({ asOf, ...answer }) => answer);
	return [...answers, await text(await exportLineage(ctx, { of: focus, scope, format: "ndjson" }))];
}
