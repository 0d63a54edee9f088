import type { Card } from "./drawn-graph.ts";
import type { Point } from "./layout/layout.ts";
import {
	type Box,
	cardHeight,
	cardWidth,
	cardZoom,
	overlaps,
	type Scene,
	type Size,
	seenBox,
	type Viewport,
} from "./scene.ts";

const namedZoom = 0.16;
const bentZoom = 0.12;
const arrowZoom = 0.3;

export type Palette = {
	readonly surface: string;
	readonly canvas: string;
	readonly line: string;
	readonly text: string;
	readonly quiet: string;
	readonly accent: string;
	/** Of runs, of artifacts and of groups of both: the colour, and the paler one behind a drawing in it. */
	readonly run: Tone;
	readonly artifact: Tone;
	readonly group: Tone;
	readonly hidden: Tone;
	readonly above: string;
	readonly below: string;
	readonly font: string;
};

type Tone = { readonly front: string; readonly back: string };

/** What stands out: the lines of the selected card, or the cards of a path. */
export type Lit = {
	readonly selected: number;
	readonly above: ReadonlySet<number>;
	readonly below: ReadonlySet<number>;
};

type Brush = CanvasRenderingContext2D;
type Look = Drawing & {
	seen: Box;
	/** The edges to be seen, by their places. */
	edges: readonly number[];
	elements: ReadonlySet<number>;
};

/** The colours of the page as it stands now: light or dark. */
export function readPalette(element: Element): Palette {
	const style = getComputedStyle(element);
	const colour = (name: string) => style.getPropertyValue(name).trim();
	return {
		surface: colour("--surface"),
		canvas: colour("--canvas"),
		line: colour("--line-strong"),
		text: colour("--text"),
		quiet: colour("--quiet"),
		accent: colour("--accent"),
		run: { front: colour("--run"), back: colour("--run-back") },
		artifact: { front: colour("--artifact"), back: colour("--artifact-back") },
		group: { front: colour("--registry"), back: colour("--registry-back") },
		hidden: { front: colour("--quiet"), back: colour("--sunken") },
		above: colour("--lineage-above"),
		below: colour("--lineage-below"),
		font: style.fontFamily,
	};
}

function toneOf(palette: Palette, card: Card): Tone {
	if (card.kind !== "group") return palette[card.kind];
	const kinds = new Set(card.group?.mix.map(({ kind }) => kind));
	if (kinds.size > 1) return palette.group;
	return kinds.has("run") ? palette.run : palette.artifact;
}

export function colourOf(palette: Palette, card: Card): string {
	return toneOf(palette, card).front;
}

