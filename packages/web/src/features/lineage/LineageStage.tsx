import { ActionIcon, useComputedColorScheme } from "@mantine/core";
import {
	type KeyboardEvent,
	type ReactNode,
	type Ref,
	useCallback,
	useEffect,
	useImperativeHandle,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
} from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { drawMap, drawMinimap, drawScene, type Lit, type Palette, readPalette } from "./draw-scene.ts";
import { linesOf } from "./drawn-graph.ts";
import { LineageCard } from "./LineageCard.tsx";
import {
	cardAt,
	cardsNear,
	cardZoom,
	centredOn,
	fitted,
	holds,
	neighbourOf,
	type Scene,
	type Size,
	seenBox,
	startView,
	type Viewport,
	zoomedAt,
} from "./scene.ts";
import { usePanZoom } from "./use-pan-zoom.ts";

export type StageHandle = { show: (card: number) => void; fit: () => void };

type Props = {
	scene: Scene;
	focus: number;
	selected: number;
	onSelect: (card: number | undefined) => void;
	onExpand: (card: number) => void;
	handle: Ref<StageHandle>;
};

const mapSize: Size = { width: 180, height: 120 };

function useSize(stage: { current: HTMLElement | null }, onResize: () => void): void {
	useEffect(() => {
		const element = stage.current;
		if (element === null) return;
		const observer = new ResizeObserver(onResize);
		observer.observe(element);
		return () => observer.disconnect();
	}, [stage, onResize]);
}

/** What is seen, painted again when it moves; the cards that are near enough to be elements of the page. */
function useDrawing(scene: Scene, focus: number, lit: Lit | undefined) {
	const scheme = useComputedColorScheme();
	const stage = useRef<HTMLDivElement>(null);
	const canvas = useRef<HTMLCanvasElement>(null);
	const map = useRef<HTMLCanvasElement>(null);
	const layer = useRef<HTMLDivElement>(null);
	const view = useRef<Viewport>({ x: 0, y: 0, zoom: 1 });
	const shown = useRef<Scene>(undefined);
	const frame = useRef(0);
	// Reading the colours makes the browser work its styles out: once, not for every frame.
	const colours = useRef<{ scheme: string; palette: Palette }>(undefined);
	// The map of all cards is painted once, too.
	const whole = useRef<{ scene: Scene; lit: Lit | undefined; scheme: string; map: HTMLCanvasElement }>(undefined);
	const [near, setNear] = useState<number[]>([]);

	const sizeOf = useCallback((): Size => {
		return { width: stage.current?.clientWidth ?? 0, height: stage.current?.clientHeight ?? 0 };
	}, []);

	const draw = useCallback(() => {
		const brush = canvas.current?.getContext("2d");
		const size = sizeOf();
		if (!brush || !canvas.current || !stage.current || size.width === 0) return;
		const ratio = window.devicePixelRatio;
		if (canvas.current.width !== size.width * ratio || canvas.current.height !== size.height * ratio) {
			canvas.current.width = size.width * ratio;
			canvas.current.height = size.height * ratio;
		}
		if (colours.current?.scheme !== scheme) colours.current = { scheme, palette: readPalette(stage.current) };
		const seen = seenBox(view.current, size);
		const cards = view.current.zoom >= cardZoom ? cardsNear(scene, seen) : [];
		const drawing = { scene, focus, view: view.current, size, palette: colours.current.palette, lit };
		drawScene(brush, drawing, ratio, cards);
		const { x, y, zoom } = view.current;
		if (layer.current) layer.current.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
		setNear((before) =>
			before.length === cards.length && before.every((card, i) => card === cards[i]) ? before : cards,
		);
		const isAllSeen = holds(seen, scene.bounds);
		if (map.current) map.current.hidden = isAllSeen;
		const mapBrush = map.current?.getContext("2d");
		if (!mapBrush || isAllSeen) return;
		const known = whole.current;
		const isKnown = known?.scene === scene && known.lit === lit && known.scheme === scheme;
		whole.current = isKnown ? known : { scene, lit, scheme, map: drawMap(drawing, mapSize) };
		drawMinimap(mapBrush, whole.current.map, drawing);
	}, [scene, focus, lit, sizeOf, scheme]);

	const redraw = useCallback(() => {
		cancelAnimationFrame(frame.current);
		frame.current = requestAnimationFrame(draw);
	}, [draw]);
	const moveTo = useCallback(
		(next: Viewport) => {
			view.current = next;
			redraw();
		},
		[redraw],
	);

	useLayoutEffect(() => {
		const before = shown.current;
		if (before === undefined) view.current = startView(scene, focus, sizeOf());
		else if (before !== scene) view.current = heldStill(before, scene, view.current, sizeOf());
		shown.current = scene;
		draw();
	}, [scene, focus, draw, sizeOf]);
	useSize(stage, redraw);
	return { stage, canvas, map, layer, view, near, sizeOf, redraw, moveTo };
}

function ZoomButtons({ zoomBy, fit }: { zoomBy: (factor: number) => void; fit: () => void }): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="lineage-zoom" data-control>
			<ActionIcon variant="default" aria-label={t("graph.zoomIn")} onClick={() => zoomBy(1.3)}>
				<Icon name="zoomIn" />
			</ActionIcon>
			<ActionIcon variant="default" aria-label={t("graph.zoomOut")} onClick={() => zoomBy(1 / 1.3)}>
				<Icon name="zoomOut" />
			</ActionIcon>
			<ActionIcon variant="default" aria-label={t("graph.fit")} onClick={fit}>
				<Icon name="fit" />
			</ActionIcon>
		</div>
	);
}

