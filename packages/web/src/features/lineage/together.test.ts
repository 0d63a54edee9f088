import { expect, test } from "vitest";
import type { DrawnNode, Neighbourhood } from "./lineage-api.ts";
import { together } from "./together.ts";

const counts = { above: null, below: null, up: 0, down: 0, hiddenUp: 0, hiddenDown: 0 };

function answerOf(ids: readonly string[], edges: Neighbourhood["edges"]): Neighbourhood {
	const nodes = ids.map((id): DrawnNode => ({ id, kind: id.startsWith("hidden") ? "hidden" : "run", ...counts }));
	const rest = { groups: [], opened: [], level: "none", total: ids.length, cut: false, asOf: "" } as const;
	return { focus: ids[0] ?? "", nodes, edges, ...rest, groups: [], opened: [] };
}

test("what two came of together stands there once, with the edges of both; stubs are told apart", () => {
	const first = answerOf(
		["a", "run-a", "data", "hidden-1"],
		[
			[1, 0, 1],
			[2, 1, 1],
			[3, 2, 1],
		],
	);
	const second = answerOf(
		["b", "data", "hidden-1"],
		[
			[1, 0, 1],
			[2, 0, 1],
		],
	);
	const { answer, sides } = together(first, second);
	expect(Object.fromEntries(sides)).toEqual({
		...{ a: "first", "run-a": "first", b: "second", data: "both" },
		...{ "first-hidden-1": "first", "second-hidden-1": "second" },
	});
	expect(answer.focus).toBe("a");
	const ids = answer.nodes.map(({ id }) => id);
	expect(answer.edges.map(([from, to]) => `${ids[from]} ${ids[to]}`).sort()).toEqual([
		...["data b", "data run-a", "first-hidden-1 data", "run-a a", "second-hidden-1 b"],
	]);
});
