import { useMantineColorScheme } from "@mantine/core";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { canvasWindow, type Pace } from "./canvas-window.ts";
import type { MapPainter } from "./draw-map.ts";
import { columnsOf } from "./draw-scene.ts";
import { type Drawing, type Lit, type Palette, readPalette } from "./drawing.ts";
import type { Box, Point } from "./layout/layout.ts";
import { heldStill, isMotionWanted, motionMilliseconds, offsetsOf, wayLeft } from "./motion.ts";
import {
	boxOfCard,
	broughtIn,
	cardHeight,
	cardsNear,
	cardWidth,
	cardZoom,
	displaced,
	holds,
	isSameSize,
	nearestOf,
	overlaps,
	type Scene,
	type Size,
	seenBox,
	startView,
	type Viewport,
} from "./scene.ts";

/** A card is some fifteen elements: with these a page stays below 2,500. */
const mostElements = 90;

type Options = {
	scene: Scene;
	focus: number;
	lit: Lit | undefined;
	faded: ReadonlySet<number> | undefined;
	/** What was acted upon last: it stays where it is when the rest moves. */
	anchor: RefObject<string | undefined>;
};

/** What of the reader's machine changes colours. */
const looks = ["(forced-colors: active)", "(prefers-color-scheme: dark)"];

/** Paints anew for another size and for other colours. */
function useSize(stage: RefObject<HTMLElement | null>, onResize: () => void): void {
	useEffect(() => {
		const element = stage.current;
		if (element === null) return;
		const observer = new ResizeObserver(onResize);
		observer.observe(element);
		const gone = new AbortController();
		for (const look of looks) matchMedia(look).addEventListener("change", onResize, { signal: gone.signal });
		return () => {
			observer.disconnect();
			gone.abort("gone");
		};
	}, [stage, onResize]);
}

/** Puts the elements of cards where these cards are while they move. */
function placeCards(layer: HTMLElement | null, { x, y }: Scene): void {
	for (const hit of layer?.querySelectorAll<HTMLElement>(".lineage-hit") ?? []) {
		const card = Number(hit.dataset.card);
		const place = `translate(${(x[card] ?? 0) - cardWidth / 2}px, ${(y[card] ?? 0) - cardHeight / 2}px)`;
		if (hit.parentElement) hit.parentElement.style.transform = place;
	}
}

/** Keeps the name of a frame in sight as long as any of the frame is. */
function placeFrames(layer: HTMLElement, { surrounds }: Scene, { top }: Box, zoom: number): void {
	const frames = layer.querySelectorAll<HTMLElement>(".lineage-frame");
	surrounds.forEach(({ boxes: [box] }, index) => {
		const label = frames[index];
		if (box === undefined || label === undefined) return;
		label.style.top = `${Math.min(Math.max(box.top, top + 20), Math.max(box.top, box.bottom - cardHeight))}px`;
		label.style.left = `${box.right}px`;
		label.style.setProperty("--unzoom", `${1 / zoom}`);
	});
}

/** Puts the names of columns of time above what is seen of them. */
function placeColumns(row: HTMLElement | null, scene: Scene, view: Viewport, width: number): void {
	if (row === null) return;
	columnsOf(scene).forEach(({ left, right }, index) => {
		const name = row.children[index];
		if (!(name instanceof HTMLElement)) return;
		const [start, end] = [Math.max(0, left * view.zoom + view.x), Math.min(width, right * view.zoom + view.x)];
		name.hidden = end - start < 24;
		name.style.left = `${start}px`;
		name.style.width = `${Math.max(0, end - start)}px`;
	});
}

type Moving = { readonly offsets: ReadonlyMap<number, Point>; readonly since: number };

/** The scene as it is seen: gliding to its place, or with a card in the reader's hand. */
function useMovingScene(scene: Scene) {
	const gliding = useRef<Moving>(undefined);
	const carried = useRef<{ card: number; offset: Point }>(undefined);
	const current = useCallback((): Scene => {
		if (carried.current) return displaced(scene, new Map([[carried.current.card, carried.current.offset]]));
		if (gliding.current === undefined) return scene;
		const left = wayLeft(performance.now() - gliding.current.since);
		if (left === 0) {
			gliding.current = undefined;
			return scene;
		}
		return displaced(
			scene,
			new Map([...gliding.current.offsets].map(([card, [x, y]]) => [card, [x * left, y * left]])),
		);
	}, [scene]);
	return { gliding, carried, current };
}

