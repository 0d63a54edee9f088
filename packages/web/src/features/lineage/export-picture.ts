import { saveFile } from "../../ui/save-file.ts";
import { drawCards } from "./draw-cards.ts";
import { drawScene } from "./draw-scene.ts";
import { colourOf, type Drawing, type Palette } from "./drawing.ts";
import { cardHeight, cardWidth, type Scene } from "./scene.ts";

const margin = 24;
/** Browsers refuse canvases beyond some 16,000 pixels a side. */
const mostPixels = 12_000;

function sizeOf({ bounds }: Scene) {
	return { width: bounds.right - bounds.left + 2 * margin, height: bounds.bottom - bounds.top + 2 * margin };
}

/** The whole graph as a picture of dots, as large as browsers can make it. */
export function savePng(scene: Scene, palette: Palette, name: string): void {
	const whole = sizeOf(scene);
	const zoom = Math.min(1, mostPixels / Math.max(whole.width, whole.height));
	const size = { width: whole.width * zoom, height: whole.height * zoom };
	const canvas = document.createElement("canvas");
	const ratio = zoom === 1 && Math.max(size.width, size.height) * 2 <= mostPixels ? 2 : 1;
	canvas.width = size.width * ratio;
	canvas.height = size.height * ratio;
	const brush = canvas.getContext("2d");
	if (!brush) return;
	const view = { zoom, x: (margin - scene.bounds.left) * zoom, y: (margin - scene.bounds.top) * zoom };
	const drawing: Drawing = { scene, focus: -1, view, size, ratio, palette, lit: undefined, painted: "all", drawCards };
	drawScene(brush, drawing);
	brush.globalCompositeOperation = "destination-over";
	brush.setTransform(1, 0, 0, 1, 0, 0);
	brush.fillStyle = palette.surface;
	brush.fillRect(0, 0, canvas.width, canvas.height);
	canvas.toBlob((blob) => (blob ? saveFile(blob, `${name}.png`) : undefined));
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
	return text.replace(/[&<>"]/g, (character) => escapes[character] ?? "");
}

/** The same as lines and texts, for papers and slides. */
export function makeSvg(scene: Scene, palette: Palette): string {
	const { width, height } = sizeOf(scene);
	const { bounds } = scene;
	const edges = scene.paths.map(({ points, isBack }) => {
		const [start, ...rest] = points;
		if (start === undefined) return "";
		let last = start;
		const bends = rest.map((point) => {
			const middle = (last[0] + point[0]) / 2;
			const bend = `C${middle} ${last[1]} ${middle} ${point[1]} ${point[0]} ${point[1]}`;
			last = point;
			return bend;
		});
		return `<path d="M${start[0]} ${start[1]}${bends.join("")}"${isBack ? ' stroke-dasharray="6 4"' : ""}/>`;
	});
	const cards = scene.cards.map((card, index) => {
		const left = (scene.x[index] ?? 0) - cardWidth / 2;
		const top = (scene.y[index] ?? 0) - cardHeight / 2 + 4;
		const radius = card.kind === "run" ? 26 : 8;
		const isGhost = card.kind === "hidden" || card.node?.isDeleted;
		const dashes = isGhost ? ' stroke-dasharray="6 4"' : "";
		const box = `<rect x="${left}" y="${top}" width="${cardWidth}" height="${cardHeight - 8}" rx="${radius}" fill="${palette.surface}" stroke="${colourOf(palette, card)}"${dashes}/>`;
		const line = card.node?.isDeleted ? ' text-decoration="line-through"' : "";
		const name = `<text x="${left + 16}" y="${top + 22}" font-weight="600"${line}>${escaped(card.name + card.suffix)}</text>`;
		return `${box}${name}<text x="${left + 16}" y="${top + 40}" fill="${palette.quiet}">${escaped(card.type)}</text>`;
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${bounds.left - margin} ${bounds.top - margin} ${width} ${height}">`,
		`<g fill="none" stroke="${palette.line}" stroke-width="1.4">${edges.join("")}</g>`,
		`<g font-family="sans-serif" font-size="12" fill="${palette.text}">${cards.join("")}</g></svg>`,
	].join("");
}

export function saveSvg(scene: Scene, palette: Palette, name: string): void {
	saveFile(new Blob([makeSvg(scene, palette)], { type: "image/svg+xml" }), `${name}.svg`);
}
