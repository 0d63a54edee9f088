import { type RefObject, useEffect } from "react";
import { type Viewport, zoomedAt } from "./scene.ts";

type Options = {
	stage: RefObject<HTMLElement | null>;
	view: RefObject<Viewport>;
	onMove: () => void;
	/** A press that did not become a drag, at a point of the plane. */
	onPress: (x: number, y: number) => void;
};

type Pointer = { x: number; y: number };

/** A hand that trembles does not drag. */
const dragFrom = 4;

/** Drag to move, wheel or two fingers to zoom. Moves no React state: drawing follows `view`. */
export function usePanZoom({ stage, view, onMove, onPress }: Options): void {
	useEffect(() => {
		const element = stage.current;
		if (element === null) return;
		const pointers = new Map<number, Pointer>();
		let pressed: Pointer | undefined;
		const local = (event: PointerEvent | WheelEvent): Pointer => {
			const box = element.getBoundingClientRect();
			return { x: event.clientX - box.left, y: event.clientY - box.top };
		};
		const down = (event: PointerEvent) => {
			if (event.button !== 0 || (event.target instanceof Element && event.target.closest("[data-control]"))) return;
			pointers.set(event.pointerId, local(event));
			pressed = pointers.size === 1 ? local(event) : undefined;
		};
		const move = (event: PointerEvent) => {
			const before = pointers.get(event.pointerId);
			if (before === undefined) return;
			const now = local(event);
			if (pressed && Math.hypot(now.x - pressed.x, now.y - pressed.y) < dragFrom) return;
			pressed = undefined;
			const [other] = [...pointers].flatMap(([id, pointer]) => (id === event.pointerId ? [] : [pointer]));
			if (other) {
				const apart = (pointer: Pointer) => Math.max(1, Math.hypot(pointer.x - other.x, pointer.y - other.y));
				const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
				view.current = zoomedAt(view.current, apart(now) / apart(before), middle);
			} else {
				element.setPointerCapture(event.pointerId);
				const { x, y, zoom } = view.current;
				view.current = { x: x + now.x - before.x, y: y + now.y - before.y, zoom };
			}
			pointers.set(event.pointerId, now);
			onMove();
		};
		const up = (event: PointerEvent) => {
			pointers.delete(event.pointerId);
			if (pressed === undefined || !(event.target instanceof HTMLCanvasElement || event.target === element)) return;
			const { x, y, zoom } = view.current;
			onPress((pressed.x - x) / zoom, (pressed.y - y) / zoom);
			pressed = undefined;
		};
		const wheel = (event: WheelEvent) => {
			event.preventDefault();
			view.current = zoomedAt(view.current, 2 ** (-event.deltaY * 0.0025), local(event));
			onMove();
		};
		element.addEventListener("pointerdown", down);
		element.addEventListener("pointermove", move);
		element.addEventListener("pointerup", up);
		element.addEventListener("pointercancel", up);
		element.addEventListener("wheel", wheel, { passive: false });
		return () => {
			element.removeEventListener("pointerdown", down);
			element.removeEventListener("pointermove", move);
			element.removeEventListener("pointerup", up);
			element.removeEventListener("pointercancel", up);
			element.removeEventListener("wheel", wheel);
		};
	}, [stage, view, onMove, onPress]);
}
