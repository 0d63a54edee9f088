import { describe, expect, test } from "vitest";
import type { Card, DrawnGraph } from "./drawn-graph.ts";
import { layOut } from "./layout/layout.ts";
import { heldStill, offsetsOf, wayLeft } from "./motion.ts";
import { cardWidth, displaced, makeScene, type Scene, withMoves } from "./scene.ts";

const counts = { up: 0, down: 0, hiddenUp: 0, hiddenDown: 0 };
const cardOf = (id: string): Card => {
	return {
		id,
		kind: "run",
		type: "",
		name: id,
		suffix: "",
		node: undefined,
		group: undefined,
		at: undefined,
		...counts,
	};
};

function sceneOf(
	ids: readonly string[],
	pairs: readonly (readonly [string, string])[],
	frame?: readonly string[],
): Scene {
	const place = (id: string) => ids.indexOf(id);
	const graph: DrawnGraph = {
		cards: ids.map(cardOf),
		edges: pairs.map(([from, to]) => ({ from: place(from), to: place(to), count: 1 })),
		frames: frame ? [{ id: "group", label: "train", count: frame.length, cards: frame.map(place) }] : [],
	};
	return makeScene(
		graph,
		layOut(ids.length, { from: graph.edges.map(({ from }) => from), to: graph.edges.map(({ to }) => to) }),
	);
}

const size = { width: 800, height: 600 };
const folded = sceneOf(["data", "group"], [["data", "group"]]);
const members = ["a", "b", "c", "d", "e"];
const opened = sceneOf(
	["data", ...members],
	members.map((member) => ["data", member] as const),
	members,
);

describe("what is opened", () => {
	const view = { x: 10, y: 20, zoom: 0.5 };
	const change = { before: folded, after: opened, view, size };
	const onScreen = (scene: Scene, cards: readonly number[], at: typeof view) => {
		const mean = (values: Float64Array) => cards.reduce((sum, card) => sum + (values[card] ?? 0), 0) / cards.length;
		return [mean(scene.x) * at.zoom + at.x, mean(scene.y) * at.zoom + at.y].map(Math.round);
	};

	test("stays where it was, and closed again it is back there", () => {
		const next = heldStill(change, "group");
		expect(onScreen(opened, [1, 2, 3, 4, 5], next)).toEqual(onScreen(folded, [1], view));
		expect(heldStill({ before: opened, after: folded, view: next, size }, "group")).toEqual(view);
	});

	test("lets its members come out of where it stood, and what stays come from where it was", () => {
		const next = heldStill(change, "group");
		const offsets = offsetsOf(change, next);
		const start = displaced(opened, offsets);
		for (const member of [1, 2, 4, 5]) expect(onScreen(start, [member], next)).toEqual(onScreen(folded, [1], view));
		expect(onScreen(start, [0], next)).toEqual(onScreen(folded, [0], view));
	});

	test("has one frame around it, or several where other cards stand between", () => {
		expect(opened.surrounds).toHaveLength(1);
		expect(opened.surrounds[0]?.boxes).toHaveLength(1);
		const between = sceneOf(
			["data", ...members],
			members.map((member) => ["data", member] as const),
			members.filter((_, index) => index !== 2),
		);
		const boxes = between.surrounds[0]?.boxes ?? [];
		const inside = (card: number) =>
			boxes.some(({ top, bottom }) => (between.y[card] ?? 0) > top && (between.y[card] ?? 0) < bottom);
		expect([1, 2, 4, 5].every(inside)).toBe(true);
		expect(inside(3)).toBe(false);
	});
});

describe("a card that was moved by hand", () => {
	const moved = withMoves(opened, new Map([["a", [50, -500] as const]]));

	test("stands there, is found there, and its edges lead there", () => {
		expect((moved.x[1] ?? 0) - (opened.x[1] ?? 0)).toBe(50);
		expect(moved.bounds.top).toBeLessThan(opened.bounds.top);
		const [edge] = moved.paths;
		expect(edge?.points.at(-1)?.[0]).toBeCloseTo((moved.x[1] ?? 0) - cardWidth / 2 - 5);
		expect(edge?.points[0]).toEqual(opened.paths[0]?.points[0]);
	});

	test("moves nothing else", () => {
		const view = { x: 1, y: 2, zoom: 1 };
		expect(heldStill({ before: opened, after: moved, view, size }, undefined)).toBe(view);
		expect([...offsetsOf({ before: opened, after: moved, view, size }, view).keys()]).toEqual([1]);
	});
});

test("what glides begins quickly and ends on time", () => {
	expect(wayLeft(0)).toBe(1);
	expect(wayLeft(90)).toBeLessThan(0.2);
	expect(wayLeft(180)).toBe(0);
	expect(wayLeft(10_000)).toBe(0);
});
