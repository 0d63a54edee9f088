import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import { openWorkplace } from "../testing/artifact-factories.ts";
import { type PlainDrawing, type PlainGroup, plainGroups, plainLevel } from "../testing/plain-groups.ts";
import {
	type PlainView,
	plainEdges,
	plainFacts,
	plainMembers,
	plainPicture,
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
import { levels } from "./group-rules.ts";
import { listGroupMembers, type MembersAsked } from "./list-group-members.ts";
import { loadGraph } from "./load-graph.ts";
import type { NodeAsked } from "./open-graph.ts";
import { type Neighbourhood, type NeighbourhoodAsked, readNeighbourhood } from "./read-neighbourhood.ts";

// Random graphs with cycles, deletions, links and places that not everybody sees: every neighbourhood, read from memory and
// from the database, grouped and not, is the one that a plain reading of a list of edges finds, and so are a group's members.

const { stores } = await openWorkplace();
let places: Places;

beforeAll(async () => {
	places = await makePlaces(stores.services);
});

const small = fc.nat({ max: 40 });
const hops = fc.oneof(fc.nat({ max: 4 }), fc.constant(Number.POSITIVE_INFINITY));
const cap = fc.oneof(fc.constant(1000), fc.nat({ max: 12 }));
const question = fc.record({
	...{ focus: small, up: fc.record({ hops, cap }), down: fc.record({ hops, cap }) },
	scope: fc.constantFrom("lines", "lines", "component"),
	extra: fc.array(small, { maxLength: 2 }),
	group: fc.constantFrom("auto", "sweep", "sweep", ...levels),
	budget: fc.nat({ max: 30 }),
	/** Which of the groups of a first answer are opened in a second one. */
	open: fc.array(fc.nat({ max: 8 }), { maxLength: 2 }),
	isDescribed: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
});
const listing = fc.record({
	query: fc.constantFrom("", "", "run 1", ":V1", "set-0"),
	sort: fc.constantFrom("name", "created"),
	descending: fc.boolean(),
	first: fc.integer({ min: 2, max: 9 }),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;
type Listing = Omit<typeof listing extends fc.Arbitrary<infer T> ? T : never, "sort"> & Pick<MembersAsked, "sort">;

function nodeAsked({ nodes }: PlainGraph, at: number): NodeAsked {
	const { kind, id } = nodes[at] ?? { kind: "run", id: "" };
	return { kind, id };
}

function askedOf(graph: PlainGraph, { focus, extra, open, ...rest }: Question): NeighbourhoodAsked {
	return { ...rest, focus: nodeAsked(graph, focus), extra: extra.map((at) => nodeAsked(graph, at)), open: [] };
}

/** All members of a group, page by page. */
async function membersOf(ctx: Ctx, key: string, { first, ...rest }: Listing) {
	const asked: MembersAsked = { ...rest, key, first, after: null, metric: rest.sort === "metric" ? "loss.low" : null };
	const members = [];
	let after: string | null = null;
	do {
		const page: Awaited<ReturnType<typeof listGroupMembers>> = await listGroupMembers(ctx, { ...asked, after });
		expect(page.cut).toBe(page.endCursor !== null);
		members.push(...page.members);
		expect(page.members.length).toBeLessThanOrEqual(first);
		if (page.endCursor === null) expect(page.total).toBe(members.length);
		after = page.endCursor;
	} while (after !== null);
	return members;
}

const everyone: Listing = { query: "", sort: "name", descending: false, first: 1000 };
const sorted = (list: readonly string[]) => list.toSorted();
const nameOf = (ids: readonly string[]) => `[${sorted(ids).join(" ")}]`;
type Mix = ReadonlyArray<{ readonly kind: string; readonly type: string; readonly count: number }>;
const mixText = (mix: Mix) => sorted(mix.map(({ kind, type, count }) => `${count} ${kind} ${type}`));

/** An answer in words that do not depend on the order of its parts; groups go by their members. */
function told({ nodes, groups, edges, ...rest }: Neighbourhood, groupNames: readonly string[]) {
	const names = [...nodes.map(({ kind, id }) => (kind === "hidden" ? kind : id)), ...groupNames];
	return {
		...{ focus: rest.focus, level: rest.level, total: rest.total, cut: rest.cut, first: nodes[0]?.id },
		nodes: nodes.filter(({ kind }) => kind !== "hidden").toSorted((a, b) => (a.id < b.id ? -1 : 1)),
		stubs: sorted(nodes.filter(({ kind }) => kind === "hidden").map(({ id, ...stub }) => JSON.stringify(stub))),
		edges: sorted(edges.map(([from, to, count]) => `${names[from]} → ${names[to]}: ${count}`)),
		groups: groups
			.map(({ id, key, mix, ...group }, at) => ({ name: groupNames[at], ...group, mix: mixText(mix) }))
			.toSorted((a, b) => (`${a.name}` < `${b.name}` ? -1 : 1)),
	};
}

/** The same of the plain graph, and its groups. */
function plainlyTold(view: PlainView, asked: Question, opened: ReadonlySet<string>) {
	const { shown, stubs, total, cut } = plainPicture(view, asked);
	const shownNodes = [...shown.keys()];
	const edges = [
		...plainEdges(view, shownNodes).map((edge) => edge.map((node) => shownNodes.indexOf(node))),
		...stubs.map(({ of, way }, index) => {
			const [stub, end] = [shownNodes.length + index, shownNodes.indexOf(of)];
			return way === "up" ? [stub, end] : [end, stub];
		}),
	].map(([from = 0, to = 0]) => [from, to] as const);
	const things = [...shownNodes.map((at) => view.nodes[at] ?? null), ...stubs.map(() => null)];
	const alone = new Set([asked.focus, ...asked.extra].map((node) => shownNodes.indexOf(node)));
	const drawing: PlainDrawing = { things, edges, alone };
	const chosen = asked.group === "auto" ? plainLevel(drawing, opened, asked.budget) : asked.group;
	const level = asked.isDescribed ? chosen : "none";
	const groups = plainGroups(drawing, level, opened);
	const isIn = (at: number) => groups.findIndex(({ members }) => members.includes(at));
	const idOf = (at: number) => things[at]?.id ?? "hidden";
	const groupNames = groups.map(({ members }) => nameOf(members.map(idOf)));
	const drawn = new Map<string, number>();
	edges.forEach(([from, to], number) => {
		const ends = [from, to].map((at) => (isIn(at) < 0 ? `${at}` : `group ${isIn(at)}`));
		if (ends[0] === ends[1]) return;
		const name = (at: number) => groupNames[isIn(at)] ?? idOf(at);
		// Stubs bear one name and are not one: neither are edges to them.
		const key = `${name(from)} → ${name(to)}${[from, to].some((at) => things[at] === null) ? ` ${number}` : ""}`;
		drawn.set(key, (drawn.get(key) ?? 0) + 1);
	});
	const countsOf = (at: number) => {
		const node = shownNodes[at] ?? -1;
		const [up, down] = [view.near(node, "up").length, view.near(node, "down").length];
		const [shownUp, shownDown] = [1, 0].map((end) => edges.filter((edge) => edge[end] === at).length);
		return { up, down, hiddenUp: up - (shownUp ?? 0), hiddenDown: down - (shownDown ?? 0) };
	};
	return {
		groups,
		groupNames,
		numbersOf: ({ members }: PlainGroup) => members.map((at) => shownNodes[at] ?? -1),
		told: {
			...{ focus: idOf(0), level, total, cut, first: idOf(0) },
			nodes: shownNodes
				.flatMap((node, at) => {
					const { id, kind, ...facts } = plainFacts(view, node);
					const said = asked.isDescribed ? { id, kind, ...facts } : { id, kind };
					return isIn(at) >= 0 ? [] : [{ ...said, ...shown.get(node), ...countsOf(at) }];
				})
				.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
			stubs: sorted(
				stubs.map(({ way }) => {
					const ends = way === "up" ? { up: 0, down: 1 } : { up: 1, down: 0 };
					return JSON.stringify({ kind: "hidden", above: null, below: null, hiddenUp: 0, hiddenDown: 0, ...ends });
				}),
			),
			edges: sorted([...drawn].map(([key, count]) => `${key.replace(/ \d+$/, "")}: ${count}`)),
			groups: groups
				.map(({ level: own, label, members }, at) => {
					const mix = new Map<string, number>();
					const nodes = members.flatMap((member) => things[member] ?? []);
					for (const { kind, type } of nodes) mix.set(`${kind} ${type}`, (mix.get(`${kind} ${type}`) ?? 0) + 1);
					const times = nodes.map(({ createdAt }) => createdAt.getTime());
					const sum = (key: "hiddenUp" | "hiddenDown") =>
						members.reduce((all, member) => all + countsOf(member)[key], 0);
					return {
						...{ name: groupNames[at], level: own, label, count: members.length },
						mix: sorted([...mix].map(([what, count]) => `${count} ${what}`)),
						...{ first: new Date(Math.min(...times)), last: new Date(Math.max(...times)) },
						...{ hiddenUp: sum("hiddenUp"), hiddenDown: sum("hiddenDown") },
					};
				})
				.toSorted((a, b) => (`${a.name}` < `${b.name}` ? -1 : 1)),
		},
	};
}

/** Asks, and holds the answer to the plain one; then opens some of its groups and lists their members. */
async function judge(ctx: Ctx, { graph, view, asked, list }: Judged): Promise<void> {
	const real = askedOf(graph, asked);
	if (![asked.focus, ...asked.extra].every(view.may)) {
		await expect(readNeighbourhood(ctx, real)).rejects.toMatchObject({ code: "NOT_FOUND" });
		return;
	}
	const compare = async (open: readonly string[], opened: ReadonlySet<string>) => {
		const answer = await readNeighbourhood(ctx, { ...real, open });
		const lists = [];
		for (const { key } of answer.groups) lists.push(await membersOf(ctx, key, everyone));
		const groupNames = lists.map((members) => nameOf(members.map(({ id }) => id)));
		const plain = plainlyTold(view, asked, opened);
		expect(told(answer, groupNames)).toEqual(plain.told);
		return { answer, plain, plainOf: groupNames.map((name) => plain.groups[plain.groupNames.indexOf(name)]) };
	};
	const { answer, plain, plainOf } = await compare([], new Set());
	for (const [at, { key }] of answer.groups.entries()) {
		const group = plainOf[at];
		if (group === undefined) throw new Error("a group that is none");
		for (const sort of [list.sort, "metric"] as const) {
			const numbers = plain.numbersOf(group);
			expect(await membersOf(ctx, key, { ...list, sort })).toEqual(plainMembers(view, numbers, { ...list, sort }));
		}
	}
	const open = asked.open.filter((at) => at < answer.groups.length);
	if (open.length === 0) return;
	await compare(
		open.map((at) => answer.groups[at]?.id ?? ""),
		new Set(open.map((at) => plainOf[at]?.key ?? "")),
	);
}
type Judged = {
	readonly graph: PlainGraph;
	readonly view: PlainView;
	readonly asked: Question;
	readonly list: Listing;
};

describe.each(sources)("read from %s", (source) => {
	test.each([
		["without shape", tangled, 12],
		["of pipelines", piped, 12],
	] as const)("each neighbourhood of graphs %s, also after more edges", async (_what, drawn, numRuns) => {
		const asked = fc.array(fc.tuple(question, listing), { minLength: 2, maxLength: 4 });
		await fc.assert(
			fc.asyncProperty(drawn, asked, tangled, async (what, questions, more) => {
				const graph = await writeGraph(stores.services, places, what);
				const askers = await askersOf(stores.services, places, { source, load: loadGraph });
				const within = (at: number) => at % graph.nodes.length;
				const judgeAll = async () => {
					for (const { ctx, sees } of askers) {
						const view = plainView(graph, sees);
						for (const [each, list] of questions) {
							const asked = { ...each, focus: within(each.focus), extra: each.extra.map(within) };
							await judge(ctx, { graph, view, asked, list });
						}
					}
				};
				await judgeAll();
				const versions = graph.nodes.filter(({ kind }) => kind === "artifact").length;
				const runs = graph.nodes.length - versions;
				const wanted = more.edges.slice(0, 12).map(([version, run, isUse]) => ({
					...{ version: version % versions, run: versions + (run % runs), isUse },
				}));
				await writeEdges(stores.services, graph, wanted);
				await judgeAll();
			}),
			{ numRuns, endOnFailure: true },
		);
	});

	test("a version's metric is that of the run that made it first, whichever was read first", async () => {
		const home = { place: 0, isDeleted: false };
		const outputs = [1, 2, 3, 4, 5];
		const graph = await writeGraph(stores.services, places, {
			versions: [0, ...outputs].map(() => ({ ...home, link: null })),
			runs: [1, 2].map((metric) => ({ ...home, metric })),
			edges: [[0, 0, true], [0, 1, true], ...[1, 0].flatMap((run) => outputs.map((at) => [at, run, false] as const))],
		});
		const [asker] = await askersOf(stores.services, places, { source, load: loadGraph });
		if (asker === undefined) throw new Error("nobody asks");
		const span = { hops: 3, cap: 100 };
		const asked = { focus: nodeAsked(graph, 0), up: span, down: span, scope: "lines", group: "sweep" } as const;
		const { groups } = await readNeighbourhood(asker.ctx, {
			...{ ...asked, budget: 100, open: [], extra: [], isDescribed: true },
		});
		const members = await membersOf(asker.ctx, groups[0]?.key ?? "", { ...everyone, sort: "metric" });
		expect(members.map(({ metric }) => metric)).toEqual([2, 2, 2, 2, 2]);
	});
});
