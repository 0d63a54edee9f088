import { drawLabels } from "./draw-labels.ts";
import { type Brush, colourOf, isLit, type Look, type Palette, toneOf } from "./drawing.ts";
import type { Card } from "./drawn-graph.ts";
import type { Point } from "./layout/layout.ts";
import { cardHeight, cardWidth, cardZoom } from "./scene.ts";

/** From here on there is room for a name on a card; below, for some beside them. */
const namedZoom = 0.2;
const boxHeight = cardHeight - 8;
const iconRoom = 49;

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

type Bar = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** What a group is made of, as a bar from side to side. */
function paintMix(brush: Brush, { palette }: Look, { group }: Card, { left, top, width, height }: Bar): void {
	const { mix = [], count = 1 } = group ?? {};
	let [at, room] = [left, width];
	for (const { kind, count: part } of mix) {
		brush.fillStyle = (kind === "run" ? palette.run : palette.artifact).front;
		const share = (width * part) / count;
		brush.fillRect(at, top, Math.min(room, Math.max(0, share - 1)), height);
		at += share;
		room -= share;
	}
}

/** Stubs and what was deleted have a broken border: they are not there as the others are. */
function isGhost(card: Card): boolean {
	return card.kind === "hidden" || card.node?.isDeleted === true;
}

/** No more than a colour; of groups of both kinds, how much of each. */
function drawBlock(brush: Brush, look: Look, card: Card, [left, top]: Point): void {
	if (isGhost(card)) {
		brush.strokeStyle = colourOf(look.palette, card);
		brush.lineWidth = 12;
		brush.strokeRect(left + 6, top + 6, cardWidth - 12, boxHeight - 12);
		return;
	}
	const isMixed = (card.group?.mix.length ?? 0) > 1;
	brush.fillStyle = isMixed ? toneOf(look.palette, card).back : colourOf(look.palette, card);
	// Never less than a pixel: what cannot be seen at all would be missing.
	const least = 1.2 / look.view.zoom;
	brush.fillRect(left, top, Math.max(least, cardWidth), Math.max(least, boxHeight));
	const bar = { left, top: top + boxHeight * 0.35, width: cardWidth, height: boxHeight * 0.65 };
	if (isMixed) paintMix(brush, look, card, bar);
}

type Line = { readonly left: number; readonly y: number; readonly room: number };

/** A name that is cut where it must be, and struck out when it is of something that is no more. */
function writeName(brush: Brush, { palette, view }: Look, card: Card, { left, y, room }: Line): void {
	brush.fillStyle = isGhost(card) ? palette.quiet : palette.text;
	const name = fittingName(brush, card, room);
	brush.fillText(name, left, y);
	if (card.node?.isDeleted) brush.fillRect(left, y - 0.75 / view.zoom, brush.measureText(name).width, 1.5 / view.zoom);
}

/** As near as cards are elements elsewhere: the same two lines beside a round. */
function drawNear(brush: Brush, look: Look, card: Card, [left, y]: Point): void {
	const { palette } = look;
	brush.fillStyle = toneOf(palette, card).back;
	brush.beginPath();
	brush.arc(left + 24, y, 16, 0, 2 * Math.PI);
	brush.fill();
	brush.fillStyle = colourOf(palette, card);
	brush.beginPath();
	brush.arc(left + 24, y, 5, 0, 2 * Math.PI);
	brush.fill();
	const line = { left: left + iconRoom, room: cardWidth - iconRoom - 12 };
	brush.font = `600 13px ${palette.font}`;
	writeName(brush, look, card, { ...line, y: y - 8 });
	brush.font = `11px ${palette.font}`;
	brush.fillStyle = palette.quiet;
	brush.fillText(fittingName(brush, { name: card.type, suffix: "" }, line.room), line.left, y + 9);
}

/** Far enough to be read across, too far for two lines: a coloured end and the name, as large as it can be. */
function drawFar(brush: Brush, look: Look, card: Card, [left, y]: Point): void {
	const { view, palette } = look;
	const top = y - boxHeight / 2;
	const end = isRound(palette, card) ? 13 : 4;
	brush.fillStyle = colourOf(palette, card);
	brush.beginPath();
	brush.roundRect(left, top, 12, boxHeight, [end, 0, 0, end]);
	if (card.kind !== "hidden") brush.fill();
	const isMixed = (card.group?.mix.length ?? 0) > 1;
	const bar = { left: left + 20, top: top + boxHeight - 9, width: cardWidth - 28, height: 5 };
	if (isMixed) paintMix(brush, look, card, bar);
	brush.font = `${card.group ? 600 : 400} ${Math.min(28, Math.round(12 / view.zoom))}px ${palette.font}`;
	writeName(brush, look, card, { left: left + 20, y: isMixed ? y - 4 : y, room: cardWidth - 28 });
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
	brush.strokeStyle = isGhost(card) ? palette.quiet : palette.line;
	brush.lineWidth = (isGhost(card) ? 1.5 : 1) / view.zoom;
	brush.setLineDash(isGhost(card) ? [8, 6] : []);
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

/** Paints these cards; without a list all that are in sight. */
export function drawCards(brush: Brush, look: Look, only?: readonly number[]): void {
	const { scene, focus, seen, lit, faded, palette, view } = look;
	brush.textBaseline = "middle";
	const near = {
		left: seen.left - cardWidth,
		right: seen.right + cardWidth,
		top: seen.top - cardHeight,
		bottom: seen.bottom + cardHeight,
	};
	const isTaken = pixelsTaken(look);
	const paint = (index: number) => {
		const card = scene.cards[index];
		const [x = 0, y = 0] = [scene.x[index], scene.y[index]];
		if (card === undefined || x < near.left || x > near.right || y < near.top || y > near.bottom) return;
		if (index !== focus && index !== lit?.selected && isTaken(x, y)) return;
		brush.globalAlpha = isLit(look, index) && !faded?.has(index) ? 1 : 0.3;
		drawCard(brush, look, card, [x, y]);
		if (index !== lit?.selected && index !== focus) return;
		// What the page is about, and what is selected, are found from any distance.
		brush.strokeStyle = index === focus ? palette.accent : palette.above;
		brush.lineWidth = 2.5 / view.zoom;
		const off = 3 / view.zoom;
		brush.strokeRect(x - cardWidth / 2 - off, y - cardHeight / 2 - off, cardWidth + 2 * off, cardHeight + 2 * off);
	};
	if (only) only.forEach(paint);
	else for (let index = 0; index < scene.cards.length; index++) paint(index);
	brush.globalAlpha = 1;
	if (view.zoom < namedZoom) drawLabels(brush, look);
}
