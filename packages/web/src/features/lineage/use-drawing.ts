import { useMantineColorScheme } from "@mantine/core";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { columnsOf, drawMap, drawMinimap, drawScene } from "./draw-scene.ts";
import { type Drawing, type Lit, type Palette, readPalette } from "./drawing.ts";
import type { Box, Point } from "./layout/layout.ts";
import { heldStill, isMotionWanted, offsetsOf, wayLeft } from "./motion.ts";
import {
	cardHeight,
	cardsNear,
	cardWidth,
	cardZoom,
	displaced,
	holds,
	nearestOf,
	type Scene,
	type Size,
	seenBox,
	startView,
	type Viewport,
} from "./scene.ts";

export const mapSize: Size = { width: 180, height: 120 };
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
function placeFrames(layer: HTMLElement, { surrounds }: Scene, { top }: Box): void {
	const frames = layer.querySelectorAll<HTMLElement>(".lineage-frame");
	surrounds.forEach(({ boxes: [box] }, index) => {
		const label = frames[index];
		if (box === undefined || label === undefined) return;
		label.style.top = `${Math.min(Math.max(box.top, top + 20), Math.max(box.top, box.bottom - cardHeight))}px`;
		label.style.left = `${box.right}px`;
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

/** The map of all cards, painted once for as long as it stays the same. */
function useWholeMap(): (drawing: Drawing) => HTMLCanvasElement {
	const known = useRef<{ drawing: Drawing; map: HTMLCanvasElement }>(undefined);
	return useCallback((drawing) => {
		const before = known.current?.drawing;
		const isSame = (["scene", "lit", "faded", "palette"] as const).every((key) => before?.[key] === drawing[key]);
		if (known.current === undefined || !isSame) known.current = { drawing, map: drawMap(drawing, mapSize) };
		return known.current.map;
	}, []);
}

function fitCanvas(canvas: HTMLCanvasElement, { width, height }: Size, ratio: number): void {
	if (canvas.width === width * ratio && canvas.height === height * ratio) return;
	canvas.width = width * ratio;
	canvas.height = height * ratio;
}

/** The elements of the picture, and what is seen of the plane. */
function useParts() {
	const stage = useRef<HTMLDivElement>(null);
	const canvas = useRef<HTMLCanvasElement>(null);
	const map = useRef<HTMLCanvasElement>(null);
	const layer = useRef<HTMLDivElement>(null);
	const columns = useRef<HTMLDivElement>(null);
	const view = useRef<Viewport>({ x: 0, y: 0, zoom: 1 });
	const frame = useRef(0);
	const sizeOf = useCallback((): Size => {
		return { width: stage.current?.clientWidth ?? 0, height: stage.current?.clientHeight ?? 0 };
	}, []);
	return { stage, canvas, map, layer, columns, view, frame, sizeOf };
}

type Parts = ReturnType<typeof useParts>;
type Moved = ReturnType<typeof useMovingScene>;

/** Paints a frame; tells which cards are to be elements of the page. */
function usePainter({ scene, focus, lit, faded }: Options, parts: Parts, { gliding, carried, current }: Moved) {
	const { stage, canvas, map, layer, columns, view, frame, sizeOf } = parts;
	const palette = usePalette(stage);
	const wholeMap = useWholeMap();
	const [near, setNear] = useState<readonly number[]>([]);
	const draw = useCallback(() => {
		const brush = canvas.current?.getContext("2d");
		const size = sizeOf();
		const colours = palette();
		if (!brush || !canvas.current || !colours || size.width === 0) return;
		const ratio = window.devicePixelRatio;
		fitCanvas(canvas.current, size, ratio);
		const isMoving = gliding.current !== undefined || carried.current !== undefined;
		const now = current();
		const { x, y, zoom } = view.current;
		const seen = seenBox(view.current, size);
		const inSight = zoom >= cardZoom ? cardsNear(scene, seen) : [];
		const cards = nearestOf(scene, inSight, seen, mostElements);
		const elements = new Set(cards);
		const painted = cards.length < inSight.length ? inSight.filter((card) => !elements.has(card)) : [];
		const drawing: Drawing = { scene: now, focus, view: view.current, size, palette: colours, lit, faded, painted };
		drawScene(brush, drawing, ratio);
		if (layer.current) {
			layer.current.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
			layer.current.style.setProperty("--unzoom", `${1 / zoom}`);
			placeFrames(layer.current, now, seen);
		}
		placeColumns(columns.current, scene, view.current, size.width);
		if (isMoving) placeCards(layer.current, now);
		setNear((before) =>
			before.length === cards.length && before.every((card, i) => card === cards[i]) ? before : cards,
		);
		const isAllSeen = holds(seen, scene.bounds);
		if (map.current) map.current.hidden = isAllSeen;
		const mapBrush = map.current?.getContext("2d");
		if (mapBrush && !isAllSeen) drawMinimap(mapBrush, wholeMap({ ...drawing, scene }), drawing);
		if (gliding.current) frame.current = requestAnimationFrame(draw);
	}, [
		scene,
		focus,
		lit,
		faded,
		sizeOf,
		palette,
		wholeMap,
		gliding,
		carried,
		current,
		canvas,
		map,
		layer,
		columns,
		view,
		frame,
	]);
	return { draw, near };
}

/** What is seen, painted again when it moves; the cards that are near enough to be elements of the page. */
export function useDrawing(options: Options) {
	const { scene, focus, anchor } = options;
	const parts = useParts();
	const { stage, layer, view, frame, sizeOf } = parts;
	const shown = useRef<Scene>(undefined);
	const moving = useMovingScene(scene);
	const { gliding, carried, current } = moving;
	const { draw, near } = usePainter(options, parts, moving);

	const redraw = useCallback(() => {
		cancelAnimationFrame(frame.current);
		frame.current = requestAnimationFrame(draw);
	}, [draw, frame]);
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
		cancelAnimationFrame(frame.current);
		draw();
	}, [draw, stage, view, frame]);
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
		cancelAnimationFrame(frame.current);
		draw();
		return () => cancelAnimationFrame(frame.current);
	}, [scene, focus, draw, sizeOf, anchor, gliding, carried, view, frame]);
	// Cards that have just become elements stand where they belong, not yet where they are seen.
	useLayoutEffect(() => {
		if (near.length > 0 && gliding.current) placeCards(layer.current, current());
	}, [near, gliding, current, layer]);
	useSize(stage, redraw);
	return { ...parts, near, redraw, moveTo, carry, drop, takeScroll };
}
