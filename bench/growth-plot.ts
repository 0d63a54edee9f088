import { chromium } from "playwright-core";
import { ensureChromium } from "../scripts/ensure-chromium.mjs";

/** A figure at each size; both axes go by powers of ten. */
export type Series = {
	readonly name: string;
	readonly unit: string;
	readonly points: ReadonlyArray<readonly [number, number]>;
};

const [width, height] = [1100, 640];
const frame = { left: 90, right: 330, top: 60, bottom: 70 };
const colours = ["#1f5fbf", "#c2571a", "#2a7d4f", "#7a3fb0", "#444444", "#b0234a"];

/** Draws how figures grow with the graph, as a PNG. */
export async function drawGrowth(title: string, series: readonly Series[], path: string): Promise<void> {
	const say = (text: string) => void process.stderr.write(`${text}\n`);
	const browser = await chromium.launch({ executablePath: await ensureChromium(say), args: ["--no-sandbox"] });
	try {
		const page = await browser.newPage({ viewport: { width, height } });
		await page.setContent(`<body style="margin:0">${svgOf(title, series)}</body>`);
		await page.screenshot({ path });
	} finally {
		await browser.close();
	}
}

function svgOf(title: string, series: readonly Series[]): string {
	const points = series.flatMap((each) => each.points);
	const [xs, ys] = [decadesOf(points.map(([x]) => x)), decadesOf(points.map(([, y]) => y))];
	const across = (value: number) => frame.left + scaled(value, xs) * (width - frame.left - frame.right);
	const down = (value: number) => height - frame.bottom - scaled(value, ys) * (height - frame.top - frame.bottom);
	const [right, bottom] = [width - frame.right, height - frame.bottom];
	const lines = [
		...ticks(xs).map((x) => {
			const at = across(x);
			return `<path d="M${at} ${frame.top}V${bottom}" stroke="#ddd"/>${label(at, bottom + 22, x.toLocaleString("en"), "middle")}`;
		}),
		...ticks(ys).map((y) => {
			const at = down(y);
			return `<path d="M${frame.left} ${at}H${right}" stroke="#ddd"/>${label(frame.left - 8, at + 5, y.toLocaleString("en"), "end")}`;
		}),
	];
	const curves = series.map(({ name, unit, points: own }, at) => {
		const colour = colours[at % colours.length];
		const path = own.map(([x, y], index) => `${index === 0 ? "M" : "L"}${across(x)} ${down(y)}`).join("");
		const dots = own.map(([x, y]) => `<circle cx="${across(x)}" cy="${down(y)}" r="4" fill="${colour}"/>`).join("");
		const place = frame.top + 14 + at * 26;
		const key = `<path d="M${right + 20} ${place - 5}h24" stroke="${colour}" stroke-width="3"/>`;
		return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}${key}${label(right + 52, place, `${name}, ${unit}`, "start")}`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="14">
		<rect width="100%" height="100%" fill="#fff"/>${label(frame.left, 34, title, "start")}
		${lines.join("")}${curves.join("")}${label((frame.left + right) / 2, height - 20, "edges", "middle")}</svg>`;
}

type Decades = readonly [number, number];

function decadesOf(values: readonly number[]): Decades {
	const logs = values.map((value) => Math.log10(value));
	return [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs) - 0.01)];
}

const scaled = (value: number, [first, last]: Decades) => (Math.log10(value) - first) / Math.max(1, last - first);
const ticks = ([first, last]: Decades) => Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));

function label(x: number, y: number, text: string, anchor: "start" | "middle" | "end"): string {
	const escaped = text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
	return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped}</text>`;
}
