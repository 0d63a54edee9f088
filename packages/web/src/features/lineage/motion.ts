import type { Point } from "./layout/layout.ts";
import { fitted, type Scene, type Size, seenBox, type Viewport } from "./scene.ts";

/** How long what stays glides to its new place. */
export const motionMilliseconds = 180;
/** Of more cards than these nobody follows where each one went. */
const mostMoving = 500;

/** Where a card is, or the middle of the group that was opened from it. */
function placeOf(scene: Scene, id: string): Point | undefined {
	const card = scene.cards.findIndex((each) => each.id === id);
	if (card >= 0) return [scene.x[card] ?? 0, scene.y[card] ?? 0];
	const own = scene.frames?.find((frame) => frame.id === id)?.cards ?? [];
	if (own.length === 0) return undefined;
	const mean = (values: Float64Array) => own.reduce((sum, each) => sum + (values[each] ?? 0), 0) / own.length;
	return [mean(scene.x), mean(scene.y)];
}

/** Of the cards that stayed the one nearest the middle of what is seen. */
function middleCard(before: Scene, after: Scene, view: Viewport, size: Size): string | undefined {
	const { left, right, top, bottom } = seenBox(view, size);
	const apart = (card: number) =>
		Math.hypot((before.x[card] ?? 0) - (left + right) / 2, (before.y[card] ?? 0) - (top + bottom) / 2);
	const stays = new Set(after.cards.map(({ id }) => id));
	const stayed = [...before.cards.keys()].filter((card) => stays.has(before.cards[card]?.id ?? ""));
	if (stayed.length === 0) return undefined;
	return before.cards[stayed.reduce((best, card) => (apart(card) < apart(best) ? card : best))]?.id;
}

export type Change = { readonly before: Scene; readonly after: Scene; readonly view: Viewport; readonly size: Size };

/** After something was opened or left out: what was acted upon stands where it stood, or else what is in the middle. */
export function heldStill({ before, after, view, size }: Change, anchor: string | undefined): Viewport {
	if (before.origin === after.origin) return view;
	const wanted = anchor !== undefined && placeOf(before, anchor) && placeOf(after, anchor) ? anchor : undefined;
	const held = wanted ?? middleCard(before, after, view, size);
	const [then, now] = held === undefined ? [] : [placeOf(before, held), placeOf(after, held)];
	if (then === undefined || now === undefined) return fitted(after, size);
	return { ...view, x: view.x + (then[0] - now[0]) * view.zoom, y: view.y + (then[1] - now[1]) * view.zoom };
}

/** How far from its new place each card is seen at first: what comes out of a group begins there. */
export function offsetsOf({ before, after, view }: Change, next: Viewport): Map<number, Point> {
	const offsets = new Map<number, Point>();
	if (after.cards.length > mostMoving) return offsets;
	const [shiftX, shiftY] = [(view.x - next.x) / next.zoom, (view.y - next.y) / next.zoom];
	const places = new Map(
		before.cards.map(({ id }, card): [string, Point] => [id, [before.x[card] ?? 0, before.y[card] ?? 0]]),
	);
	const groups = new Map(after.frames?.flatMap(({ id, cards }) => cards.map((card): [number, string] => [card, id])));
	const folded = new Set(before.frames?.map(({ id }) => id));
	after.cards.forEach(({ id }, card) => {
		const place =
			places.get(id) ?? places.get(groups.get(card) ?? "") ?? (folded.has(id) ? placeOf(before, id) : undefined);
		if (place === undefined) return;
		const offset: Point = [place[0] + shiftX - (after.x[card] ?? 0), place[1] + shiftY - (after.y[card] ?? 0)];
		if (Math.hypot(...offset) > 0.5) offsets.set(card, offset);
	});
	return offsets;
}

/** What is left of the way after so many milliseconds, from 1 down to 0: quick at first. */
export function wayLeft(milliseconds: number): number {
	return Math.max(0, 1 - milliseconds / motionMilliseconds) ** 3;
}

export function isMotionWanted(): boolean {
	return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}
