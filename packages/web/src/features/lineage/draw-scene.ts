import type { Card, Side as ComparedSide } from "./drawn-graph.ts";
import { type Box, cardSizes, type Point } from "./layout/layout.ts";
import { cardHeight, cardWidth, cardZoom, overlaps, type Scene, type Size, seenBox, type Viewport } from "./scene.ts";

const namedZoom = 0.16;
const bentZoom = 0.12;
const arrowZoom = 0.3;

export type Palette = {
	readonly surface: string;
	readonly line: string;
	readonly text: string;
	readonly quiet: string;
	readonly run: string;
	readonly artifact: string;
	readonly group: string;
	readonly above: string;
	readonly below: string;
	readonly bad: string;
	/** Every other column of time. */
	readonly column: string;
	readonly font: string;
	/** What is written on cards that one may not see. */
	readonly hiddenName: string;
};

/** What stands out: the lines of the selected card, or the cards of a path. */
export type Lit = {
	readonly selected: number;
	readonly above: ReadonlySet<number>;
	readonly below: ReadonlySet<number>;
};

type Brush = CanvasRenderingContext2D;
type Look = Omit<Drawing, "size"> & { seen: Box };

/** The colours of the page as it stands now: light or dark. */
export function readPalette(element: Element, hiddenName: string): Palette {
	const style = getComputedStyle(element);
	const colour = (name: string) => style.getPropertyValue(name).trim();
	return {
		surface: colour("--surface"),
		line: colour("--line-strong"),
		text: colour("--text"),
		quiet: colour("--quiet"),
		run: colour("--run"),
		artifact: colour("--artifact"),
		group: colour("--registry"),
		above: colour("--lineage-above"),
		below: colour("--lineage-below"),
		bad: colour("--bad"),
		column: colour("--sunken"),
		font: style.fontFamily,
		hiddenName,
	};
}

const sideColours = { first: "above", second: "below", both: "quiet" } as const;

export function colourOf(palette: Palette, card: Card): string {
	if (card.side) return palette[sideColours[card.side]];
	if (card.node?.state === "failed" || card.node?.state === "crashed") return palette.bad;
	if (card.kind === "run") return palette.run;
	if (card.kind === "artifact") return palette.artifact;
	if (card.kind === "hidden") return palette.quiet;
	const kinds = new Set(card.group?.mix.map(({ kind }) => kind));
	if (kinds.size > 1) return palette.group;
	return kinds.has("run") ? palette.run : palette.artifact;
}

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

