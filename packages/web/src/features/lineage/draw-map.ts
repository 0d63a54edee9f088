import { type Brush, colourOf, type Drawing, isLit, mapSize } from "./drawing.ts";
import { cardHeight, cardWidth, type Scene, type Size, seenBox } from "./scene.ts";

const mostMapped = 4_000;

/** Where a point of the plane stands on the map: all of it in small. */
function mapPlace({ bounds }: Scene, map: Size) {
	const { left, right, top, bottom } = bounds;
	const scale = Math.min((map.width - 8) / (right - left), (map.height - 8) / (bottom - top));
	return {
		scale,
		left: (map.width - (right - left) * scale) / 2 - left * scale,
		top: (map.height - (bottom - top) * scale) / 2 - top * scale,
	};
}

/** The whole in small, which stays the same while one moves about. */
function drawMap({ scene, palette, lit, faded }: Drawing, map: Size): HTMLCanvasElement {
	const canvas = document.createElement("canvas");
	canvas.width = map.width;
	canvas.height = map.height;
	const brush = canvas.getContext("2d");
	if (!brush) return canvas;
	const { scale, left, top } = mapPlace(scene, map);
	const step = Math.max(1, Math.floor(scene.cards.length / mostMapped));
	for (let index = 0; index < scene.cards.length; index += step) {
		const card = scene.cards[index];
		if (card === undefined) continue;
		brush.globalAlpha = isLit({ lit }, index) && !faded?.has(index) ? 0.9 : 0.25;
		brush.fillStyle = colourOf(palette, card);
		const [x = 0, y = 0] = [scene.x[index], scene.y[index]];
		const [width, height] = [Math.max(1.5, cardWidth * scale), Math.max(1.2, cardHeight * scale)];
		brush.fillRect(x * scale + left - width / 2, y * scale + top - height / 2, width, height);
	}
	return canvas;
}

/** Around what is seen, on whole pixels: left, top, width, height. */
function frameOf({ scene, view, size }: Drawing, map: Size): [number, number, number, number] {
	const { scale, left, top } = mapPlace(scene, map);
	const seen = seenBox(view, size);
	const within = (place: number, most: number) => Math.min(most - 1, Math.max(1, Math.round(place)));
	const [x, y] = [within(seen.left * scale + left, map.width), within(seen.top * scale + top, map.height)];
	const end = { x: within(seen.right * scale + left, map.width), y: within(seen.bottom * scale + top, map.height) };
	return [x, y, end.x - x, end.y - y];
}

export type MapPainter = (brush: Brush, drawing: Drawing) => void;

/** Paints the map with a frame around what is seen: the map only when it is another one, nothing when nothing moved. */
export function mapPainter(): MapPainter {
	let known: { drawing: Drawing; map: HTMLCanvasElement; frame: string } | undefined;
	return (brush, drawing) => {
		const before = known?.drawing;
		const isSame = (["scene", "lit", "faded", "palette"] as const).every((key) => before?.[key] === drawing[key]);
		const map = known && isSame ? known.map : drawMap(drawing, mapSize);
		const place = frameOf(drawing, mapSize);
		const frame = place.join();
		if (known?.map === map && known.frame === frame) return;
		known = { drawing, map, frame };
		brush.clearRect(0, 0, mapSize.width, mapSize.height);
		brush.drawImage(map, 0, 0);
		brush.strokeStyle = drawing.palette.above;
		brush.lineWidth = 1.5;
		brush.strokeRect(...place);
	};
}
