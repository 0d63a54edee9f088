import { drawDense, drawLineage } from "../../packages/server/src/testing/lineage-shape.ts";
import { idOfNode } from "../../packages/server/src/testing/many-edges.ts";
import type { Bench, Group } from "../bench-context.ts";
import { bareWalk } from "../limit/graph-walk.ts";
import {
	addressOf,
	adjacencyOf,
	fill,
	focusWith,
	get,
	loadAll,
	muchReuse,
	type World,
	world,
} from "../lineage-world.ts";
import { type Asked as Asking, askMlMetadata } from "../peers/ml-metadata.ts";
import { limit, type Row } from "../row.ts";
import { median, percentile } from "../statistics.ts";

const all = Number.POSITIVE_INFINITY;

/** The lineage graph: questions over HTTP, beside the same walks over arrays in memory with their ids as JSON. */
export const lineage: Group = {
	name: "lineage",
	measure: async (bench) => {
		const worlds = {
			main: world("0000000a", drawLineage(bench.scale.lineageEdges, 7, muchReuse)),
			part: world("0000000b", drawLineage(Math.round(Math.min(165_000, bench.scale.lineageEdges / 4)), 11)),
			dense: world("0000000c", drawDense(10_000)),
		};
		await fill(bench, Object.values(worlds));
		const loadedAfter = await loadAll(bench, worlds.dense);
		const memory = Object.values(worlds).reduce((sum, { shape }) => sum + adjacencyOf(shape).bytes, 0) / 1e6;
		const edges = worlds.main.shape.edgeCount;
		const among = `lineage, ${edges.toLocaleString("en")} edges`;
		return [
			{ work: `${among}: in memory after`, unit: "s", value: loadedAfter, beside: null, target: null },
			{ work: `${among}: memory for it`, unit: "MB", value: memory, beside: null, target: null },
			...(await neighbourhoods(bench, worlds.main, among)),
			...(await closures(bench, worlds, among)),
			...(await denseRows(bench, worlds.dense)),
			...(await peerRows(bench, worlds.dense)),
		];
	},
};

async function neighbourhoods(bench: Bench, { prefix, shape, bare }: World, among: string): Promise<Row[]> {
	const foci = Array.from({ length: 200 }, (_, n) => Math.floor(((n + 0.5) * shape.nodeCount) / 200));
	const times: number[] = [];
	const limits: number[] = [];
	for (const focus of foci) {
		times.push(await time(() => get(bench, addressOf({ prefix, shape }, focus, "?up=4&down=3&cap=400"))));
		limits.push(
			await time(async () => {
				const above = bareWalk(bare, focus, { ways: ["up"], hops: 4, cap: 400 });
				const below = bareWalk(bare, focus, { ways: ["down"], hops: 3, cap: 400 });
				return JSON.stringify([above, below].flat().map((node) => idOfNode(prefix, node)));
			}),
		);
	}
	const work = `${among}: neighbourhood of 4 up and 3 down, cap 400`;
	const target = { of: "value", atMost: 50 } as const;
	return [
		{ work: `${work}, p50`, unit: "ms", value: median(times), beside: limit(median(limits)), target: null },
		{
			work: `${work}, p95`,
			unit: "ms",
			value: percentile(times, 0.95),
			beside: limit(percentile(limits, 0.95)),
			target,
		},
	];
}

type Worlds = { readonly main: World; readonly part: World };

async function closures(bench: Bench, { main, part }: Worlds, among: string): Promise<Row[]> {
	const closure = { ways: ["down"], hops: all, cap: all } as const;
	const of5000 = focusWith(main, 5_000);
	const of10000 = focusWith(main, 10_000);
	const component = { ways: ["up", "down"], hops: all, cap: all } as const;
	const size = (node: number) => bareWalk(main.bare, node, closure).length.toLocaleString("en");
	const [closureOf, impactOf] = [`${among}: closure of ${size(of5000)}`, `${among}: impact of ${size(of10000)}`];
	const largest = focusWith(part, part.shape.nodeCount, ["up", "down"]);
	const partSize = bareWalk(part.bare, largest, component).length.toLocaleString("en");
	const down = "up=0&down=all&cap=100000";
	return [
		...(await rows(bench, main, of5000, {
			...{ work: closureOf, rest: `?${down}&detail=ids`, walk: closure, atMost: 60 },
		})),
		...(await rows(bench, main, of5000, {
			...{ work: `${closureOf}, with all names`, rest: `?${down}`, walk: closure, atMost: null },
		})),
		...(await rows(bench, main, of10000, { work: impactOf, rest: "/impact", walk: closure, atMost: 300 })),
		...(await rows(bench, part, largest, {
			work: `${among}: component of ${partSize}`,
			...{ rest: "?scope=component&cap=100000&detail=ids", walk: component, atMost: 800 },
		})),
	];
}

