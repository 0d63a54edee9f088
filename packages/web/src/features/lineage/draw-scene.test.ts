import { expect, test } from "vitest";
import { kindsOf } from "./draw-scene.ts";
import type { Card } from "./drawn-graph.ts";
import { layOut } from "./layout/layout.ts";
import { makeScene } from "./scene.ts";

test("the same edges laid out anew are painted as the new layout has them", () => {
	const counts = { up: 1, down: 1, hiddenUp: 0, hiddenDown: 0, node: undefined, group: undefined, at: undefined };
	const cards = ["a", "b"].map((id): Card => ({ ...counts, id, kind: "run", type: "", name: id, suffix: "" }));
	const graph = { cards, edges: [{ from: 0, to: 1, count: 1 }] };
	const layout = layOut(2, { from: [0], to: [1] });
	const forth = kindsOf(makeScene(graph, layout), undefined);
	const back = kindsOf(makeScene(graph, { ...layout, back: Uint8Array.of(1) }), undefined);
	expect(back).not.toEqual(forth);
	expect(kindsOf(makeScene(graph, layout), undefined)).toEqual(forth);
});
