import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import { layOut } from "../../packages/web/src/features/lineage/layout/layout.ts";
import type { Bench, Group } from "../bench-context.ts";
import { browserOptions, mainThreadMs, signIn } from "../browser.ts";
import { at, listAt } from "../json.ts";
import { type PlacedGraph, servePictures } from "../limit/picture-page.ts";
import { cpuSeconds } from "../process-tree.ts";
import { send } from "../raw-http.ts";
import type { Row } from "../row.ts";
import { apiKey, newFolder, startKeifu } from "../server-process.ts";
import { median } from "../statistics.ts";

const program = join(import.meta.dirname, "../../packages/server/src/testing/fill-lineage.ts");
const authorization = `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}`;
const mostElements = 2500;
const framesEach = 30;

/** What is asked of a graph of about so many runs and versions: CPU in ms, sizes in kB. */
type Size = {
	readonly nodes: string;
	readonly edges: number;
	readonly cpu: { readonly start: number; readonly whole: number; readonly flat: number | null };
	readonly kilobytes: { readonly start: number; readonly whole: number };
	readonly layout: number;
};

const sizes: readonly Size[] = [
	{
		nodes: "300",
		edges: 720,
		cpu: { start: 450, whole: 450, flat: null },
		kilobytes: { start: 10, whole: 10 },
		layout: 40,
	},
	{
		...{ nodes: "3,000", edges: 4_900, cpu: { start: 450, whole: 450, flat: null } },
		...{ kilobytes: { start: 15, whole: 40 }, layout: 250 },
	},
	{
		...{ nodes: "50,000", edges: 85_000, cpu: { start: 700, whole: 700, flat: 2_000 } },
		...{ kilobytes: { start: 15, whole: 150 }, layout: 1_500 },
	},
];

type Place = { readonly id: string; readonly path: string };

/** The views that are looked at: what the app's address says, and what the server is asked for it. */
const views = {
	start: { address: "", query: "" },
	whole: { address: "?scope=component", query: "?scope=component&cap=50000" },
	flat: { address: "?scope=component&group=none", query: "?scope=component&cap=50000&group=none&detail=ids" },
};
type View = keyof typeof views;

type World = {
	readonly bench: Bench;
	readonly graphs: Readonly<Record<View, PlacedGraph>>;
	/** Where the limit in the browser shows them. */
	readonly limit: string;
	readonly browserPid: number;
	readonly context: BrowserContext;
};

/** The lineage picture in a browser: sizes, elements and CPU are held to figures; times beside them are for reading. */
export const picture: Group = {
	name: "picture",
	measure: async (bench) => {
		// A server of its own: another that had its lineage in memory would not see what is written past it.
		const folder = newFolder("picture");
		const server = await startKeifu(folder);
		const launched = await chromium.launchServer(await browserOptions());
		try {
			const places = new Map<Size, Place>();
			for (const size of sizes) places.set(size, await fill(folder, bench.entity, size));
			const browser = await chromium.connect(launched.wsEndpoint());
			const context = await signIn(browser, server.url, { width: 1280, height: 800 });
			const browserPid = launched.process().pid ?? 0;
			const rows: Row[] = [];
			for (const [size, place] of places) {
				const graphOf = (view: View) => placedGraph(server.url, place, view);
				const graphs = { start: await graphOf("start"), whole: await graphOf("whole"), flat: await graphOf("flat") };
				const pictures = await servePictures(graphs);
				const world = { bench, graphs, limit: pictures.url, browserPid, context };
				rows.push(...(await measureSize(world, size, place).finally(pictures.stop)));
			}
			return rows;
		} finally {
			await launched.close();
			await server.stop();
		}
	},
};

async function fill(folder: string, entity: string, { nodes, edges }: Size): Promise<Place> {
	const prefix = nodes.replace(",", "").padStart(8, "0");
	const parameters = ["--conditions=keifu-source", program, folder, entity, prefix, `${edges}`];
	const { stdout } = await promisify(execFile)(process.execPath, parameters);
	return JSON.parse(stdout);
}

/** The graph of a view, laid out as the app does it: what the limit is told. */
async function placedGraph(url: string, { id }: Place, view: View): Promise<PlacedGraph> {
	const address = `${url}/api/lineage/artifact/${encodeURIComponent(id)}${views[view].query}`;
	const { body } = await send(address, { headers: { authorization } });
	const answer: unknown = JSON.parse(body.toString());
	const [nodes, edges] = [listAt(answer, "nodes"), listAt(answer, "edges")];
	const [from, to] = [edges.map((edge) => Number(at(edge, 0))), edges.map((edge) => Number(at(edge, 1)))];
	const { x, y } = layOut(nodes.length + listAt(answer, "groups").length, { from, to });
	const focus = nodes.findIndex((node) => at(node, "id") === at(answer, "focus"));
	return { x: [...x], y: [...y], from, to, focus: Math.max(0, focus) };
}

