import { type Brush, type Drawing, type Lit, type Look, sideColours } from "./drawing.ts";
import type { Side as ComparedSide } from "./drawn-graph.ts";
import { type Box, cardSizes, type Point } from "./layout/layout.ts";
import { cardZoom, type Scene, seenBox } from "./scene.ts";

const bentZoom = 0.12;
const arrowZoom = 0.3;

type Side = "above" | "below" | undefined;

/** Of two that are compared only one came of what an edge ties to the rest. */
function comparedSide(from: ComparedSide | undefined, to: ComparedSide | undefined): Side {
	const side = from === "both" ? to : from;
	return side === undefined || side === "both" ? undefined : sideColours[side];
}

function sideOf(lit: Lit, from: number, to: number): Side {
	const isOn = (side: ReadonlySet<number>, card: number) => card === lit.selected || side.has(card);
	if (isOn(lit.above, from) && isOn(lit.above, to)) return "above";
	return isOn(lit.below, from) && isOn(lit.below, to) ? "below" : undefined;
}

const sideNumbers = { above: 1, below: 2 } as const;
const many = 4;
const back = 8;
type Kinds = { readonly lit: Lit | undefined; readonly kinds: Uint8Array };
// By the layout, which says what leads backwards: the same edges may be laid out in other ways.
const kindsOfLayouts = new WeakMap<Scene["origin"], Kinds>();

/** How each edge is painted: which side it is on, whether it stands for several and whether it leads backwards. */
export function kindsOf({ edges, cards, paths, origin }: Scene, lit: Lit | undefined): Uint8Array {
	const known = kindsOfLayouts.get(origin);
	if (known !== undefined && known.lit === lit) return known.kinds;
	const kinds = Uint8Array.from(edges, ({ from, to, count }, edge) => {
		const side = lit ? sideOf(lit, from, to) : comparedSide(cards[from]?.side, cards[to]?.side);
		return (side ? sideNumbers[side] : 0) + (count > 1 ? many : 0) + (paths[edge]?.isBack ? back : 0);
	});
	kindsOfLayouts.set(origin, { lit, kinds });
	return kinds;
}

function tracePath(brush: Brush, points: readonly Point[], isBent: boolean): void {
	let [last] = points;
	if (last === undefined) return;
	brush.moveTo(last[0], last[1]);
	for (let at = isBent ? 1 : points.length - 1; at < points.length; at++) {
		const point: Point = points[at] ?? last;
		const middle = (last[0] + point[0]) / 2;
		if (Math.abs(last[1] - point[1]) < 0.5) brush.lineTo(point[0], point[1]);
		else brush.bezierCurveTo(middle, last[1], middle, point[1], point[0], point[1]);
		last = point;
	}
}

const boxesOfPaths = new WeakMap<Scene["paths"], Float64Array>();

/** Left, right, top and bottom of each path, one after the other: with 50,000 of them it counts how they lie in memory. */
function boxesOf({ paths }: Scene): Float64Array {
	const known = boxesOfPaths.get(paths);
	if (known) return known;
	const boxes = Float64Array.from(paths.flatMap(({ box }) => [box.left, box.right, box.top, box.bottom]));
	boxesOfPaths.set(paths, boxes);
	return boxes;
}

/** Those in sight that are long enough to be more than a dot. */
function edgesSeen({ scene, view }: Drawing, seen: Box): number[] {
	const least = 1.5 / view.zoom;
	const edges: number[] = [];
	const boxes = boxesOf(scene);
	for (let edge = 0, at = 0; at < boxes.length; edge++, at += 4) {
		const [left = 0, right = 0] = [boxes[at], boxes[at + 1]];
		const [top = 0, bottom = 0] = [boxes[at + 2], boxes[at + 3]];
		const isLong = right - left > least || bottom - top > least;
		const isIn = left <= seen.right && right >= seen.left && top <= seen.bottom && bottom >= seen.top;
		if (isLong && isIn) edges.push(edge);
	}
	return edges;
}

