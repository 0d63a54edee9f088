import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Adjacency } from "../adjacency/adjacency.ts";
import { cyclesOf } from "./cycle-rules.ts";
import { chooseLevel, groupNodes, leastMembers, levels, type Member } from "./group-rules.ts";
import { artifactKind, runKind } from "./lineage-rows.ts";
import { between, compareAncestors, reach } from "./scope-rules.ts";
import type { Steps, View } from "./walk-rules.ts";

// What is found in random graphs with cycles and hidden nodes is what plain reachability says.

const size = 16;
const node = fc.nat({ max: size - 1 });
const graphs = fc.record({
	edges: fc.array(fc.tuple(node, node), { maxLength: 40 }).map((edges) => edges.filter(([from, to]) => from !== to)),
	hidden: fc.uniqueArray(node, { maxLength: 4 }),
});
type Drawn = { readonly edges: ReadonlyArray<readonly [number, number]>; readonly hidden: readonly number[] };

function viewOf({ edges, hidden }: Drawn): View {
	const graph = new Adjacency();
	for (let at = 0; at < size; at++) {
		graph.addNode(`00000000-0000-7000-8000-${String(at).padStart(12, "0")}`, at % 2 === 0 ? artifactKind : runKind, 1);
	}
	for (const [from, to] of edges) graph.addEdge(from, to);
	return { graph, may: (at) => !hidden.includes(at) };
}

