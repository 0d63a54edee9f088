// What questions to the lineage graph cost as it grows: `node bench/lineage-growth.ts --edges=100000,1000000,10000000`.
// `npm run soak` runs it. Each size has a server and a database of its own; the figures and their plot go to `--out`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { drawLineage } from "../packages/server/src/testing/lineage-shape.ts";
import { drawGrowth, type Series } from "./growth-plot.ts";
import { textAt } from "./json.ts";
import {
	addressOf,
	adjacencyOf,
	fill,
	focusWith,
	get,
	type Home,
	loadAll,
	muchReuse,
	type World,
	world,
} from "./lineage-world.ts";
import { graphql } from "./raw-http.ts";
import { newFolder, startKeifu } from "./server-process.ts";
import { median, percentile } from "./statistics.ts";

const options = {
	edges: { type: "string", default: "100000,1000000,10000000" },
	out: { type: "string", default: join(import.meta.dirname, "results") },
} as const;

type Figure = { readonly p50: number; readonly p95: number; readonly cpu: number };
type Size = {
	readonly edges: number;
	readonly nodes: number;
	readonly writtenSeconds: number;
	readonly loadedSeconds: number;
	readonly graphBytes: number;
	/** How much the server and its database grew while they loaded it, what lies about as garbage included. */
	readonly grownBytes: number;
	/** Milliseconds, and those of CPU that the server and its database took. */
	readonly questions: Readonly<Record<string, Figure>>;
	readonly load: number;
};

async function main(): Promise<void> {
	const { values } = parseArgs({ options });
	const out = resolve(values.out);
	const sizes: Size[] = [];
	for (const text of values.edges.split(",")) {
		const size = await measure(Number(text));
		process.stdout.write(`${JSON.stringify(size)}\n`);
		sizes.push(size);
	}
	mkdirSync(out, { recursive: true });
	const [cpu] = cpus();
	const machine = { cpu: cpu?.model ?? "unknown", cores: cpus().length, node: process.versions.node };
	const result = { date: new Date().toISOString(), machine, sizes };
	writeFileSync(join(out, "lineage-growth.json"), `${JSON.stringify(result, null, "\t")}\n`);
	const loads = sizes.map(({ load }) => load.toFixed(1)).join(", ");
	const title = `Questions to a lineage graph as it grows (load of the machine meanwhile: ${loads})`;
	await drawGrowth(title, seriesOf(sizes), join(out, "lineage-growth.png"));
}

async function measure(edges: number): Promise<Size> {
	const folder = newFolder("growth");
	const keifu = await startKeifu(folder);
	try {
		const reply = await graphql(keifu.url, "query { viewer { entity } }");
		const home = { keifu, keifuData: folder, entity: textAt(reply, "viewer", "entity") };
		const grown = world("0000000a", drawLineage(edges, 7, muchReuse));
		const begin = performance.now();
		await fill(home, [grown]);
		const writtenSeconds = (performance.now() - begin) / 1000;
		const before = keifu.memoryBytes();
		const loadedSeconds = await loadAll(home, grown);
		const grownBytes = keifu.memoryBytes() - before;
		const { nodeCount, edgeCount } = grown.shape;
		const questions = await ask(home, grown);
		const graphBytes = adjacencyOf(grown.shape).bytes;
		const size = { edges: edgeCount, nodes: nodeCount, writtenSeconds, loadedSeconds, graphBytes, grownBytes };
		return { ...size, questions, load: loadavg()[0] ?? 0 };
	} finally {
		await keifu.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function ask(home: Home, grown: World): Promise<Record<string, Figure>> {
	const { shape } = grown;
	const across = Array.from({ length: 100 }, (_, at) => Math.floor(((at + 0.5) * shape.nodeCount) / 100));
	const few = (node: number) => Array<number>(9).fill(node);
	const [of5000, of10000] = [focusWith(grown, 5_000), focusWith(grown, 10_000)];
	return {
		"neighbourhood, cap 400": await figure(home, grown, across, "?up=4&down=3&cap=400"),
		"closure of 5,000": await figure(home, grown, few(of5000), "?up=0&down=all&cap=5000&detail=ids"),
		"impact of 10,000": await figure(home, grown, few(of10000), "/impact?first=10000"),
		"component, cap 100,000": await figure(home, grown, few(of10000), "?scope=component&cap=100000&detail=ids"),
	};
}

async function figure(home: Home, grown: World, foci: readonly number[], rest: string): Promise<Figure> {
	const times: number[] = [];
	await get(home, addressOf(grown, foci[0] ?? 0, rest));
	const cpu = home.keifu.cpuSeconds();
	for (const focus of foci) {
		const begin = performance.now();
		await get(home, addressOf(grown, focus, rest));
		times.push(performance.now() - begin);
	}
	const cpuEach = ((home.keifu.cpuSeconds() - cpu) * 1000) / foci.length;
	return { p50: median(times), p95: percentile(times, 0.95), cpu: cpuEach };
}

function seriesOf(sizes: readonly Size[]): Series[] {
	const series = (name: string, unit: string, value: (size: Size) => number): Series => ({
		...{ name, unit },
		// What is too short to be seen still has a place on a scale of powers.
		points: sizes.map((size) => [size.edges, Math.max(0.01, value(size))] as const),
	});
	const questions = Object.keys(sizes[0]?.questions ?? {});
	return [
		...questions.map((name) => series(name, "ms (p50)", (size) => size.questions[name]?.p50 ?? 0)),
		series("loading it", "s", ({ loadedSeconds }) => loadedSeconds),
		series("memory an edge", "bytes", ({ graphBytes, edges }) => graphBytes / edges),
	];
}

try {
	await main();
} finally {
	rmSync(dirname(newFolder("end")), { recursive: true, force: true });
}