type CardsProps = Omit<Props, "handle" | "onSelect"> & {
	near: readonly number[];
	lit: Lit | undefined;
	onSelect: (card: number) => void;
};

function Cards({ scene, focus, selected, near, lit, onSelect, onExpand }: CardsProps): ReactNode {
	const tabStop = near.includes(selected) ? selected : near.includes(focus) ? focus : near[0];
	const lineOf = (index: number) => (lit?.above.has(index) ? "above" : lit?.below.has(index) ? "below" : "none");
	return near.map((index) => {
		const card = scene.cards[index];
		if (card === undefined) return null;
		return (
			<LineageCard
				key={card.id}
				card={card}
				index={index}
				x={scene.x[index] ?? 0}
				y={scene.y[index] ?? 0}
				isSelected={index === selected}
				isFocus={index === focus}
				line={lit === undefined || index === selected ? undefined : lineOf(index)}
				isTabStop={index === tabStop}
				onSelect={onSelect}
				onExpand={onExpand}
			/>
		);
	});
}

/** The picture itself: edges on a canvas, near cards as elements, far ones painted; nothing in it moves by itself. */
export function LineageStage({ scene, focus, selected, onSelect, onExpand, handle }: Props): ReactNode {
	const { t } = useTranslation();
	const lit = useMemo((): Lit | undefined => {
		return selected < 0 ? undefined : { selected, ...linesOf(scene, selected) };
	}, [scene, selected]);
	const { stage, canvas, map, layer, view, near, sizeOf, redraw, moveTo } = useDrawing(scene, focus, lit);

	const show = useCallback(
		(card: number) => moveTo(centredOn(scene, card, Math.max(view.current.zoom, cardZoom), sizeOf())),
		[scene, view, moveTo, sizeOf],
	);
	const fit = useCallback(() => moveTo(fitted(scene, sizeOf())), [scene, moveTo, sizeOf]);
	useImperativeHandle(handle, () => ({ show, fit }), [show, fit]);
	const isSeen = (card: number) => {
		const [x = 0, y = 0] = [scene.x[card], scene.y[card]];
		return holds(seenBox(view.current, sizeOf()), { left: x, right: x, top: y, bottom: y });
	};
	const zoomBy = (factor: number) => {
		const { width, height } = sizeOf();
		moveTo(zoomedAt(view.current, factor, { x: width / 2, y: height / 2 }));
	};
	usePanZoom({
		stage,
		view,
		onMove: redraw,
		onPress: useCallback((x, y) => onSelect(cardAt(scene, x, y)), [scene, onSelect]),
	});

	const onKeyDown = (event: KeyboardEvent) => {
		const card = event.target instanceof HTMLElement ? Number(event.target.dataset.card ?? Number.NaN) : Number.NaN;
		if (event.key === "Escape") onSelect(undefined);
		const isFar = event.target === stage.current && (event.key.startsWith("Arrow") || event.key === "Enter");
		const next = isFar ? Math.max(selected, focus, 0) : neighbourOf(scene, card, event.key);
		if (next === undefined) return;
		event.preventDefault();
		onSelect(next);
		show(next);
		// The card is an element of the page only once what is near has been drawn.
		requestAnimationFrame(() =>
			requestAnimationFrame(() => stage.current?.querySelector<HTMLElement>(`[data-card="${next}"]`)?.focus()),
		);
	};
	return (
		<div
			className="lineage-stage"
			ref={stage}
			role="application"
			aria-label={t("graph.stage")}
			tabIndex={near.length === 0 ? 0 : -1}
			onKeyDown={onKeyDown}
			onFocus={({ target }) => {
				const card = Number(target.dataset.card ?? Number.NaN);
				if (!Number.isNaN(card) && target.matches(":focus-visible") && !isSeen(card)) show(card);
			}}
		>
			<canvas ref={canvas} className="lineage-canvas" />
			<div className="lineage-layer" ref={layer}>
				<Cards {...{ scene, focus, selected, near, lit, onSelect, onExpand }} />
			</div>
			<canvas ref={map} className="lineage-map" {...mapSize} />
			<ZoomButtons zoomBy={zoomBy} fit={fit} />
		</div>
	);
}

/** After something was opened or left out: of the cards that stayed, the one nearest the middle stands where it stood. */
function heldStill(before: Scene, after: Scene, view: Viewport, size: Size): Viewport {
	const { left, right, top, bottom } = seenBox(view, size);
	const apart = (card: number) =>
		Math.hypot((before.x[card] ?? 0) - (left + right) / 2, (before.y[card] ?? 0) - (top + bottom) / 2);
	const placesAfter = new Map(after.cards.map(({ id }, index) => [id, index]));
	const stayed = [...before.cards.keys()].filter((card) => placesAfter.has(before.cards[card]?.id ?? ""));
	if (stayed.length === 0) return fitted(after, size);
	const kept = stayed.reduce((best, card) => (apart(card) < apart(best) ? card : best));
	const now = placesAfter.get(before.cards[kept]?.id ?? "") ?? 0;
	const dx = (before.x[kept] ?? 0) - (after.x[now] ?? 0);
	const dy = (before.y[kept] ?? 0) - (after.y[now] ?? 0);
	return { ...view, x: view.x + dx * view.zoom, y: view.y + dy * view.zoom };
}
