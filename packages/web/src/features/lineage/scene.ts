import type { DrawnGraph } from "./drawn-graph.ts";
import { type SceneFrame, surround } from "./frames.ts";
import { type Box, cardSizes, type Layout, type Point } from "./layout/layout.ts";
import type { TimeBands } from "./time-bands.ts";

/** What is seen of the plane: a point p of it stands at `p * zoom + (x, y)` on the screen. */
export type Viewport = { readonly x: number; readonly y: number; readonly zoom: number };

type Path = { readonly points: readonly Point[]; readonly box: Box; readonly isBack: boolean };

/** A graph with everything in its place, and how to find what lies somewhere. */
export type Scene = DrawnGraph & {
	readonly x: Float64Array;
	readonly y: Float64Array;
	readonly paths: readonly Path[];
	readonly bounds: Box;
	readonly layers: number;
	/** The layout that it comes of, whatever was moved by hand since. */
	readonly origin: Layout;
	readonly surrounds: readonly SceneFrame[];
	/** The columns of time, where it is laid out by them. */
	readonly bands?: TimeBands | undefined;
	/** Cards by the cell that their middle lies in. */
	readonly cells: ReadonlyMap<string, readonly number[]>;
};

export const { width: cardWidth, height: cardHeight } = cardSizes;
/** Cells hold some cards each: those near the view are found without looking at all others. */
const cellSize = 350;
const arrow = 5;

function cellOf(x: number, y: number): string {
	return `${Math.floor(x / cellSize)},${Math.floor(y / cellSize)}`;
}

/** An edge that closes a cycle leaves its card on the right and comes back round to the left of the other. */
function pathOf(layout: Layout, edge: number, from: number, to: number): Path {
	const [fromX = 0, fromY = 0, toX = 0, toY = 0] = [layout.x[from], layout.y[from], layout.x[to], layout.y[to]];
	const isBack = layout.back[edge] === 1;
	const start: Point = [fromX + cardWidth / 2, fromY];
	const end: Point = [toX - cardWidth / 2 - arrow, toY];
	const bends = layout.bends[edge] ?? [];
	const over: Point[] = isBack
		? [[fromX + cardWidth / 2 + 24, fromY - cardHeight], ...bends, [toX - cardWidth / 2 - 24, toY - cardHeight]]
		: bends;
	return pathThrough([start, ...over, end], isBack);
}

function pathThrough(points: readonly Point[], isBack: boolean): Path {
	const xs = points.map(([x]) => x);
	const ys = points.map(([, y]) => y);
	const box = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
	return { points, box, isBack };
}

type Places = { readonly x: Float64Array; readonly y: Float64Array };

function cellsOf({ x, y }: Places): Map<string, number[]> {
	const cells = new Map<string, number[]>();
	x.forEach((left, card) => {
		const key = cellOf(left, y[card] ?? 0);
		const cell = cells.get(key) ?? [];
		cell.push(card);
		cells.set(key, cell);
	});
	return cells;
}

function boundsOf({ x, y }: Places): Box {
	const least = (values: Float64Array) => values.reduce((found, value) => Math.min(found, value), values[0] ?? 0);
	const most = (values: Float64Array) => values.reduce((found, value) => Math.max(found, value), values[0] ?? 0);
	return {
		left: least(x) - cardWidth / 2,
		right: most(x) + cardWidth / 2,
		top: least(y) - cardHeight / 2,
		bottom: most(y) + cardHeight / 2,
	};
}

/** Puts a graph and its layout together. */
export function makeScene(graph: DrawnGraph, layout: Layout): Scene {
	return {
		...graph,
		x: layout.x,
		y: layout.y,
		paths: graph.edges.map(({ from, to }, edge) => pathOf(layout, edge, from, to)),
		bounds: boundsOf(layout),
		layers: layout.layers,
		origin: layout,
		surrounds: surround(graph, layout),
		cells: cellsOf(layout),
	};
}

const nowhere: Point = [0, 0];

/** The same with some cards elsewhere, and edges that follow them: to be seen while they move. */
export function displaced(scene: Scene, offsets: ReadonlyMap<number, Point>): Scene {
	if (offsets.size === 0) return scene;
	const [x, y] = [scene.x.slice(), scene.y.slice()];
	for (const [card, [dx, dy]] of offsets) {
		x[card] = (x[card] ?? 0) + dx;
		y[card] = (y[card] ?? 0) + dy;
	}
	const paths = scene.edges.map(({ from, to }, edge): Path => {
		const path = scene.paths[edge] ?? { points: [], box: scene.bounds, isBack: false };
		const [start, end] = [offsets.get(from), offsets.get(to)];
		return start || end ? bent(path, start ?? nowhere, end ?? nowhere) : path;
	});
	return { ...scene, x, y, paths, surrounds: surround(scene, { x, y }) };
}