/** Of the layout by itself: it is exact, so that the least of three is what it takes. */
function layoutCpu({ x, from, to }: PlacedGraph): number {
	const times = Array.from({ length: 3 }, () => {
		const before = process.cpuUsage();
		layOut(x.length, { from, to });
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	});
	return Math.min(...times);
}

const row = (work: string, unit: Row["unit"], value: number, atMost: number | null): Row => ({
	...{ work: `picture of ${work}`, unit, value, beside: null },
	target: atMost === null ? null : { of: "value", atMost },
});

const beside = (limit: number, own: Row): Row => ({ ...own, beside: { what: "limit in the browser", value: limit } });

async function measureSize(world: World, size: Size, place: Place): Promise<Row[]> {
	const { nodes, cpu, kilobytes } = size;
	const [start, leastStart] = await visits(world, place, "start");
	const [whole, leastWhole] = await visits(world, place, "whole");
	const flat = cpu.flat === null ? null : await visits(world, place, "flat");
	const moved = await moves(world, `${place.path}/lineage${views.flat.address}`);
	const leastMoved = await moves(world, `${world.limit}/flat`);
	const opened = await opens(world, `${place.path}/lineage${views.whole.address}`);
	return [
		beside(leastStart.ms, row(`${nodes}: start view, a card can be clicked`, "ms", start.ms, null)),
		beside(leastStart.cpu, row(`${nodes}: start view, browser`, "CPU ms", start.cpu, cpu.start)),
		row(`${nodes}: start view, answer gz`, "kB", start.kilobytes, kilobytes.start),
		beside(leastWhole.ms, row(`${nodes}: whole in groups, painted`, "ms", whole.ms, null)),
		beside(leastWhole.cpu, row(`${nodes}: whole in groups, browser`, "CPU ms", whole.cpu, cpu.whole)),
		row(`${nodes}: whole in groups, answer gz`, "kB", whole.kilobytes, kilobytes.whole),
		...(flat === null
			? []
			: [
					beside(flat[1].ms, row(`${nodes}: each by itself, painted`, "ms", flat[0].ms, null)),
					beside(flat[1].cpu, row(`${nodes}: each by itself, browser`, "CPU ms", flat[0].cpu, cpu.flat)),
				]),
		row(`${nodes}: layout of each by itself`, "CPU ms", layoutCpu(world.graphs.flat), size.layout),
		...moved.flatMap(({ what, main, tree, longTasks }, index) => [
			beside(leastMoved[index]?.main ?? 0, row(`${nodes}: a frame of ${what}, main thread, p50`, "CPU ms", main, 4)),
			beside(leastMoved[index]?.tree ?? 0, row(`${nodes}: a frame of ${what}, browser`, "CPU ms", tree, 8)),
			row(`${nodes}: tasks of ${what} longer than 50 ms`, "elements", longTasks, null),
		]),
		row(`${nodes}: a group of ${opened.members} opened, main thread`, "CPU ms", opened.main, 150),
		row(`${nodes}: a group of ${opened.members} opened, painted`, "ms", opened.ms, null),
		row(
			`${nodes}: most elements in the page`,
			"elements",
			Math.max(start.elements, whole.elements, opened.elements),
			mostElements,
		),
	];
}

/** A median wants three. */
const roundsOf = ({ bench }: World): number => Math.max(3, bench.scale.rounds);

type Visit = { readonly ms: number; readonly cpu: number; readonly kilobytes: number; readonly elements: number };

/**
 * Goes to a view until the picture stands, in the app and at the limit in turns; medians. The first time fills the caches and
 * does not count.
 */
async function visits(world: World, place: Place, view: View): Promise<[own: Visit, limit: Visit]> {
	const [own, limit]: [Visit[], Visit[]] = [[], []];
	for (let time = 0; time <= roundsOf(world); time++) {
		own.push(await visit(world, `${place.path}/lineage${views[view].address}`));
		limit.push(await visit(world, `${world.limit}/${view}`));
	}
	return [medians(own), medians(limit)];
}

function medians(all: readonly Visit[]): Visit {
	const of = (key: keyof Visit) => median(all.slice(1).map((one) => one[key]));
	// Later answers are "not modified".
	const kilobytes = Math.max(...all.map((one) => one.kilobytes));
	return { ms: of("ms"), cpu: of("cpu"), kilobytes, elements: of("elements") };
}

/**
 * A page of a browser that rests: a new window loads the browser's own parts too, for about a second of CPU, which are
 * not the app's.
 */
async function newPage({ context, browserPid }: World): Promise<Page> {
	const page = await context.newPage();
	for (let before = cpuSeconds(browserPid), looks = 0; looks < 40; looks++) {
		await page.waitForTimeout(250);
		const now = cpuSeconds(browserPid);
		if (now - before < 0.015) break;
		before = now;
	}
	return page;
}

