import { Adjacency } from "../../packages/server/src/adjacency/adjacency.ts";
import { attachEmbedded } from "../../packages/server/src/db/open-embedded.ts";
import { drawDense, drawLineage, type LineageShape } from "../../packages/server/src/testing/lineage-shape.ts";
import { idOfNode, makeManyEdges } from "../../packages/server/src/testing/many-edges.ts";
import type { Bench, Group } from "../bench-context.ts";
import { textAt } from "../json.ts";
import { type BareGraph, bareGraph, bareWalk } from "../limit/graph-walk.ts";
import { graphql, send } from "../raw-http.ts";
import { limit, type Row } from "../row.ts";
import { apiKey } from "../server-process.ts";
import { median, percentile } from "../statistics.ts";

const authorization = `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}`;
const all = Number.POSITIVE_INFINITY;

type World = { readonly prefix: string; readonly shape: LineageShape; readonly bare: BareGraph };

/** The lineage graph: questions over HTTP, beside the same walks over arrays in memory with their ids as JSON. */
export const lineage: Group = {
	name: "lineage",
	measure: async (bench) => {
		const worlds = {
			main: world("0000000a", drawLineage(bench.scale.lineageEdges)),
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
		];
	},
};

function world(prefix: string, shape: LineageShape): World {
	return { prefix, shape, bare: bareGraph(shape) };
}

/** The graph as the server holds it. */
function adjacencyOf({ nodeCount, kinds, from, to, edgeCount }: LineageShape): Adjacency {
	const graph = new Adjacency();
	for (let node = 0; node < nodeCount; node++) graph.addNode(idOfNode("0000000a", node), kinds[node] ?? 0, 1);
	graph.pack({ from: Uint32Array.from(from), to: Uint32Array.from(to), count: edgeCount });
	return graph;
}

async function fill({ keifu, keifuData, entity }: Bench, worlds: readonly World[]): Promise<void> {
	const found = await graphql(keifu.url, "query ($name: String!) { entity(name: $name) { id } }", { name: entity });
	const digits =
		Buffer.from(textAt(found, "entity", "id"), "base64")
			.toString()
			.split(":")[1] ?? "0";
	const entityId = BigInt(digits)
		.toString(16)
		.padStart(32, "0")
		.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
	const database = await attachEmbedded(keifuData);
	if (database === null) throw new Error("the server's database was not found");
	try {
		for (const { prefix, shape } of worlds) {
			process.stderr.write(`  writing ${shape.edgeCount} edges…\n`);
			await makeManyEdges(database.db, { shape, entityId, prefix });
		}
	} finally {
		await database.close();
	}
}

/** Seconds until what is asked is read from memory. */
async function loadAll(bench: Bench, { prefix, shape }: World): Promise<number> {
	const begin = performance.now();
	const address = addressOf({ prefix, shape }, shape.nodeCount - 1, "?detail=ids");
	for (;;) {
		const { body } = await get(bench, address);
		if (textAt(JSON.parse(body.toString()), "source") === "memory") return (performance.now() - begin) / 1000;
		if (performance.now() - begin > 300_000) throw new Error("the graph did not get into memory");
		await new Promise((done) => setTimeout(done, 100));
	}
}

const get = async ({ keifu }: Bench, address: string) =>
	await send(`${keifu.url}${address}`, { headers: { authorization } });

function addressOf({ prefix, shape }: Pick<World, "prefix" | "shape">, node: number, rest: string): string {
	return `/api/lineage/${shape.kinds[node] === 1 ? "artifact" : "run"}/${idOfNode(prefix, node)}${rest}`;
}

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
	const largest = focusWith(part, part.shape.nodeCount, ["up", "down"]);
	const partSize = bareWalk(part.bare, largest, component).length.toLocaleString("en");
	const down = "up=0&down=all&cap=100000";
	return [
		...(await rows(bench, main, of5000, {
			...{ work: `${among}: closure of ${size(of5000)}`, rest: `?${down}&detail=ids`, walk: closure, atMost: 60 },
		})),
		...(await rows(bench, main, of5000, {
			...{
				work: `${among}: closure of ${size(of5000)}, with all names`,
				rest: `?${down}`,
				walk: closure,
				atMost: null,
			},
		})),
		...(await rows(bench, main, of10000, {
			...{ work: `${among}: impact of ${size(of10000)}`, rest: "/impact", walk: closure, atMost: 300 },
		})),
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
			...{ work: `${among}: 3 hops, cap 400`, rest: "?up=3&down=3&detail=ids", walk: hops, atMost: 2 },
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

type Asked = {
	readonly work: string;
	readonly rest: string;
	readonly walk: Parameters<typeof bareWalk>[2];
	readonly atMost: number | null;
};

async function rows(bench: Bench, { prefix, shape, bare }: World, focus: number, asked: Asked): Promise<Row[]> {
	const times: number[] = [];
	const limits: number[] = [];
	for (let round = 0; round < 4 * bench.scale.rounds + 1; round++) {
		times.push(await time(() => get(bench, addressOf({ prefix, shape }, focus, asked.rest))));
		limits.push(
			await time(async () => JSON.stringify(bareWalk(bare, focus, asked.walk).map((node) => idOfNode(prefix, node)))),
		);
	}
	const target = asked.atMost === null ? null : ({ of: "value", atMost: asked.atMost } as const);
	return [{ work: `${asked.work}, p50`, unit: "ms", value: median(times), beside: limit(median(limits)), target }];
}

/** The node from which these ways lead to nearest to so many, of many that are looked at. */
function focusWith({ shape, bare }: World, wanted: number, ways: ReadonlyArray<"up" | "down"> = ["down"]): number {
	let best = { focus: 0, off: all };
	// The oldest have come furthest.
	for (let n = 0; n < 600; n++) {
		const focus = n < 300 ? n : Math.floor(((n - 300) * shape.nodeCount) / 300);
		const count = bareWalk(bare, focus, { ways, hops: all, cap: wanted * 3 }).length;
		const off = Math.abs(count - wanted);
		if (off < best.off) best = { focus, off };
	}
	return best.focus;
}

async function time(work: () => Promise<unknown>): Promise<number> {
	const begin = performance.now();
	await work();
	return performance.now() - begin;
}