/** A path whose ends have moved: what lies between follows the nearer of them more. */
function bent({ points, isBack }: Path, start: Point, end: Point): Path {
	const last = Math.max(1, points.length - 1);
	return pathThrough(
		points.map(([x, y], index): Point => {
			const way = index / last;
			return [x + start[0] * (1 - way) + end[0] * way, y + start[1] * (1 - way) + end[1] * way];
		}),
		isBack,
	);
}

/** Cards that were moved by hand, by their ids: they are found where they stand now. */
export function withMoves(scene: Scene, moves: ReadonlyMap<string, Point>): Scene {
	const offsets = new Map(
		[...scene.cards.keys()].flatMap((card): [number, Point][] => {
			const move = moves.get(scene.cards[card]?.id ?? "");
			return move ? [[card, move]] : [];
		}),
	);
	const moved = displaced(scene, offsets);
	return moved === scene ? scene : { ...moved, bounds: boundsOf(moved), cells: cellsOf(moved) };
}

export type Size = { readonly width: number; readonly height: number };

/** The part of the plane that is seen. */
export function seenBox({ x, y, zoom }: Viewport, { width, height }: Size): Box {
	return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
}

/** Where a card lies on the plane. */
export function boxOfCard({ x, y }: Places, card: number): Box {
	const [middleX = 0, middleY = 0] = [x[card], y[card]];
	const [wide, high] = [cardWidth / 2, cardHeight / 2];
	return { left: middleX - wide, right: middleX + wide, top: middleY - high, bottom: middleY + high };
}

export function isSameSize(a: Size, b: Size): boolean {
	return a.width === b.width && a.height === b.height;
}