async function visit(world: World, path: string): Promise<Visit> {
	const { browserPid } = world;
	const page = await newPage(world);
	const answers: Promise<{ responseBodySize: number }>[] = [];
	page.on("requestfinished", (request) => {
		if (/\/api\/lineage\/(artifact|run)\//.test(request.url())) answers.push(request.sizes());
	});
	const [begin, cpu] = [performance.now(), cpuSeconds(browserPid)];
	await page.goto(path, { waitUntil: "commit" });
	await stands(page);
	const [ms, used] = [performance.now() - begin, (cpuSeconds(browserPid) - cpu) * 1000];
	const kilobytes =
		(await Promise.all(answers)).reduce((sum, { responseBodySize }) => sum + responseBodySize, 0) / 1000;
	const elements = await page.locator("*").count();
	await page.close();
	return { ms, cpu: used, kilobytes, elements };
}

/** Whether a card is there to be clicked, or, from afar, the picture is painted. */
async function stands(page: Page): Promise<void> {
	await page.locator(".lineage-card[data-focus] .lineage-hit").waitFor({ timeout: 120_000 });
	await page.locator(".lineage-counts").filter({ hasNotText: "Drawing…" }).waitFor({ timeout: 120_000 });
}

async function openWatched(world: World, path: string): Promise<{ page: Page; cdp: CDPSession }> {
	const page = await newPage(world);
	const cdp = await world.context.newCDPSession(page);
	await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
	await page.goto(path);
	await stands(page);
	await page.waitForLoadState("networkidle");
	return { page, cdp };
}

type Moves = { readonly what: string; readonly main: number; readonly tree: number; readonly longTasks: number };

/** Drags and zooms a frame at a time, near and with everything in sight. */
async function moves(world: World, path: string): Promise<Moves[]> {
	const { page, cdp } = await openWatched(world, path);
	await page.evaluate(
		'window.longTasks = 0; new PerformanceObserver((list) => { longTasks += list.getEntries().length }).observe({ type: "longtask" })',
	);
	const box = await page.locator(".lineage-stage").boundingBox();
	if (box === null) throw new Error("the picture is not in sight");
	const [x, y] = [box.x + box.width / 2, box.y + 20];
	const frame = async (what: string, move: (step: number) => Promise<void>): Promise<Moves> => {
		const main: number[] = [];
		await page.evaluate("longTasks = 0");
		const cpu = cpuSeconds(world.browserPid);
		for (let step = 0; step < framesEach; step++) {
			const before = await mainThreadMs(cdp);
			await move(step);
			await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
			main.push((await mainThreadMs(cdp)) - before);
		}
		const tree = ((cpuSeconds(world.browserPid) - cpu) * 1000) / framesEach;
		return { what, main: median(main), tree, longTasks: await page.evaluate<number>("longTasks") };
	};
	const drag = (step: number) => page.mouse.move(x + step * 7, y + step * 4);
	const zoom = (step: number) => page.mouse.wheel(0, step % 2 === 0 ? 60 : -60);
	// What the measuring itself takes of both, with nothing moving.
	const still = await frame("nothing", async () => {});
	const results: Moves[] = [];
	for (const look of ["near", "all in sight"]) {
		if (look !== "near") await page.getByRole("button", { name: "Show everything" }).last().click();
		await page.mouse.move(x, y);
		await page.mouse.down();
		results.push(await frame(`dragging, ${look}`, drag));
		await page.mouse.up();
		results.push(await frame(`zooming, ${look}`, zoom));
	}
	await page.close();
	return results.map((result) => ({
		...result,
		main: Math.max(0, result.main - still.main),
		tree: Math.max(0, result.tree - still.tree),
	}));
}

type Opening = { readonly members: number; readonly ms: number; readonly main: number; readonly elements: number };

/** Opens the group in sight whose number of members is nearest to fifty, each time in a page of its own; medians. */
async function opens(world: World, path: string): Promise<Opening> {
	const all: Opening[] = [];
	for (let time = 0; time < roundsOf(world); time++) all.push(await open(world, path));
	const of = (key: keyof Opening) => median(all.map((one) => one[key]));
	return { members: of("members"), ms: of("ms"), main: of("main"), elements: of("elements") };
}

async function open(world: World, path: string): Promise<Opening> {
	const { page, cdp } = await openWatched(world, path);
	const cards = page.locator(".lineage-card:has(.lineage-open)");
	const counts = (await cards.locator(".lineage-suffix").allTextContents()).map((text) =>
		Number(text.replace(/\D/g, "")),
	);
	const nearest = counts.reduce((best, count, index) => {
		return Math.abs(count - 50) < Math.abs((counts[best] ?? 0) - 50) ? index : best;
	}, 0);
	const before = await page.locator(".lineage-counts").textContent();
	const button = cards.nth(nearest).locator(".lineage-open");
	const [begin, main] = [performance.now(), await mainThreadMs(cdp)];
	await button.dispatchEvent("click");
	await page
		.locator(".lineage-counts")
		.filter({ hasNotText: "Drawing…" })
		.filter({ hasNotText: before ?? "" })
		.waitFor();
	const result = {
		...{ members: counts[nearest] ?? 0, ms: performance.now() - begin, main: (await mainThreadMs(cdp)) - main },
		elements: await page.locator("*").count(),
	};
	await page.close();
	return result;
}