type Side = "above" | "below" | undefined;

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
	const sides: readonly Side[] = lit ? scene.edges.map(({ from, to }) => sideOf(lit, from, to)) : [];
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
	for (const side of lit ? (["above", "below"] as const) : []) {
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

const cutNames = new Map<string, string>();
const mostCutNames = 5_000;

/** The name cut to the room, the version or count never. */
function fittingName(brush: Brush, { name, suffix }: Pick<Card, "name" | "suffix">, room: number): string {
	const key = `${brush.font}|${name}|${suffix}`;
	const known = cutNames.get(key);
	if (known !== undefined) return known;
	let text = name + suffix;
	let rest = name;
	while (rest.length > 1 && brush.measureText(text).width > room) {
		rest = rest.slice(0, -1);
		text = `${rest}…${suffix}`;
	}
	if (cutNames.size > mostCutNames) cutNames.clear();
	cutNames.set(key, text);
	return text;
}

function paintBox(brush: Brush, left: number, top: number, radius: number): void {
	brush.beginPath();
	brush.roundRect(left, top, cardWidth, boxHeight, radius);
	brush.fill();
	brush.stroke();
}

const boxHeight = cardHeight - 8;
const iconRoom = 49;

/** What a group is made of, as a bar from side to side. */
function paintMix(
	brush: Brush,
	{ palette }: Look,
	{ group }: Card,
	[left, top, width, height]: readonly number[],
): void {
	const { mix = [], count = 1 } = group ?? {};
	let [at = 0, room = 0] = [left, width];
	for (const { kind, count: part } of mix) {
		brush.fillStyle = (kind === "run" ? palette.run : palette.artifact).front;
		const share = ((width ?? 0) * part) / count;
		brush.fillRect(at, top ?? 0, Math.min(room, Math.max(0, share - 1)), height ?? 0);
		at += share;
		room -= share;
	}
}

/** No more than a colour; of groups of both kinds, how much of each. */
function drawBlock(brush: Brush, look: Look, card: Card, [left, top]: Point): void {
	const isMixed = (card.group?.mix.length ?? 0) > 1;
	const { front, back } = toneOf(look.palette, card);
	brush.fillStyle = isMixed ? back : front;
	if (card.kind === "hidden" || card.node?.isDeleted) brush.globalAlpha *= 0.5;
	// Never less than a pixel: what cannot be seen at all would be missing.
	const least = 1.2 / look.view.zoom;
	brush.fillRect(left, top, Math.max(least, cardWidth), Math.max(least, boxHeight));
	if (isMixed) paintMix(brush, look, card, [left, top + boxHeight * 0.35, cardWidth, boxHeight * 0.65]);
}

/** As near as cards are elements elsewhere: the same two lines beside a round. */
function drawNear(brush: Brush, { palette }: Look, card: Card, [left, y]: Point): void {
	const { front, back } = toneOf(palette, card);
	brush.fillStyle = back;
	brush.beginPath();
	brush.arc(left + 24, y, 16, 0, 2 * Math.PI);
	brush.fill();
	brush.fillStyle = front;
	brush.beginPath();
	brush.arc(left + 24, y, 5, 0, 2 * Math.PI);
	brush.fill();
	brush.font = `600 13px ${palette.font}`;
	brush.fillStyle = palette.text;
	brush.fillText(fittingName(brush, card, cardWidth - iconRoom - 12), left + iconRoom, y - 8);
	brush.font = `11px ${palette.font}`;
	brush.fillStyle = palette.quiet;
	brush.fillText(
		fittingName(brush, { name: card.type, suffix: "" }, cardWidth - iconRoom - 12),
		left + iconRoom,
		y + 9,
	);
}

/** Far enough to be read across, too far for two lines: a coloured end and the name, as large as it can be. */
function drawFar(brush: Brush, look: Look, card: Card, [left, y]: Point): void {
	const { view, palette } = look;
	const top = y - boxHeight / 2;
	brush.fillStyle = colourOf(palette, card);
	brush.beginPath();
	brush.roundRect(left, top, 12, boxHeight, [isRound(palette, card) ? 13 : 4, 0, 0, isRound(palette, card) ? 13 : 4]);
	brush.fill();
	const isMixed = (card.group?.mix.length ?? 0) > 1;
	if (isMixed) paintMix(brush, look, card, [left + 20, top + boxHeight - 9, cardWidth - 28, 5]);
	brush.font = `${card.group ? 600 : 400} ${Math.min(28, Math.round(12 / view.zoom))}px ${palette.font}`;
	brush.fillStyle = card.node?.isDeleted ? palette.quiet : palette.text;
	brush.fillText(fittingName(brush, card, cardWidth - 28), left + 20, isMixed ? y - 4 : y);
}

/** Runs, and groups of nothing else. */
function isRound(palette: Palette, card: Card): boolean {
	return toneOf(palette, card) === palette.run;
}

function drawCard(brush: Brush, look: Look, card: Card, [x, y]: Point): void {
	const { view, palette } = look;
	const [left, top] = [x - cardWidth / 2, y - boxHeight / 2];
	if (view.zoom < namedZoom) {
		drawBlock(brush, look, card, [left, top]);
		return;
	}
	brush.fillStyle = card.kind === "hidden" ? palette.canvas : palette.surface;
	brush.strokeStyle = palette.line;
	brush.lineWidth = 1 / view.zoom;
	if (card.kind === "hidden") brush.setLineDash([5, 4]);
	const radius = isRound(palette, card) ? 26 : 8;
	if (card.group) paintBox(brush, left + 5, top - 5, radius);
	paintBox(brush, left, top, radius);
	brush.setLineDash([]);
	if (view.zoom >= cardZoom) drawNear(brush, look, card, [left, y]);
	else drawFar(brush, look, card, [left, y]);
}

/** Where blocks are smaller than a pixel, one for each pixel is all that can be seen. */
function pixelsTaken({ view, size, lit }: Look): (x: number, y: number) => boolean {
	if (cardWidth * view.zoom > 2 || lit !== undefined) return () => false;
	const width = Math.ceil(size.width) + 1;
	const taken = new Uint8Array(width * (Math.ceil(size.height) + 1));
	return (x, y) => {
		const pixel = Math.round(x * view.zoom + view.x) + width * Math.round(y * view.zoom + view.y);
		const isTaken = taken[pixel] === 1;
		taken[pixel] = 1;
		return isTaken;
	};
}

function drawCards(brush: Brush, look: Look): void {
	const { scene, seen, lit, palette, view, focus, elements } = look;
	brush.textBaseline = "middle";
	const near = {
		left: seen.left - cardWidth,
		right: seen.right + cardWidth,
		top: seen.top - cardHeight,
		bottom: seen.bottom + cardHeight,
	};
	const isTaken = pixelsTaken(look);
	scene.cards.forEach((card, index) => {
		const [x = 0, y = 0] = [scene.x[index] ?? 0, scene.y[index] ?? 0];
		if (x < near.left || x > near.right || y < near.top || y > near.bottom || elements.has(index)) return;
		if (index !== focus && index !== lit?.selected && isTaken(x, y)) return;
		const isLit = lit === undefined || index === lit.selected || lit.above.has(index) || lit.below.has(index);
		brush.globalAlpha = isLit ? 1 : 0.3;
		drawCard(brush, look, card, [x, y]);
		if (index !== lit?.selected && index !== focus) return;
		// What the page is about, and what is selected, are found from any distance.
		brush.strokeStyle = index === focus ? palette.accent : palette.above;
		brush.lineWidth = 2.5 / view.zoom;
		const off = 3 / view.zoom;
		brush.strokeRect(x - cardWidth / 2 - off, y - cardHeight / 2 - off, cardWidth + 2 * off, cardHeight + 2 * off);
	});
	brush.globalAlpha = 1;
}

export type Drawing = {
	scene: Scene;
	/** The card that the page is about; -1 for none. */
	focus: number;
	view: Viewport;
	size: Size;
	palette: Palette;
	lit: Lit | undefined;
};

/** Paints edges, and all cards but those that are elements of the page. `ratio` is of the screen's pixels. */
export function drawScene(brush: Brush, drawing: Drawing, ratio: number, elements: readonly number[] = []): void {
	const { scene, view, size } = drawing;
	brush.setTransform(ratio, 0, 0, ratio, 0, 0);
	brush.clearRect(0, 0, size.width, size.height);
	brush.setTransform(view.zoom * ratio, 0, 0, view.zoom * ratio, view.x * ratio, view.y * ratio);
	const seen = seenBox(view, size);
	const look: Look = { ...drawing, seen, edges: edgesSeen(drawing, seen), elements: new Set(elements) };
	drawEdges(brush, look);
	if (elements.length < scene.cards.length) drawCards(brush, look);
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
export function drawMap({ scene, palette, lit }: Drawing, map: Size): HTMLCanvasElement {
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
		const isLit = lit === undefined || index === lit.selected || lit.above.has(index) || lit.below.has(index);
		brush.globalAlpha = isLit ? 0.9 : 0.25;
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
	const frame = { x: seen.left * scale + left, y: seen.top * scale + top };
	brush.strokeRect(frame.x, frame.y, (seen.right - seen.left) * scale, (seen.bottom - seen.top) * scale);
}
