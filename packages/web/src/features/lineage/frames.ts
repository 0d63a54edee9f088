import type { DrawnGraph } from "./drawn-graph.ts";
import { type Box, cardSizes } from "./layout/layout.ts";

/** The frame around an opened group: one box, or several where other cards stand among its own. */
export type SceneFrame = {
	readonly id: string;
	readonly label: string;
	readonly count: number;
	readonly boxes: readonly Box[];
};

type Places = { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };

const room = { beside: 12, above: 3 };

function boxAround(cards: readonly number[], { x, y }: Places): Box {
	const xs = cards.map((card) => x[card] ?? 0);
	const ys = cards.map((card) => y[card] ?? 0);
	const [wide, high] = [cardSizes.width / 2 + room.beside, cardSizes.height / 2 + room.above];
	return {
		left: Math.min(...xs) - wide,
		right: Math.max(...xs) + wide,
		top: Math.min(...ys) - high,
		bottom: Math.max(...ys) + high,
	};
}

/** Parts of one column that no other card stands between. */
function partsOf(column: readonly number[], own: ReadonlySet<number>): number[][] {
	const parts: number[][] = [];
	let isOpen = false;
	for (const card of column) {
		if (!own.has(card)) isOpen = false;
		else if (isOpen) parts.at(-1)?.push(card);
		else {
			parts.push([card]);
			isOpen = true;
		}
	}
	return parts;
}

/** Frames around what was opened; none holds a card that does not belong to it. */
export function surround({ frames = [], cards }: DrawnGraph, places: Places): SceneFrame[] {
	const { x, y } = places;
	return frames.map(({ id, label, count, cards: own }) => {
		const whole = boxAround(own, places);
		const set = new Set(own);
		const isIn = (card: number) =>
			(x[card] ?? 0) + cardSizes.width / 2 > whole.left &&
			(x[card] ?? 0) - cardSizes.width / 2 < whole.right &&
			(y[card] ?? 0) + cardSizes.height / 2 > whole.top + room.above &&
			(y[card] ?? 0) - cardSizes.height / 2 < whole.bottom - room.above;
		const inside = [...cards.keys()].filter(isIn);
		if (inside.every((card) => set.has(card))) return { id, label, count, boxes: [whole] };
		const columns = Map.groupBy(inside, (card) => Math.round(x[card] ?? 0));
		const parts = [...columns].flatMap(([, column]) =>
			partsOf(
				column.toSorted((a, b) => (y[a] ?? 0) - (y[b] ?? 0)),
				set,
			),
		);
		return { id, label, count, boxes: parts.map((part) => boxAround(part, places)) };
	});
}
