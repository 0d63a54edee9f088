import { drawScene } from "./draw-scene.ts";
import type { Drawing } from "./drawing.ts";
import type { Box } from "./layout/layout.ts";
import { holds, isSameSize, seenBox } from "./scene.ts";

/** So far around what is seen the canvas is painted too: it is moved for a while before it has to be painted again. */
const wideMargin = 240;
/** What is stretched by more than this looks it. */
const mostStretch = 1.5;
/** Frames and edges that close a cycle reach beyond the cards by less. */
const beyond = 40;

const looks = ["scene", "focus", "lit", "faded", "palette", "painted", "ratio", "drawCards"] as const;

function isSame(a: Drawing, b: Drawing): boolean {
	return looks.every((key) => a[key] === b[key]) && isSameSize(a.size, b.size);
}

/** A drawing of what is seen and of what lies around it. */
function widened(drawing: Drawing, around: number): Drawing {
	const { size, view } = drawing;
	return {
		...drawing,
		size: { width: size.width + 2 * around, height: size.height + 2 * around },
		shown: { left: around, right: around + size.width, top: around, bottom: around + size.height },
		view: { x: view.x + around, y: view.y + around, zoom: view.zoom },
	};
}

function holdsAll({ scene, view, size }: Drawing): boolean {
	const { left, right, top, bottom } = scene.bounds;
	const all: Box = { left: left - beyond, right: right + beyond, top: top - beyond, bottom: bottom + beyond };
	// Columns of time go on above and below.
	return scene.bands === undefined && holds(seenBox(view, size), all);
}

/** Painted aside and handed over as a picture: a canvas that can be painted on is copied for each frame that moves it. */
function paint(canvas: HTMLCanvasElement, aside: OffscreenCanvas, wide: Drawing): void {
	const { size, ratio } = wide;
	const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
	if (canvas.width !== width || canvas.height !== height) {
		for (const each of [canvas, aside]) {
			each.width = width;
			each.height = height;
		}
		canvas.style.width = `${size.width}px`;
		canvas.style.height = `${size.height}px`;
	}
	const brush = aside.getContext("2d");
	if (brush) drawScene(brush, wide);
	canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(aside.transferToImageBitmap());
}

/** Whether cards glide, so that each frame is another; the reader moves or zooms; or all rests, to be as sharp as can be. */
export type Pace = "glides" | "moves" | "rests";
export type CanvasWindow = (canvas: HTMLCanvasElement, drawing: Drawing, pace: Pace) => void;

/**
 * A canvas larger than what is seen of it. Panning moves it and zooming stretches it, which the browser does without
 * its main thread; it is painted anew where that would leave something out, and when the picture rests.
 */
export function canvasWindow(): CanvasWindow {
	let last: { drawing: Drawing; wide: Drawing; around: number; holdsAll: boolean } | undefined;
	const aside = new OffscreenCanvas(1, 1);
	return (canvas, drawing, pace) => {
		const { view, size } = drawing;
		const place = () => {
			if (last === undefined) return undefined;
			const stretch = view.zoom / last.wide.view.zoom;
			const [left, top] = [view.x - last.wide.view.x * stretch, view.y - last.wide.view.y * stretch];
			const [right, bottom] = [left + last.wide.size.width * stretch, top + last.wide.size.height * stretch];
			const isCovered = left <= 0 && top <= 0 && right >= size.width && bottom >= size.height;
			const isGood = last.around > 0 && stretch === 1;
			const isNear = pace === "rests" ? isGood : stretch < mostStretch && stretch > 1 / mostStretch;
			return isNear && (isCovered || last.holdsAll) ? { left, top, stretch } : undefined;
		};
		let to = last && isSame(last.drawing, drawing) ? place() : undefined;
		if (to === undefined) {
			const around = pace === "glides" ? 0 : wideMargin;
			const wide = widened(drawing, around);
			paint(canvas, aside, wide);
			last = { drawing, wide, around, holdsAll: holdsAll(wide) };
			to = { left: -around, top: -around, stretch: 1 };
		}
		canvas.style.transform = `translate(${to.left}px, ${to.top}px) scale(${to.stretch})`;
	};
}