/** The colours as the page has them: reading them makes the browser work its styles out, so not for every frame. */
function usePalette(stage: RefObject<HTMLElement | null>) {
	const { colorScheme: scheme } = useMantineColorScheme();
	const known = useRef<{ key: string; palette: Palette }>(undefined);
	return useCallback((): Palette | undefined => {
		const key = [scheme, ...looks.map((look) => matchMedia(look).matches)].join();
		if (stage.current && known.current?.key !== key) known.current = { key, palette: readPalette(stage.current) };
		return known.current?.palette;
	}, [stage, scheme]);
}

/** What paints cards from afar, and the map. It comes with the picture, but the near one does not wait for it. */
const farParts = Promise.all([import("./draw-cards.ts"), import("./draw-map.ts")]);

function useFarPainters(): Partial<Pick<Drawing, "drawCards"> & { drawMap: MapPainter }> {
	const [painters, setPainters] = useState({});
	useEffect(() => {
		void farParts.then(([{ drawCards }, { mapPainter }]) => setPainters({ drawCards, drawMap: mapPainter() }));
	}, []);
	return painters;
}

/** The cards to be elements of the page, and those to be painted as if they were. */
type Near = { readonly cards: readonly number[]; readonly painted: readonly number[] };

/** Of what lies near, the same lists as long as they hold the same. */
function useNear(scene: Scene) {
	const known = useRef<Near>({ cards: [], painted: [] });
	return useCallback(
		(view: Viewport, size: Size): Near => {
			const seen = seenBox(view, size);
			const inSight = view.zoom >= cardZoom ? cardsNear(scene, seen) : [];
			const cards = nearestOf(scene, inSight, seen, mostElements);
			const elements = new Set(cards);
			const painted = cards.length < inSight.length ? inSight.filter((card) => !elements.has(card)) : [];
			const before = known.current;
			known.current = {
				cards: isSameList(before.cards, cards) ? before.cards : cards,
				painted: isSameList(before.painted, painted) ? before.painted : painted,
			};
			return known.current;
		},
		[scene],
	);
}

function isSameList(a: readonly number[], b: readonly number[]): boolean {
	return a.length === b.length && a.every((card, at) => card === b[at]);
}

/** The elements of the picture, and what is seen of the plane. */
function useParts() {
	const stage = useRef<HTMLDivElement>(null);
	const canvas = useRef<HTMLCanvasElement>(null);
	const map = useRef<HTMLCanvasElement>(null);
	const layer = useRef<HTMLDivElement>(null);
	const columns = useRef<HTMLDivElement>(null);
	const view = useRef<Viewport>({ x: 0, y: 0, zoom: 1 });
	const [show] = useState(canvasWindow);
	const room = useRef<Size>(undefined);
	const measure = useCallback((): Size => {
		return { width: stage.current?.clientWidth ?? 0, height: stage.current?.clientHeight ?? 0 };
	}, []);
	// To ask the page for it amid a change makes the browser lay the page out once more.
	const sizeOf = useCallback((): Size => room.current ?? measure(), [measure]);
	return { stage, canvas, map, layer, columns, view, show, room, measure, sizeOf };
}

type Parts = ReturnType<typeof useParts>;
type Moved = ReturnType<typeof useMovingScene>;

/** Paints a frame, tells whether it is one of several; and which cards are to be elements of the page. */
function usePainter(options: Options, parts: Parts, { gliding, carried, current }: Moved) {
	const { scene, focus, lit, faded } = options;
	const { stage, canvas, map, layer, columns, view, show, sizeOf } = parts;
	const palette = usePalette(stage);
	const { drawCards, drawMap } = useFarPainters();
	const nearOf = useNear(scene);
	const [near, setNear] = useState<readonly number[]>([]);
	const paintPicture = useCallback(
		(drawing: Drawing, pace: Pace) => {
			if (!canvas.current || !layer.current || !map.current) return;
			const { x, y, zoom } = drawing.view;
			show(canvas.current, drawing, pace);
			layer.current.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
			const seen = seenBox(drawing.view, drawing.size);
			placeFrames(layer.current, drawing.scene, seen, zoom);
			placeColumns(columns.current, scene, drawing.view, drawing.size.width);
			const isAllSeen = holds(seen, scene.bounds);
			map.current.hidden = isAllSeen || !drawMap;
			const brush = map.current.getContext("2d");
			if (brush && !isAllSeen) drawMap?.(brush, { ...drawing, scene });
		},
		[scene, canvas, map, layer, columns, show, drawMap],
	);
	const paint = useCallback(
		(isLast: boolean): boolean => {
			const size = sizeOf();
			const colours = palette();
			if (!colours || size.width === 0) return false;
			const isMoving = gliding.current !== undefined || carried.current !== undefined;
			const now = current();
			const { cards, painted } = nearOf(view.current, size);
			const marks = { focus, lit, faded, painted, drawCards, palette: colours };
			const pace = isMoving ? "glides" : isLast ? "rests" : "moves";
			paintPicture({ scene: now, view: view.current, size, ratio: window.devicePixelRatio, ...marks }, pace);
			if (isMoving) placeCards(layer.current, now);
			setNear(cards);
			return gliding.current !== undefined;
		},
		[focus, lit, faded, drawCards, sizeOf, palette, nearOf, gliding, carried, current, layer, view, paintPicture],
	);
	return { paint, near };
}