function drawEdges(brush: Brush, look: Look): void {
	const { scene, view, palette, lit, edges } = look;
	const pixel = 1 / view.zoom;
	const kinds = kindsOf(scene, lit);
	const stroke = (takes: (kind: number) => boolean) => {
		brush.beginPath();
		for (const edge of edges) {
			const path = scene.paths[edge];
			if (path && takes(kinds[edge] ?? 0)) tracePath(brush, path.points, view.zoom >= bentZoom);
		}
		brush.stroke();
	};
	brush.lineJoin = "round";
	brush.strokeStyle = palette.line;
	brush.globalAlpha = lit ? 0.35 : view.zoom < bentZoom ? 0.45 : 1;
	brush.lineWidth = Math.max(1.3, 0.8 * pixel);
	stroke((kind) => kind === 0);
	brush.lineWidth = Math.max(2.6, 1.6 * pixel);
	stroke((kind) => kind === many);
	// What closes a cycle leads backwards: it must not be taken for the flow.
	brush.setLineDash([6, 4]);
	stroke((kind) => kind >= back);
	brush.setLineDash([]);
	brush.globalAlpha = 1;
	brush.lineWidth = Math.max(2.2, 1.4 * pixel);
	for (const side of ["above", "below"] as const) {
		brush.strokeStyle = palette[side];
		stroke((kind) => kind < back && (kind & 3) === sideNumbers[side]);
	}
	if (view.zoom >= arrowZoom) drawArrows(brush, look, kinds);
}

const arrowSides: readonly Side[] = [undefined, "above", "below"];

function drawArrows(brush: Brush, { scene, edges, palette, lit }: Look, kinds: Uint8Array): void {
	for (const edge of edges) {
		const end = scene.paths[edge]?.points.at(-1);
		if (end === undefined) continue;
		const side = arrowSides[(kinds[edge] ?? 0) & 3];
		brush.fillStyle = side ? palette[side] : palette.line;
		brush.globalAlpha = lit && side === undefined ? 0.35 : 1;
		brush.beginPath();
		brush.moveTo(end[0] + 5, end[1]);
		brush.lineTo(end[0] - 3, end[1] - 4);
		brush.lineTo(end[0] - 3, end[1] + 4);
		brush.fill();
	}
	brush.globalAlpha = 1;
}

const column = cardSizes.width + cardSizes.gapX;

/** Where on the plane each column of time is. */
export function columnsOf({ origin }: Scene): { left: number; right: number }[] {
	return (origin.spans ?? []).map(({ first, end }) => ({
		left: first * column - cardSizes.gapX / 2,
		right: end * column - cardSizes.gapX / 2,
	}));
}

function drawColumns(brush: Brush, { scene, seen, palette }: Look): void {
	brush.fillStyle = palette.column;
	columnsOf(scene).forEach(({ left, right }, index) => {
		if (index % 2 === 0) brush.fillRect(left, seen.top, right - left, seen.bottom - seen.top);
	});
}

function drawFrames(brush: Brush, { scene, view, palette }: Look): void {
	brush.lineWidth = Math.max(1.5, 1 / view.zoom);
	brush.strokeStyle = palette.group.front;
	brush.fillStyle = palette.group.front;
	for (const { left, top, right, bottom } of scene.surrounds.flatMap(({ boxes }) => boxes)) {
		brush.beginPath();
		brush.roundRect(left, top, right - left, bottom - top, 14);
		brush.globalAlpha = 0.05;
		brush.fill();
		brush.globalAlpha = 0.7;
		brush.stroke();
	}
	brush.globalAlpha = 1;
}

/** Paints edges, and the cards that are no elements of the page. */
export function drawScene(brush: Brush, drawing: Drawing): void {
	const { view, size, painted, ratio, drawCards } = drawing;
	brush.setTransform(ratio, 0, 0, ratio, 0, 0);
	brush.clearRect(0, 0, size.width, size.height);
	brush.setTransform(view.zoom * ratio, 0, 0, view.zoom * ratio, view.x * ratio, view.y * ratio);
	const seen = seenBox(view, size);
	const look: Look = { ...drawing, seen, edges: edgesSeen(drawing, seen) };
	drawColumns(brush, look);
	drawFrames(brush, look);
	drawEdges(brush, look);
	if (painted === "all" || view.zoom < cardZoom) drawCards?.(brush, look);
	else if (painted) drawCards?.(brush, look, painted);
}
