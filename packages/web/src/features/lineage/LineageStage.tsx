import { ActionIcon } from "@mantine/core";
import {
	type KeyboardEvent,
	type ReactNode,
	type Ref,
	type RefObject,
	useCallback,
	useImperativeHandle,
	useMemo,
} from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { type Lit, mapSize } from "./drawing.ts";
import { linesOf } from "./drawn-graph.ts";
import { LineageCard } from "./LineageCard.tsx";
import type { Point } from "./layout/layout.ts";
import { cardAt, cardZoom, centredOn, fitted, holds, neighbourOf, type Scene, seenBox, zoomedAt } from "./scene.ts";
import { useDrawing } from "./use-drawing.ts";
import { usePanZoom } from "./use-pan-zoom.ts";

const FrameLabels = lazyPart(async () => (await import("./FrameLabels.tsx")).FrameLabels);
const TimeColumns = lazyPart(async () => (await import("./TimeColumns.tsx")).TimeColumns);

export type StageHandle = { show: (card: number) => void; fit: () => void };

/** What can be done in the picture; cards are told by their place in the scene. */
export type StageActions = {
	onSelect: (card: number | undefined) => void;
	onExpand: (card: number) => void;
	/** Takes back what was opened or added, by the id of the card or group. */
	onFold: (id: string) => void;
	onMoved: (card: number, offset: Point) => void;
	onResetMoved: (() => void) | undefined;
};

type Props = StageActions & {
	scene: Scene;
	focus: number;
	selected: number;
	/** Cards whose neighbours were asked for. */
	extra: ReadonlySet<string>;
	faded: ReadonlySet<number> | undefined;
	anchor: RefObject<string | undefined>;
	handle: Ref<StageHandle>;
};

function ZoomButtons(props: {
	zoomBy: (factor: number) => void;
	fit: () => void;
	onResetMoved: StageActions["onResetMoved"];
}): ReactNode {
	const { zoomBy, fit, onResetMoved } = props;
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
			{onResetMoved ? (
				<ActionIcon
					variant="default"
					aria-label={t("graph.resetMoved")}
					title={t("graph.resetMoved")}
					onClick={onResetMoved}
				>
					<Icon name="undo" />
				</ActionIcon>
			) : null}
		</div>
	);
}

type CardsProps = Pick<Props, "scene" | "focus" | "selected" | "extra" | "faded" | "onExpand" | "onFold"> & {
	near: readonly number[];
	lit: Lit | undefined;
	onSelect: (card: number) => void;
};

function Cards({ scene, focus, selected, near, lit, extra, faded, ...actions }: CardsProps): ReactNode {
	const tabStop = near.includes(selected) ? selected : near.includes(focus) ? focus : near[0];
	const lineOf = (index: number) => {
		if (faded?.has(index)) return "none";
		if (lit === undefined || index === selected) return undefined;
		return lit.above.has(index) ? "above" : lit.below.has(index) ? "below" : "none";
	};
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
				isExtra={extra.has(card.id)}
				line={lineOf(index)}
				isTabStop={index === tabStop}
				{...actions}
			/>
		);
	});
}

const handStep = 24;
const ways: Readonly<Record<string, Point>> = {
	ArrowLeft: [-handStep, 0],
	ArrowRight: [handStep, 0],
	ArrowUp: [0, -handStep],
	ArrowDown: [0, handStep],
};

type Keys = StageActions & Pick<Props, "scene"> & { goTo: (card: number) => void };

/** Arrows walk, with Shift they carry the card; + opens and - takes back. */
function pressed(event: KeyboardEvent, { scene, goTo, onSelect, onExpand, onFold, onMoved }: Keys): void {
	const text = event.target instanceof HTMLElement ? event.target.dataset.card : undefined;
	if (event.key === "Escape") onSelect(undefined);
	const card = Number(text);
	const id = scene.cards[card]?.id;
	if (text === undefined || id === undefined) return;
	const way = ways[event.key];
	const next = neighbourOf(scene, card, event.key);
	if (event.shiftKey && way) onMoved(card, way);
	else if (event.key === "+") onExpand(card);
	else if (event.key === "-") onFold(id);
	else if (next !== undefined) goTo(next);
	else return;
	event.preventDefault();
}

/** The picture itself: edges on a canvas, near cards as elements, far ones painted; nothing in it moves by itself. */
export function LineageStage(props: Props): ReactNode {
	const { scene, focus, selected, extra, faded, anchor, handle, ...actions } = props;
	const { onSelect, onExpand, onFold, onMoved } = actions;
	const { t } = useTranslation();
	const lit = useMemo((): Lit | undefined => {
		return selected < 0 ? undefined : { selected, ...linesOf(scene, selected) };
	}, [scene, selected]);
	const drawing = useDrawing({ scene, focus, lit, faded, anchor });
	const { stage, canvas, map, layer, columns, view, near, sizeOf, redraw, moveTo, carry, drop, takeScroll } = drawing;

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
	usePanZoom(stage, {
		view,
		onMove: redraw,
		onPress: useCallback((x, y) => onSelect(cardAt(scene, x, y)), [scene, onSelect]),
		onCarry: carry,
		onDrop: useCallback(() => {
			const dropped = drop();
			if (dropped) onMoved(dropped.card, dropped.offset);
		}, [drop, onMoved]),
	});

	const goTo = (next: number) => {
		onSelect(next);
		show(next);
		// The card is an element of the page only once what is near has been drawn.
		requestAnimationFrame(() =>
			requestAnimationFrame(() => stage.current?.querySelector<HTMLElement>(`[data-card="${next}"]`)?.focus()),
		);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const isFar = event.target === stage.current && (event.key.startsWith("Arrow") || event.key === "Enter");
		if (!isFar) return pressed(event, { ...actions, scene, goTo });
		event.preventDefault();
		goTo(Math.max(selected, focus, 0));
	};
	return (
		<div
			className="lineage-stage"
			ref={stage}
			role="application"
			aria-label={t("graph.stage")}
			tabIndex={near.length === 0 ? 0 : -1}
			onKeyDown={onKeyDown}
			onScroll={takeScroll}
			onFocus={({ target }) => {
				const card = Number(target.dataset.card ?? Number.NaN);
				if (!Number.isNaN(card) && target.matches(":focus-visible") && !isSeen(card)) show(card);
			}}
		>
			<canvas ref={canvas} className="lineage-canvas" />
			<div className="lineage-layer" ref={layer}>
				<Cards {...{ scene, focus, selected, near, lit, extra, faded, onSelect, onExpand, onFold }} />
				{scene.surrounds.length > 0 ? <FrameLabels frames={scene.surrounds} onFold={onFold} onShown={redraw} /> : null}
			</div>
			{scene.bands ? <TimeColumns bands={scene.bands} row={columns} onShown={redraw} /> : null}
			<canvas ref={map} className="lineage-map" {...mapSize} />
			<ZoomButtons zoomBy={zoomBy} fit={fit} onResetMoved={actions.onResetMoved} />
		</div>
	);
}
