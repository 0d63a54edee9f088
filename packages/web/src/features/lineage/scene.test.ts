import { describe, expect, test } from "vitest";
import { makeLineage } from "../../testing/synthetic-lineage.ts";
import type { Card, DrawnGraph } from "./drawn-graph.ts";
import { layOut } from "./layout/layout.ts";
import {
	broughtIn,
	cardAt,
	cardsNear,
	cardWidth,
	centredOn,
	fitted,
	makeScene,
	nearestOf,
	neighbourOf,
	seenBox,
	startView,
	zoomedAt,
} from "./scene.ts";

function graphOf(count: number): DrawnGraph {
	const { nodes, from, to } = makeLineage(count);
	const counts = { up: 0, down: 0, hiddenUp: 0, hiddenDown: 0 };
	const cards = nodes.map(({ kind, type, name }, index): Card => {
		const about = { id: `${index}`, kind: kind === "run" ? ("run" as const) : ("artifact" as const), type, name };
		return { ...about, suffix: "", node: undefined, group: undefined, at: undefined, ...counts };
	});
	return { cards, edges: from.map((source, edge) => ({ from: source, to: to[edge] ?? 0, count: 1 })) };
}

function sceneOf(count: number) {
	const graph = graphOf(count);
	const { nodes, from, to } = makeLineage(count);
	return makeScene(graph, layOut(nodes.length, { from, to }));
}

const size = { width: 1200, height: 700 };

describe("of 300 cards", () => {
	const scene = sceneOf(300);

	test("each is found at its own place, and nothing beside all of them", () => {
		for (const card of scene.cards.keys()) expect(cardAt(scene, scene.x[card] ?? 0, scene.y[card] ?? 0)).toBe(card);
		expect(cardAt(scene, scene.bounds.left - 10, scene.bounds.top)).toBeUndefined();
	});

	test("everything is in sight when it is fitted", () => {
		const seen = seenBox(fitted(scene, size), size);
		expect(seen.left).toBeLessThan(scene.bounds.left);
		expect(seen.bottom).toBeGreaterThan(scene.bounds.bottom);
	});

	test("as many as a page can hold are elements of it, around the middle of what is seen", () => {
		const near = cardsNear(scene, seenBox(centredOn(scene, 150, 0.5, size), size));
		expect(near).toContain(150);
		const whole = seenBox(fitted(scene, size), size);
		const all = nearestOf(scene, cardsNear(scene, whole), whole, 90);
		expect(all.length).toBeGreaterThan(40);
		expect(all.length).toBeLessThanOrEqual(90);
		const box = seenBox(centredOn(scene, 150, 1, size), size);
		const isInside = (card: number) => {
			const [x = 0, y = 0] = [scene.x[card], scene.y[card]];
			return x > box.left && x < box.right && y > box.top && y < box.bottom;
		};
		expect(cardsNear(scene, box)).toEqual(expect.arrayContaining([...scene.cards.keys()].filter(isInside)));
	});

	test("a reader begins near the focus where the whole could not be read", () => {
		expect(fitted(scene, size).zoom).toBeLessThan(0.34);
		const view = startView(scene, 150, size);
		expect(view.zoom).toBe(0.8);
		expect(cardsNear(scene, seenBox(view, size))).toContain(150);
	});

	test("a card that a panel has come over is brought in, one that is in sight stays where it is", () => {
		const view = centredOn(scene, 150, 0.5, size);
		expect(broughtIn(scene, 150, view, size)).toEqual(view);
		const x = (scene.x[150] ?? 0) * view.zoom + view.x;
		const narrow = { width: x, height: size.height };
		const moved = broughtIn(scene, 150, view, narrow);
		expect(moved).toEqual({ ...view, x: view.x - (cardWidth / 2) * view.zoom - 30 });
		expect(broughtIn(scene, 150, { ...view, y: view.y - 10_000 }, size).y).toBeLessThan(view.y + size.height);
		expect(broughtIn(scene, 150, { ...view, y: view.y - 10_000 }, size).y).toBeGreaterThan(view.y - size.height);
	});

	test("what lies under the pointer stays there while one zooms", () => {
		const view = centredOn(scene, 10, 0.5, size);
		const at = { x: 333, y: 222 };
		const plane = (from: typeof view) => [(at.x - from.x) / from.zoom, (at.y - from.y) / from.zoom];
		const [x = 0, y = 0] = plane(zoomedAt(view, 1.7, at));
		const [sameX = 0, sameY = 0] = plane(view);
		expect([x - sameX, y - sameY].every((apart) => Math.abs(apart) < 1e-6)).toBe(true);
	});

	test("arrow keys follow edges to the sides and the column up and down", () => {
		const edge = scene.edges[20];
		const right = neighbourOf(scene, edge?.from ?? 0, "ArrowRight");
		expect(scene.edges.some(({ from, to }) => from === edge?.from && to === right)).toBe(true);
		const below = neighbourOf(scene, edge?.from ?? 0, "ArrowDown") ?? edge?.from ?? 0;
		expect(scene.x[below]).toBe(scene.x[edge?.from ?? 0]);
		expect(neighbourOf(scene, 0, "Enter")).toBeUndefined();
	});
});