async function denseRows(bench: Bench, dense: World): Promise<Row[]> {
	const among = "lineage, 10,000 nodes and 30,000 edges";
	const middle = Math.floor(dense.shape.nodeCount / 2);
	const hops = { ways: ["up", "down"], hops: 3, cap: 400 } as const;
	const component = { ways: ["up", "down"], hops: all, cap: all } as const;
	return [
		...(await rows(bench, dense, middle, {
			...{ work: `${among}: 3 hops, cap 400`, rest: "?up=3&down=3&detail=ids", walk: hops, atMost: 2, rounds: 200 },
		})),
		...(await rows(bench, dense, middle, {
			work: `${among}: all`,
			...{ rest: "?scope=component&cap=100000&detail=ids", walk: component, atMost: 25 },
		})),
		...(await rows(bench, dense, middle, {
			work: `${among}: all, with all names`,
			...{ rest: "?scope=component&cap=100000", walk: component, atMost: null },
		})),
	];
}

/** The same graph and the same questions, with all names, in ML Metadata. */
async function peerRows(bench: Bench, dense: World): Promise<Row[]> {
	const among = "lineage, 10,000 nodes and 30,000 edges, beside ML Metadata";
	const bounds = { walk: { ways: ["up", "down"], hops: 0, cap: 0 }, atMost: null, rounds: 10 } as const;
	const middle = dense.shape.kinds.indexOf(1, Math.floor(dense.shape.nodeCount / 2));
	const row = async (what: string, rest: string, { milliseconds, nodes }: Asking): Promise<Row[]> => {
		const work = `${among}: ${what}, of ${nodes.toLocaleString("en")} nodes there`;
		const beside = { what: "ML Metadata", value: milliseconds } as const;
		const target = { of: "ratio", atMost: 1 } as const;
		return (await rows(bench, dense, middle, { ...bounds, work, rest })).map((own) => ({ ...own, beside, target }));
	};
	let peer: Awaited<ReturnType<typeof askMlMetadata>>;
	try {
		peer = await askMlMetadata(dense.shape, middle, 5);
	} catch (error) {
		const note = `ML Metadata did not run: ${error instanceof Error ? error.message : String(error)}`;
		return [{ work: among, unit: "ms", value: null, beside: null, target: null, note: note.slice(0, 200) }];
	}
	return [
		...(await row("3 hops", "?up=3&down=3&cap=100000", peer.three)),
		...(await row("all", "?scope=component&cap=100000", peer.all)),
	];
}

type Asked = {
	readonly work: string;
	readonly rest: string;
	readonly walk: Parameters<typeof bareWalk>[2];
	readonly atMost: number | null;
	/** Of what is over in a moment more are asked: the first are slow, as nothing is warm. */
	readonly rounds?: number;
};

async function rows(bench: Bench, { prefix, shape, bare }: World, focus: number, asked: Asked): Promise<Row[]> {
	const times: number[] = [];
	const limits: number[] = [];
	for (let round = 0; round < (asked.rounds ?? 4 * bench.scale.rounds + 1); round++) {
		times.push(await time(() => get(bench, addressOf({ prefix, shape }, focus, asked.rest))));
		limits.push(
			await time(async () => JSON.stringify(bareWalk(bare, focus, asked.walk).map((node) => idOfNode(prefix, node)))),
		);
	}
	const target = asked.atMost === null ? null : ({ of: "value", atMost: asked.atMost } as const);
	return [{ work: `${asked.work}, p50`, unit: "ms", value: median(times), beside: limit(median(limits)), target }];
}

async function time(work: () => Promise<unknown>): Promise<number> {
	const begin = performance.now();
	await work();
	return performance.now() - begin;
}