function take<T>(steps: Steps<T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** What may be reached along seen nodes alone. */
function reached({ edges, hidden }: Drawn, start: number, isDown: boolean): Set<number> {
	const found = new Set([start]);
	for (const at of found) {
		for (const [from, to] of edges) {
			const [here, there] = isDown ? [from, to] : [to, from];
			if (here === at && !hidden.includes(there)) found.add(there);
		}
	}
	return found;
}

const sorted = (nodes: Iterable<number>) => [...nodes].toSorted((a, b) => a - b);
const seen = ({ hidden }: Drawn, ...nodes: number[]) => nodes.every((at) => !hidden.includes(at));

describe("scopes", () => {
	test("between two nodes lies what came of one and is an ancestor of the other", () => {
		fc.assert(
			fc.property(graphs, node, node, (drawn, from, to) => {
				fc.pre(seen(drawn, from, to));
				const [below, above] = [reached(drawn, from, true), reached(drawn, to, false)];
				const { nodes } = take(between(viewOf(drawn), [from, to], 1e9));
				expect(sorted(nodes)).toEqual(sorted([...below].filter((at) => above.has(at))));
			}),
		);
	});

	test("two ancestries are parted into what is common and what is not, and the nearest have no common node below them", () => {
		fc.assert(
			fc.property(graphs, node, node, (drawn, a, b) => {
				fc.pre(seen(drawn, a, b));
				const [first, second] = [reached(drawn, a, false), reached(drawn, b, false)];
				const common = [...first].filter((at) => second.has(at));
				const found = take(compareAncestors(viewOf(drawn), [a, b], 1e9));
				expect(sorted(found.common.map((each) => each.node))).toEqual(sorted(common));
				expect(sorted(found.onlyFirst)).toEqual(sorted([...first].filter((at) => !second.has(at))));
				expect(sorted(found.onlySecond)).toEqual(sorted([...second].filter((at) => !first.has(at))));
				const hasBelow = (at: number) => drawn.edges.some(([from, to]) => from === at && common.includes(to));
				expect(sorted(found.nearest)).toEqual(sorted(common.filter((at) => !hasBelow(at))));
				const stubs = drawn.edges.filter(([from, to]) => drawn.hidden.includes(from) && first.has(to));
				expect(found.hiddenFirst).toBe(new Set(stubs.map(String)).size);
			}),
		);
	});

	test("a walk that meets too much is broken off, and says so", () => {
		const chain = Array.from({ length: size - 1 }, (_, at) => [at, at + 1] as const);
		const view = viewOf({ edges: chain, hidden: [] });
		const bounds = { scope: "descendants", hops: Number.POSITIVE_INFINITY, cap: 100 } as const;
		expect(take(reach(view, 0, { ...bounds, mostMet: 5 }))).toMatchObject({ isBrokenOff: true });
		expect(take(reach(view, 0, { ...bounds, mostMet: size })).nodes).toHaveLength(size);
	});
});

describe("cycles", () => {
	test("a node lies on one when it can be reached from itself", () => {
		fc.assert(
			fc.property(graphs, ({ edges }) => {
				const all: Drawn = { edges, hidden: [] };
				const onCycle = (at: number) => edges.some(([from, to]) => from === at && reached(all, to, true).has(at));
				const expected = Array.from({ length: size }, (_, at) => at).filter(onCycle);
				expect(sorted(cyclesOf(size, edges))).toEqual(expected);
			}),
		);
	});

	test("a chain of a hundred thousand does not end the stack", () => {
		const count = 100_000;
		const chain = Array.from({ length: count }, (_, at) => [at, (at + 1) % count] as const);
		expect(cyclesOf(count, chain)).toHaveLength(count);
	});
});

describe("groups", () => {
	/** Runs and versions in turn, few kinds of each, so that many fall together. */
	const membersOf = (choices: readonly number[]): Member[] =>
		choices.map((choice, at) => ({
			...{ id: `n${at}`, kind: at % 2 === 0 ? "artifact" : "run", type: `type-${choice % 2}` },
			...{ project: `project-${choice % 3}`, collection: at % 2 === 0 ? `c${choice % 2}` : null },
			...{ sweepId: at % 2 === 1 && choice % 4 === 0 ? "s" : null, groupName: choice % 5 === 0 ? "g" : null },
			createdAt: new Date(choice),
		}));
	const bipartite = fc.array(fc.tuple(fc.nat({ max: 39 }), fc.nat({ max: 39 })), { maxLength: 80 });
	const drawn = fc.record({
		choices: fc.array(fc.nat({ max: 20 }), { minLength: 40, maxLength: 40 }),
		edges: bipartite.map((edges) => edges.filter(([from, to]) => (from + to) % 2 === 1)),
		level: fc.constantFrom(...levels),
	});

	test("no group lies on a cycle, has fewer members than it takes, or shares one", () => {
		fc.assert(
			fc.property(drawn, ({ choices, edges, level }) => {
				const members = membersOf(choices);
				const { groups, groupOf } = groupNodes({ members, edges, level, open: new Set(), alone: new Set([0]) });
				const at = (position: number) => {
					const group = groupOf[position] ?? -1;
					return group < 0 ? groups.length + position : group;
				};
				const contracted = edges.map(([from, to]) => [at(from), at(to)] as const).filter(([from, to]) => from !== to);
				const onCycles = cyclesOf(groups.length + members.length, contracted);
				expect(onCycles.filter((each) => each < groups.length)).toEqual([]);
				for (const group of groups) expect(group.members.length).toBeGreaterThanOrEqual(leastMembers);
				const grouped = groups.flatMap((group) => group.members);
				expect(new Set(grouped).size).toBe(grouped.length);
				expect(grouped).not.toContain(0);
				if (level === "none") expect(groups).toEqual([]);
				const again = groupNodes({
					members,
					edges,
					level,
					open: new Set(groups.map(({ id }) => id)),
					alone: new Set(),
				});
				const ids = new Set(groups.map(({ id }) => id));
				expect(again.groups.filter(({ id }) => ids.has(id))).toEqual([]);
			}),
		);
	});

	test("few nodes are not grouped, and many as little as the budget allows", () => {
		const members = membersOf(Array.from({ length: 40 }, () => 4));
		const asked = { members, edges: [], open: new Set<string>(), alone: new Set<number>() };
		expect(chooseLevel({ ...asked, members: members.slice(0, 30) }, 600)).toBe("none");
		expect(chooseLevel(asked, 600)).toBe("sweep");
		expect(chooseLevel(asked, 5)).toBe("pipeline");
		expect(chooseLevel(asked, 0)).toBe("project");
	});
});
