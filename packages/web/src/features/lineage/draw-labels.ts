import type { Brush, Look } from "./drawing.ts";
import type { Card } from "./drawn-graph.ts";
import type { Box } from "./layout/layout.ts";
import { boxOfCard, holds, overlaps } from "./scene.ts";

/** In pixels of the page, whatever the zoom: from afar only names of this size can be read. */
const lineHeight = 14;
const gap = 3;
const mostLetters = 18;
const mostLabels = 60;
/** Of the largest groups that are tried when others have taken the room. */
const mostTried = 600;
/** With more cards than these their names are looked for by zooming in. */
const mostCards = 5_000;

type Seen = Pick<Look, "scene" | "view" | "size" | "shown" | "focus" | "lit">;

/** Which parts of what is seen are taken, by squares of a few pixels. */
function makeRoom({ size: { width, height }, shown }: Seen) {
	const side = 4;
	const columns = Math.ceil(width / side);
	const rows = Math.ceil(height / side);
	const taken = new Uint8Array(columns * rows);
	const squares = function* ({ left, right, top, bottom }: Box) {
		for (let row = Math.max(0, Math.floor(top / side)); row < Math.min(rows, bottom / side); row++)
			for (let column = Math.max(0, Math.floor(left / side)); column < Math.min(columns, right / side); column++)
				yield row * columns + column;
	};
	return {
		take: (box: Box) => {
			for (const square of squares(box)) taken[square] = 1;
		},
		isFree: (box: Box) => {
			if (box.left < 0 || box.top < 0 || box.right > width || box.bottom > height) return false;
			if (shown && overlaps(shown, box) && !holds(shown, box)) return false;
			for (const square of squares(box)) if (taken[square] === 1) return false;
			return true;
		},
	};
}

function textOf({ name, suffix }: Card): string {
	return (name.length > mostLetters ? `${name.slice(0, mostLetters - 1)}…` : name) + suffix;
}

/** Above, below and beside a block. */
function placesAround({ left, right, top, bottom }: Box, width: number): Box[] {
	const [x, y] = [(left + right) / 2, (top + bottom) / 2];
	const at = (from: number, above: number) => ({
		left: from,
		right: from + width,
		top: above,
		bottom: above + lineHeight,
	});
	return [
		at(x - width / 2, top - gap - lineHeight),
		at(x - width / 2, bottom + gap),
		at(right + gap, y - lineHeight / 2),
		at(left - gap - width, y - lineHeight / 2),
	];
}

/** What the page is about and what is selected first, then the largest groups. */
function byWeight({ scene, focus, lit }: Seen): number[] {
	const weight = (card: number) =>
		card === focus || card === lit?.selected ? Number.POSITIVE_INFINITY : (scene.cards[card]?.group?.count ?? 1);
	return [...scene.cards.keys()].sort((a, b) => weight(b) - weight(a) || a - b);
}

type Label = { readonly text: string; readonly box: Box; readonly isMarked: boolean };

/** Where a card stands on the screen. */
function blockOf({ scene, view }: Seen, card: number): Box {
	const { left, right, top, bottom } = boxOfCard(scene, card);
	const { x, y, zoom } = view;
	return { left: left * zoom + x, right: right * zoom + x, top: top * zoom + y, bottom: bottom * zoom + y };
}

/** Names for as many cards as there is room for between them; what is marked has one in any case. */
export function placeLabels(seen: Seen, widthOf: (text: string) => number): Label[] {
	const { scene, focus, lit } = seen;
	const { take, isFree } = makeRoom(seen);
	for (const card of scene.cards.keys()) take(blockOf(seen, card));
	const labels: Label[] = [];
	for (const index of byWeight(seen).slice(0, mostTried)) {
		const card = scene.cards[index];
		if (card === undefined || labels.length >= mostLabels) break;
		const text = textOf(card);
		const places = placesAround(blockOf(seen, index), widthOf(text) + 6);
		const isMarked = index === focus || index === lit?.selected;
		const box = places.find(isFree) ?? (isMarked ? places[0] : undefined);
		if (box === undefined) continue;
		take(box);
		labels.push({ text, box, isMarked });
	}
	return labels;
}

/** Names from afar, beside what is painted. */
export function drawLabels(brush: Brush, look: Look): void {
	const { scene, palette, ratio } = look;
	if (scene.cards.length > mostCards) return;
	brush.setTransform(ratio, 0, 0, ratio, 0, 0);
	brush.font = `500 11px ${palette.font}`;
	brush.textBaseline = "middle";
	for (const { text, box, isMarked } of placeLabels(look, (words) => brush.measureText(words).width)) {
		brush.globalAlpha = 0.85;
		brush.fillStyle = palette.canvas;
		brush.fillRect(box.left, box.top, box.right - box.left, lineHeight);
		brush.globalAlpha = 1;
		brush.fillStyle = isMarked ? palette.text : palette.quiet;
		brush.fillText(text, box.left + 3, box.top + lineHeight / 2);
	}
}