/** Longer than anything glides. */
const restMilliseconds = motionMilliseconds + 20;

/** Frames as long as something moves, and one when it rests. */
function useFrames(paint: (isLast: boolean) => boolean, layer: RefObject<HTMLElement | null>) {
	const frame = useRef(0);
	const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
	const stop = useCallback(() => {
		cancelAnimationFrame(frame.current);
		clearTimeout(rest.current);
	}, []);
	const redraw = useCallback(() => {
		const element = layer.current;
		if (element === null) return;
		stop();
		const step = () => {
			if (paint(false)) frame.current = requestAnimationFrame(step);
		};
		// A layer of its own moves without being painted; words are sharp in it only at the size that they were painted at.
		element.style.willChange = "transform";
		frame.current = requestAnimationFrame(step);
		rest.current = setTimeout(() => {
			element.style.willChange = "";
			paint(true);
		}, restMilliseconds);
	}, [paint, layer, stop]);
	const drawNow = useCallback(() => {
		stop();
		if (layer.current) layer.current.style.willChange = "";
		if (paint(true)) redraw();
	}, [paint, redraw, layer, stop]);
	return { redraw, drawNow, stop };
}

/** What is seen, painted again when it moves; the cards that are near enough to be elements of the page. */
export function useDrawing(options: Options) {
	const { scene, focus, lit, anchor } = options;
	const parts = useParts();
	const { stage, layer, view, room, measure, sizeOf } = parts;
	const shown = useRef<Scene>(undefined);
	const moving = useMovingScene(scene);
	const { gliding, carried, current } = moving;
	const { paint, near } = usePainter(options, parts, moving);
	const { redraw, drawNow, stop } = useFrames(paint, layer);

	const moveTo = useCallback(
		(next: Viewport) => {
			view.current = next;
			redraw();
		},
		[redraw, view],
	);
	const carry = useCallback(
		(card: number, offset: Point) => {
			gliding.current = undefined;
			carried.current = { card, offset };
			redraw();
		},
		[gliding, carried, redraw],
	);
	/** A card that gets the focus is scrolled to by the browser: the picture is moved by as much instead. */
	const takeScroll = useCallback(() => {
		const element = stage.current;
		if (element === null || (element.scrollLeft === 0 && element.scrollTop === 0)) return;
		const { x, y, zoom } = view.current;
		view.current = { x: x - element.scrollLeft, y: y - element.scrollTop, zoom };
		element.scrollTo(0, 0);
		drawNow();
	}, [drawNow, stage, view]);
	/** Ends it, and tells what was carried where. */
	const drop = useCallback(() => carried.current, [carried]);

	useLayoutEffect(() => {
		const [before, size] = [shown.current, sizeOf()];
		if (before === undefined) view.current = startView(scene, focus, size);
		else if (before.about !== scene.about) view.current = startView(scene, focus, size);
		else if (before !== scene) {
			const change = { before, after: scene, view: view.current, size };
			const next = heldStill(change, anchor.current);
			anchor.current = undefined;
			// What was carried is where the hand has left it.
			const offsets = isMotionWanted() && !carried.current ? offsetsOf(change, next) : new Map<number, Point>();
			carried.current = undefined;
			gliding.current = offsets.size > 0 ? { offsets, since: performance.now() } : undefined;
			view.current = next;
		}
		shown.current = scene;
		drawNow();
		return stop;
	}, [scene, focus, drawNow, stop, sizeOf, anchor, gliding, carried, view]);
	// Cards that have just become elements stand where they belong, not yet where they are seen.
	useLayoutEffect(() => {
		if (near.length > 0 && gliding.current) placeCards(layer.current, current());
	}, [near, gliding, current, layer]);
	const takeRoom = useCallback(() => {
		const [before, size, card] = [room.current, measure(), lit?.selected];
		room.current = size;
		if (card !== undefined && before && !isSameSize(before, size)) {
			const wasSeen = overlaps(seenBox(view.current, before), boxOfCard(scene, card));
			if (wasSeen) view.current = broughtIn(scene, card, view.current, size);
		}
		redraw();
	}, [scene, lit, redraw, room, measure, view]);
	useSize(stage, takeRoom);
	return { ...parts, near, redraw, moveTo, carry, drop, takeScroll };
}
