import { describe, expect, test } from "vitest";
import { makeLineage } from "../../testing/synthetic-lineage.ts";
import { placeLabels } from "./draw-labels.ts";
import type { Card, DrawnGraph } from "./drawn-graph.ts";
import { layOut } from "./layout/layout.ts";
import { cardHeight, cardWidth, fitted, makeScene } from "./scene.ts";

const size = { width: 1000, height: 600 };

function sceneOf(count: number) {
	const { nodes, from, to } = makeLineage(count);
	const counts = { up: 0, down: 0, hiddenUp: 0, hiddenDown: 0, node: undefined, group: undefined, at: undefined };
	const cards = nodes.map(({ kind }, node): Card => {
		return {
			...counts,
			id: `${node}`,
			kind: kind === "run" ? "run" : "artifact",
			type: "t",
			name: `a name of some length ${node}`,
			suffix: ":v0",
		};
	});
	const edges = from.map((start, edge) => ({ from: start, to: to[edge] ?? 0, count: 1 }));
	const graph: DrawnGraph = { cards, edges };
	return makeScene(graph, layOut(cards.length, { from, to }));
}

describe("names from afar", () => {
	const scene = sceneOf(400);
	const view = fitted(scene, size);
	const labels = placeLabels({ scene, view, size, focus: 7, lit: undefined }, (text) => text.length * 6);
	const free = labels.filter(({ isMarked }) => !isMarked);

	test("cover neither cards nor each other, and stay in the picture", () => {
		expect(free.length).toBeGreaterThan(5);
		const blocks = scene.cards.map((_, card) => {
			const [x, y] = [(scene.x[card] ?? 0) * view.zoom + view.x, (scene.y[card] ?? 0) * view.zoom + view.y];
			const [wide, high] = [(cardWidth / 2) * view.zoom, (cardHeight / 2) * view.zoom];
			return { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
		});
		free.forEach(({ box }, index) => {
			const others = [...blocks, ...free.filter((_, other) => other !== index).map((label) => label.box)];
			const covered = others.filter(
				(other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom,
			);
			expect(covered).toEqual([]);
			expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
		});
	});

	test("tell what the page is about whatever else stands there, and cut what is long but not its version", () => {
		expect(labels[0]).toMatchObject({ isMarked: true, text: "a name of some le…:v0" });
		expect(labels.filter(({ isMarked }) => isMarked)).toHaveLength(1);
	});
});
