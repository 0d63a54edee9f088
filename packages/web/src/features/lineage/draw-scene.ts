import { drawCards } from "./draw-cards.ts";
import { type Brush, colourOf, type Drawing, isLit, type Lit, type Look, sideColours } from "./drawing.ts";
import type { Side as ComparedSide } from "./drawn-graph.ts";
import { type Box, cardSizes } from "./layout/layout.ts";
import { cardHeight, cardWidth, cardZoom, overlaps, type Scene, type Size, seenBox } from "./scene.ts";

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

function tracePath(brush: Brush, points: Scene["paths"][number]["points"], isBent: boolean): void {
	const [start, ...rest] = points;
	if (start === undefined) return;
	brush.moveTo(start[0], start[1]);
	let last = start;
	for (const point of isBent ? rest : rest.slice(-1)) {
		const middle = (last[0] + point[0]) / 2;
		if (Math.abs(last[1] - point[1]) < 0.5) brush.lineTo(point[0], point[1]);
		else brush.bezierCurveTo(middle, last[1], middle, point[1], point[0], point[1]);
		last = point;
	}
}

/** Those in sight that are long enough to be more than a dot. */
function edgesSeen({ scene, view }: Drawing, seen: Box): number[] {
	const least = 1.5 / view.zoom;
	const edges: number[] = [];
	scene.paths.forEach(({ box }, edge) => {
		const isLong = box.right - box.left > least || box.bottom - box.top > least;
		if (isLong && overlaps(box, seen)) edges.push(edge);
	});
	return edges;
}

function strokeEdges(brush: Brush, { scene, view, edges }: Look, takes: (edge: number) => boolean): void {
	brush.beginPath();
	for (const edge of edges) {
		const path = scene.paths[edge];
		if (path && takes(edge)) tracePath(brush, path.points, view.zoom >= bentZoom);
	}
	brush.stroke();
}

function drawEdges(brush: Brush, look: Look): void {
	const { scene, view, palette, lit } = look;
	const pixel = 1 / view.zoom;
	const isCompared = scene.cards[0]?.side !== undefined;
	const sides: readonly Side[] = scene.edges.map(({ from, to }) => {
		if (lit) return sideOf(lit, from, to);
		return isCompared ? comparedSide(scene.cards[from]?.side, scene.cards[to]?.side) : undefined;
	});
	const isMany = (edge: number) => (scene.edges[edge]?.count ?? 1) > 1;
	const isBack = (edge: number) => scene.paths[edge]?.isBack === true;
	brush.lineJoin = "round";
	brush.strokeStyle = palette.line;
	brush.globalAlpha = lit ? 0.35 : view.zoom < bentZoom ? 0.45 : 1;
	brush.lineWidth = Math.max(1.3, 0.8 * pixel);
	strokeEdges(brush, look, (edge) => sides[edge] === undefined && !isMany(edge) && !isBack(edge));
	brush.lineWidth = Math.max(2.6, 1.6 * pixel);
	strokeEdges(brush, look, (edge) => sides[edge] === undefined && isMany(edge) && !isBack(edge));
	// What closes a cycle leads backwards: it must not be taken for the flow.
	brush.setLineDash([6, 4]);
	strokeEdges(brush, look, isBack);
	brush.setLineDash([]);
	brush.globalAlpha = 1;
	brush.lineWidth = Math.max(2.2, 1.4 * pixel);
	for (const side of lit || isCompared ? (["above", "below"] as const) : []) {
		brush.strokeStyle = palette[side];
		strokeEdges(brush, look, (edge) => sides[edge] === side && !isBack(edge));
	}
	if (view.zoom >= arrowZoom) drawArrows(brush, look, sides);
}

function drawArrows(brush: Brush, { scene, edges, palette, lit }: Look, sides: readonly Side[]): void {
	for (const edge of edges) {
		const end = scene.paths[edge]?.points.at(-1);
		if (end === undefined) continue;
		const side = sides[edge];
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

/** Paints edges, and the cards that are no elements of the page. `ratio` is of the screen's pixels. */
export function drawScene(brush: Brush, drawing: Drawing, ratio: number): void {
	const { view, size, painted } = drawing;
	brush.setTransform(ratio, 0, 0, ratio, 0, 0);
	brush.clearRect(0, 0, size.width, size.height);
	brush.setTransform(view.zoom * ratio, 0, 0, view.zoom * ratio, view.x * ratio, view.y * ratio);
	const seen = seenBox(view, size);
	const look: Look = { ...drawing, seen, edges: edgesSeen(drawing, seen) };
	drawColumns(brush, look);
	drawFrames(brush, look);
	drawEdges(brush, look);
	if (painted === "all" || view.zoom < cardZoom) drawCards(brush, look);
	else if (painted) drawCards(brush, look, painted);
}

const mostMapped = 4_000;

/** Where a point of the plane stands on the map: all of it in small. */
function mapPlace({ bounds }: Scene, map: Size) {
	const { left, right, top, bottom } = bounds;
	const scale = Math.min((map.width - 8) / (right - left), (map.height - 8) / (bottom - top));
	return {
		scale,
		left: (map.width - (right - left) * scale) / 2 - left * scale,
		top: (map.height - (bottom - top) * scale) / 2 - top * scale,
	};
}

/** The whole in small, which stays the same while one moves about. */
export function drawMap({ scene, palette, lit, faded }: Drawing, map: Size): HTMLCanvasElement {
	const canvas = document.createElement("canvas");
	canvas.width = map.width;
	canvas.height = map.height;
	const brush = canvas.getContext("2d");
	if (!brush) return canvas;
	const { scale, left, top } = mapPlace(scene, map);
	const step = Math.max(1, Math.floor(scene.cards.length / mostMapped));
	for (let index = 0; index < scene.cards.length; index += step) {
		const card = scene.cards[index];
		if (card === undefined) continue;
		brush.globalAlpha = isLit({ lit }, index) && !faded?.has(index) ? 0.9 : 0.25;
		brush.fillStyle = colourOf(palette, card);
		const [x = 0, y = 0] = [scene.x[index], scene.y[index]];
		const [width, height] = [Math.max(1.5, cardWidth * scale), Math.max(1.2, cardHeight * scale)];
		brush.fillRect(x * scale + left - width / 2, y * scale + top - height / 2, width, height);
	}
	return canvas;
}

/** The map with a frame around what is seen. */
export function drawMinimap(brush: Brush, whole: HTMLCanvasElement, { scene, view, size, palette }: Drawing): void {
	const { scale, left, top } = mapPlace(scene, whole);
	brush.clearRect(0, 0, whole.width, whole.height);
	brush.drawImage(whole, 0, 0);
	const seen = seenBox(view, size);
	brush.strokeStyle = palette.above;
	brush.lineWidth = 1.5;
	const within = (place: number, most: number) => Math.min(most - 1, Math.max(1, place));
	const [x, y] = [within(seen.left * scale + left, whole.width), within(seen.top * scale + top, whole.height)];
	const end = { x: within(seen.right * scale + left, whole.width), y: within(seen.bottom * scale + top, whole.height) };
	brush.strokeRect(x, y, end.x - x, end.y - y);
}