/** Whether boxes share more than a border. */
export function overlaps(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Whether a box is inside another. */
export function holds(outer: Box, inner: Box): boolean {
	return (
		outer.left <= inner.left && outer.right >= inner.right && outer.top <= inner.top && outer.bottom >= inner.bottom
	);
}

const leastZoom = 0.001;
export const mostZoom = 2;
const margin = 30;

/** Everything in sight, no larger than life. */
export function fitted({ bounds }: Scene, { width, height }: Size): Viewport {
	const whole = { width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
	const most = Math.min((width - 2 * margin) / whole.width, (height - 2 * margin) / whole.height);
	const zoom = Math.max(leastZoom, Math.min(1, most));
	return {
		zoom,
		x: width / 2 - ((bounds.left + bounds.right) / 2) * zoom,
		y: height / 2 - ((bounds.top + bounds.bottom) / 2) * zoom,
	};
}

/** As near the middle as leaves no empty margin where there is something to see. */
function placed(wish: number, room: number, low: number, high: number): number {
	if (high - low <= room - 2 * margin) return (room - (high + low)) / 2;
	return Math.min(margin - low, Math.max(room - margin - high, wish));
}

/** A card in the middle, at this zoom. */
export function centredOn(scene: Scene, card: number, zoom: number, { width, height }: Size): Viewport {
	const [x = 0, y = 0] = [scene.x[card], scene.y[card]];
	const { left, right, top, bottom } = scene.bounds;
	return {
		zoom,
		x: placed(width / 2 - x * zoom, width, left * zoom, right * zoom),
		y: placed(height / 2 - y * zoom, height, top * zoom, bottom * zoom),
	};
}

/** Moved no further than brings a card into what is seen, as when a panel has taken some of its room. */
export function broughtIn(scene: Scene, card: number, view: Viewport, { width, height }: Size): Viewport {
	const { left, right, top, bottom } = boxOfCard(scene, card);
	/** To where the plane has to begin, so that what lies from `from` to `to` on it is inside the room. */
	const moved = (begin: number, from: number, to: number, room: number) => {
		const [low, high] = [begin + from * view.zoom - margin, begin + to * view.zoom + margin];
		return begin + (low < 0 ? -low : Math.min(0, room - high));
	};
	return { zoom: view.zoom, x: moved(view.x, left, right, width), y: moved(view.y, top, bottom, height) };
}

/** Nearer or further, with the point under the pointer staying where it is. */
export function zoomedAt(view: Viewport, factor: number, at: { x: number; y: number }): Viewport {
	const zoom = Math.min(mostZoom, Math.max(leastZoom, view.zoom * factor));
	const real = zoom / view.zoom;
	return { zoom, x: at.x - (at.x - view.x) * real, y: at.y - (at.y - view.y) * real };
}

/** Below this, a first look at the whole would show nothing that can be read. */
const readableZoom = 0.34;
/** From here on, cards are elements of the page that can be read, heard and pressed. */
export const cardZoom = 0.5;
const startZoom = 0.8;

/** Where a reader begins: with everything, if that is nearly as near as cards need; or else with the focus. */
export function startView(scene: Scene, focus: number, size: Size): Viewport {
	const whole = fitted(scene, size);
	if (whole.zoom >= cardZoom || focus < 0) return whole;
	return centredOn(scene, focus, whole.zoom >= readableZoom ? cardZoom : startZoom, size);
}

/**
 * Cards in and near what is seen, from left to right and top to bottom, as one tabs through them. What is seen counts
 * by half cells, so that cards do not come and go with each step of a hand that drags.
 */
export function cardsNear(scene: Scene, seen: Box): number[] {
	const near: number[] = [];
	const half = cellSize / 2;
	const wide = {
		left: Math.floor(seen.left / half) * half - cardWidth / 2,
		right: Math.ceil(seen.right / half) * half + cardWidth / 2,
		top: Math.floor(seen.top / half) * half - cardHeight / 2,
		bottom: Math.ceil(seen.bottom / half) * half + cardHeight / 2,
	};
	const cell = (place: number) => Math.floor(place / cellSize);
	const x = (card: number) => scene.x[card] ?? 0;
	const y = (card: number) => scene.y[card] ?? 0;
	const isNear = (card: number) =>
		x(card) >= wide.left && x(card) <= wide.right && y(card) >= wide.top && y(card) <= wide.bottom;
	for (let column = cell(wide.left); column <= cell(wide.right); column++)
		for (let row = cell(wide.top); row <= cell(wide.bottom); row++)
			near.push(...(scene.cells.get(`${column},${row}`) ?? []).filter(isNear));
	return near.sort((a, b) => x(a) - x(b) || y(a) - y(b));
}

/** Of cards in sight those that are to be elements of the page: those nearest its middle, the rest is painted. */
export function nearestOf(scene: Scene, cards: readonly number[], seen: Box, most: number): readonly number[] {
	if (cards.length <= most) return cards;
	// The middle counts by half cells, so that others do not come and go with each step of a hand that drags.
	const rounded = (at: number) => Math.round(at / (cellSize / 2)) * (cellSize / 2);
	const [x, y] = [rounded((seen.left + seen.right) / 2), rounded((seen.top + seen.bottom) / 2)];
	const apart = (card: number) => Math.hypot((scene.x[card] ?? 0) - x, (scene.y[card] ?? 0) - y);
	const kept = new Set([...cards].sort((a, b) => apart(a) - apart(b)).slice(0, most));
	return cards.filter((card) => kept.has(card));
}

/** The card at a point of the plane. */
export function cardAt(scene: Scene, x: number, y: number): number | undefined {
	const column = Math.floor(x / cellSize);
	const row = Math.floor(y / cellSize);
	for (const [dx, dy] of [
		[0, 0],
		[-1, 0],
		[1, 0],
		[0, -1],
		[0, 1],
		[-1, -1],
		[1, 1],
		[-1, 1],
		[1, -1],
	] as const) {
		const found = scene.cells
			.get(`${column + dx},${row + dy}`)
			?.find(
				(card) =>
					Math.abs((scene.x[card] ?? 0) - x) <= cardWidth / 2 && Math.abs((scene.y[card] ?? 0) - y) <= cardHeight / 2,
			);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The card that an arrow key leads to: along an edge to the sides, within the column up and down. */
export function neighbourOf(scene: Scene, card: number, key: string): number | undefined {
	const y = (other: number) => scene.y[other] ?? 0;
	const own = y(card);
	const candidates = () => {
		if (key === "ArrowRight") return scene.edges.filter(({ from }) => from === card).map(({ to }) => to);
		if (key === "ArrowLeft") return scene.edges.filter(({ to }) => to === card).map(({ from }) => from);
		const column = [...scene.cards.keys()].filter(
			(other) => Math.abs((scene.x[other] ?? 0) - (scene.x[card] ?? 0)) < 1,
		);
		return column.filter((other) => (key === "ArrowDown" ? y(other) > own : y(other) < own));
	};
	if (!["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"].includes(key)) return undefined;
	return candidates().reduce<number | undefined>(
		(best, other) => (best === undefined || Math.abs(y(other) - own) < Math.abs(y(best) - own) ? other : best),
		undefined,
	);
}
