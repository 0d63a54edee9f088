import { type RefObject, useEffect } from "react";
import type { Point } from "./layout/layout.ts";
import { type Viewport, zoomedAt } from "./scene.ts";

type Hands = {
	view: RefObject<Viewport>;
	onMove: () => void;
	/** A press that did not become a drag, at a point of the plane. */
	onPress: (x: number, y: number) => void;
	/** A card is carried: so far is it from where it was taken up. */
	onCarry: (card: number, offset: Point) => void;
	onDrop: () => void;
};

type Pointer = { x: number; y: number };

/** A hand that trembles does not drag. */
const dragFrom = 4;
/** A finger moves the picture; one that rests on a card first takes it up. */
const restMilliseconds = 350;

function cardUnder(target: EventTarget | null): number | undefined {
	const hit = target instanceof Element ? target.closest<HTMLElement>(".lineage-hit") : null;
	return hit === null ? undefined : Number(hit.dataset.card);
}

/** What fingers and the mouse do: one moves the picture, or the card that it took up; two move and zoom. */
function pointersOn(element: HTMLElement, { view, onMove, onPress, onCarry, onDrop }: Hands) {
	const pointers = new Map<number, Pointer>();
	let pressed: Pointer | undefined;
	let taken: { card: number; at: Pointer; isCarried: boolean } | undefined;
	let resting: ReturnType<typeof setTimeout> | undefined;
	const local = (event: MouseEvent): Pointer => {
		const box = element.getBoundingClientRect();
		return { x: event.clientX - box.left, y: event.clientY - box.top };
	};
	const letGo = () => {
		clearTimeout(resting);
		if (taken?.isCarried) onDrop();
		taken = undefined;
		delete element.dataset.carrying;
	};
	const takeUp = (card: number, at: Pointer) => {
		taken = { card, at, isCarried: false };
		element.dataset.carrying = "";
	};
	const panAndZoom = (id: number, before: Pointer, now: Pointer) => {
		const [other] = [...pointers].flatMap(([each, pointer]) => (each === id ? [] : [pointer]));
		if (other) {
			const apart = (pointer: Pointer) => Math.max(1, Math.hypot(pointer.x - other.x, pointer.y - other.y));
			const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
			view.current = zoomedAt(view.current, apart(now) / apart(before), middle);
		}
		// Of two fingers each moves the middle by half of its way.
		const share = other ? 0.5 : 1;
		const { x, y, zoom } = view.current;
		view.current = { x: x + (now.x - before.x) * share, y: y + (now.y - before.y) * share, zoom };
		onMove();
	};
	return {
		down: (event: PointerEvent) => {
			if (event.button !== 0 || (event.target instanceof Element && event.target.closest("[data-control]"))) return;
			letGo();
			const at = local(event);
			pointers.set(event.pointerId, at);
			pressed = pointers.size === 1 ? at : undefined;
			const card = pressed && cardUnder(event.target);
			if (card === undefined) return;
			if (event.pointerType === "touch") resting = setTimeout(() => takeUp(card, at), restMilliseconds);
			else takeUp(card, at);
		},
		move: (event: PointerEvent) => {
			const before = pointers.get(event.pointerId);
			if (before === undefined) return;
			const now = local(event);
			if (pressed && Math.hypot(now.x - pressed.x, now.y - pressed.y) < dragFrom) return;
			pressed = undefined;
			clearTimeout(resting);
			element.setPointerCapture(event.pointerId);
			pointers.set(event.pointerId, now);
			if (taken === undefined) return panAndZoom(event.pointerId, before, now);
			taken.isCarried = true;
			const { zoom } = view.current;
			onCarry(taken.card, [(now.x - taken.at.x) / zoom, (now.y - taken.at.y) / zoom]);
		},
		up: (event: PointerEvent) => {
			pointers.delete(event.pointerId);
			letGo();
			if (pressed === undefined || !(event.target instanceof HTMLCanvasElement || event.target === element)) return;
			const { x, y, zoom } = view.current;
			onPress((pressed.x - x) / zoom, (pressed.y - y) / zoom);
			pressed = undefined;
		},
		/** A finger that rests takes a card up; it does not want a menu. */
		menu: (event: MouseEvent) => (taken ? event.preventDefault() : undefined),
		stop: () => clearTimeout(resting),
	};
}

/** The wheel of a mouse turns in large steps; two fingers on a pad begin softly, and what they began they go on with. */
const leastStep = 50;
const pauseMilliseconds = 200;

function wheelOn(element: HTMLElement, { view, onMove }: Hands) {
	let last = Number.NEGATIVE_INFINITY;
	let isPad = false;
	return (event: WheelEvent) => {
		event.preventDefault();
		const { deltaX, deltaY, deltaMode, timeStamp } = event;
		if (timeStamp - last > pauseMilliseconds)
			isPad = deltaMode === WheelEvent.DOM_DELTA_PIXEL && (deltaX !== 0 || Math.abs(deltaY) < leastStep);
		last = timeStamp;
		const { x, y, zoom } = view.current;
		if (isPad && !event.ctrlKey && !event.metaKey) view.current = { x: x - deltaX, y: y - deltaY, zoom };
		else {
			const box = element.getBoundingClientRect();
			// Browsers tell of a pinch as of a wheel with the control key, in small steps.
			const speed = isPad || (event.ctrlKey && Math.abs(deltaY) < leastStep) ? 0.01 : 0.0025;
			const at = { x: event.clientX - box.left, y: event.clientY - box.top };
			view.current = zoomedAt(view.current, 2 ** (-deltaY * speed), at);
		}
		onMove();
	};
}

/** Drag to move, wheel or pinch to zoom, cards by hand. Moves no React state: drawing follows `view`. */
export function usePanZoom(stage: RefObject<HTMLElement | null>, hands: Hands): void {
	const { view, onMove, onPress, onCarry, onDrop } = hands;
	useEffect(() => {
		const element = stage.current;
		if (element === null) return;
		const own = { view, onMove, onPress, onCarry, onDrop };
		const pointers = pointersOn(element, own);
		const wheel = wheelOn(element, own);
		element.addEventListener("pointerdown", pointers.down);
		element.addEventListener("pointermove", pointers.move);
		element.addEventListener("pointerup", pointers.up);
		element.addEventListener("pointercancel", pointers.up);
		element.addEventListener("contextmenu", pointers.menu);
		element.addEventListener("wheel", wheel, { passive: false });
		return () => {
			pointers.stop();
			element.removeEventListener("pointerdown", pointers.down);
			element.removeEventListener("pointermove", pointers.move);
			element.removeEventListener("pointerup", pointers.up);
			element.removeEventListener("pointercancel", pointers.up);
			element.removeEventListener("contextmenu", pointers.menu);
			element.removeEventListener("wheel", wheel);
		};
	}, [stage, view, onMove, onPress, onCarry, onDrop]);
}