function strokeEdges(brush: Brush, { scene, view, seen }: Look, takes: (edge: number) => boolean): void {
	brush.beginPath();
	scene.paths.forEach(({ points, box }, edge) => {
		if (overlaps(box, seen) && takes(edge)) tracePath(brush, points, view.zoom >= bentZoom);
	});
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

function drawArrows(brush: Brush, { scene, seen, palette, lit }: Look, sides: readonly Side[]): void {
	scene.paths.forEach(({ points, box }, edge) => {
		const end = points.at(-1);
		if (end === undefined || !overlaps(box, seen)) return;
		const side = sides[edge];
		brush.fillStyle = side ? palette[side] : palette.line;
		brush.globalAlpha = lit && side === undefined ? 0.35 : 1;
		brush.beginPath();
		brush.moveTo(end[0] + 5, end[1]);
		brush.lineTo(end[0] - 3, end[1] - 4);
		brush.lineTo(end[0] - 3, end[1] + 4);
		brush.fill();
	});
	brush.globalAlpha = 1;
}

const cutNames = new Map<string, string>();
const mostCutNames = 5_000;

/** The name cut to the room, the version or count never. */
function fittingName(brush: Brush, { name, suffix }: Card, room: number): string {
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

function paintBox(brush: Brush, left: number, top: number, radii: number | number[]): void {
	brush.beginPath();
	brush.roundRect(left, top, cardWidth, cardHeight - 8, radii);
	brush.fill();
	brush.stroke();
}

/** Stubs and what was deleted have a broken border: they are not there as the others are. */
function isGhost(card: Card): boolean {
	return card.kind === "hidden" || card.node?.isDeleted === true;
}

function drawBlock(brush: Brush, colour: string, card: Card, { left, top }: { left: number; top: number }): void {
	const high = cardHeight - 8;
	if (isGhost(card)) {
		brush.strokeStyle = colour;
		brush.lineWidth = 12;
		brush.strokeRect(left + 6, top + 6, cardWidth - 12, high - 12);
	} else {
		brush.fillStyle = colour;
		brush.fillRect(left, top, cardWidth, high);
	}
}

function drawCard(brush: Brush, { view, palette }: Look, card: Card, [x, y]: Point): void {
	const [left, top] = [x - cardWidth / 2, y - cardHeight / 2 + 4];
	const colour = colourOf(palette, card);
	if (view.zoom < namedZoom) {
		drawBlock(brush, colour, card, { left, top });
		return;
	}
	brush.fillStyle = palette.surface;
	brush.strokeStyle = isGhost(card) ? palette.quiet : palette.line;
	brush.lineWidth = (isGhost(card) ? 1.5 : 1) / view.zoom;
	brush.setLineDash(isGhost(card) ? [8, 6] : []);
	const radius = card.kind === "run" ? 26 : 8;
	if (card.group) paintBox(brush, left + 6, top - 6, radius);
	paintBox(brush, left, top, radius);
	brush.setLineDash([]);
	brush.fillStyle = colour;
	brush.beginPath();
	brush.roundRect(left, top, 14, cardHeight - 8, [radius / 2, 0, 0, radius / 2]);
	if (card.kind !== "hidden") brush.fill();
	// Beside elements of the page, as large as they have it; further away, as large as can be read.
	const height = view.zoom >= cardZoom ? 13 : Math.min(28, Math.round(12 / view.zoom));
	brush.font = `${card.group || view.zoom >= cardZoom ? 600 : 400} ${height}px ${palette.font}`;
	brush.fillStyle = isGhost(card) ? palette.quiet : palette.text;
	const name = fittingName(
		brush,
		card.kind === "hidden" ? { ...card, name: palette.hiddenName } : card,
		cardWidth - 34,
	);
	brush.fillText(name, left + 22, y);
	if (card.node?.isDeleted)
		brush.fillRect(left + 22, y - 0.75 / view.zoom, brush.measureText(name).width, 1.5 / view.zoom);
}

/** Paints these cards; without a list all that are in sight. */
function drawCards(brush: Brush, look: Look, only?: readonly number[]): void {
	const { scene, seen, lit, faded, palette, view } = look;
	brush.textBaseline = "middle";
	const near = {
		left: seen.left - cardWidth,
		right: seen.right + cardWidth,
		top: seen.top - cardHeight,
		bottom: seen.bottom + cardHeight,
	};
	const paint = (index: number) => {
		const card = scene.cards[index];
		const [x = 0, y = 0] = [scene.x[index], scene.y[index]];
		if (card === undefined || x < near.left || x > near.right || y < near.top || y > near.bottom) return;
		brush.globalAlpha = isLit(look, index) && !faded?.has(index) ? 1 : 0.3;
		drawCard(brush, look, card, [x, y]);
		if (index !== lit?.selected) return;
		brush.strokeStyle = palette.above;
		brush.lineWidth = 3 / view.zoom;
		brush.strokeRect(x - cardWidth / 2, y - cardHeight / 2, cardWidth, cardHeight);
	};
	if (only) only.forEach(paint);
	else for (let index = 0; index < scene.cards.length; index++) paint(index);
	brush.globalAlpha = 1;
}

function isLit({ lit }: Pick<Drawing, "lit">, index: number): boolean {
	return lit === undefined || index === lit.selected || lit.above.has(index) || lit.below.has(index);
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
	brush.strokeStyle = palette.group;
	brush.fillStyle = palette.group;
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

export type Drawing = {
	readonly scene: Scene;
	readonly view: Viewport;
	readonly size: Size;
	readonly palette: Palette;
	readonly lit: Lit | undefined;
	/** Cards that are about to be left out. */
	readonly faded?: ReadonlySet<number> | undefined;
	/** Cards to be painted where the near ones are elements of the page; without, all where none is. */
	readonly painted?: readonly number[] | "all";
};

/** Paints edges, and the cards that are no elements of the page. `ratio` is of the screen's pixels. */
export function drawScene(brush: Brush, drawing: Drawing, ratio: number): void {
	const { scene, view, size, painted, ...rest } = drawing;
	brush.setTransform(ratio, 0, 0, ratio, 0, 0);
	brush.clearRect(0, 0, size.width, size.height);
	brush.setTransform(view.zoom * ratio, 0, 0, view.zoom * ratio, view.x * ratio, view.y * ratio);
	const look: Look = { scene, view, seen: seenBox(view, size), ...rest };
	drawColumns(brush, look);
	drawFrames(brush, look);
	drawEdges(brush, look);
	if (painted === "all" || view.zoom < cardZoom) drawCards(brush, look);
	else if (painted) drawCards(brush, look, painted);
}

const mostMapped = 4_000;

/** The whole in small, with a frame around what is seen. */
export function drawMinimap(brush: Brush, { scene, view, size, palette, lit, faded }: Drawing, map: Size): void {
	const { bounds } = scene;
	const scale = Math.min(
		(map.width - 8) / (bounds.right - bounds.left),
		(map.height - 8) / (bounds.bottom - bounds.top),
	);
	const left = (map.width - (bounds.right - bounds.left) * scale) / 2 - bounds.left * scale;
	const top = (map.height - (bounds.bottom - bounds.top) * scale) / 2 - bounds.top * scale;
	brush.clearRect(0, 0, map.width, map.height);
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
	brush.globalAlpha = 1;
	const seen = seenBox(view, size);
	brush.strokeStyle = palette.above;
	brush.lineWidth = 1.5;
	const within = (place: number, most: number) => Math.min(most - 1, Math.max(1, place));
	const [x, y] = [within(seen.left * scale + left, map.width), within(seen.top * scale + top, map.height)];
	const end = { x: within(seen.right * scale + left, map.width), y: within(seen.bottom * scale + top, map.height) };
	brush.strokeRect(x, y, end.x - x, end.y - y);
}
