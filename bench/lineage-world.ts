import { Adjacency } from "../packages/server/src/adjacency/adjacency.ts";
import { attachEmbedded } from "../packages/server/src/db/open-embedded.ts";
import type { LineageShape } from "../packages/server/src/testing/lineage-shape.ts";
import { idOfNode, makeManyEdges } from "../packages/server/src/testing/many-edges.ts";
import { textAt } from "./json.ts";
import { type BareGraph, bareGraph, bareWalk } from "./limit/graph-walk.ts";
import { graphql, send } from "./raw-http.ts";
import { apiKey, type BenchServer } from "./server-process.ts";

const authorization = `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}`;

/** So that there is something of which five thousand and ten thousand others came. */
export const muchReuse = 0.95;

/** A lineage graph that is written into the database of a server. */
export type World = { readonly prefix: string; readonly shape: LineageShape; readonly bare: BareGraph };

/** The server that holds it: its address, its data folder, and whose projects they are. */
export type Home = { readonly keifu: BenchServer; readonly keifuData: string; readonly entity: string };

export function world(prefix: string, shape: LineageShape): World {
	return { prefix, shape, bare: bareGraph(shape) };
}

/** The graph as the server holds it. */
export function adjacencyOf({ nodeCount, kinds, from, to, edgeCount }: LineageShape): Adjacency {
	const graph = new Adjacency();
	for (let node = 0; node < nodeCount; node++) graph.addNode(idOfNode("0000000a", node), kinds[node] ?? 0, 1);
	graph.pack({ from: Uint32Array.from(from), to: Uint32Array.from(to), count: edgeCount });
	return graph;
}

export async function fill({ keifu, keifuData, entity }: Home, worlds: readonly World[]): Promise<void> {
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
export async function loadAll(home: Home, { prefix, shape }: World): Promise<number> {
	const begin = performance.now();
	const address = addressOf({ prefix, shape }, shape.nodeCount - 1, "?detail=ids");
	for (;;) {
		const { body } = await get(home, address);
		if (textAt(JSON.parse(body.toString()), "source") === "memory") return (performance.now() - begin) / 1000;
		if (performance.now() - begin > 3_600_000) throw new Error("the graph did not get into memory");
		await new Promise((done) => setTimeout(done, 100));
	}
}

export const get = async ({ keifu }: Pick<Home, "keifu">, address: string) =>
	await send(`${keifu.url}${address}`, { headers: { authorization } });

export function addressOf({ prefix, shape }: Pick<World, "prefix" | "shape">, node: number, rest: string): string {
	return `/api/lineage/${shape.kinds[node] === 1 ? "artifact" : "run"}/${idOfNode(prefix, node)}${rest}`;
}

/** The node from which these ways lead to nearest to so many, of many that are looked at. */
export function focusWith(
	{ shape, bare }: World,
	wanted: number,
	ways: ReadonlyArray<"up" | "down"> = ["down"],
): number {
	let best = { focus: 0, off: Number.POSITIVE_INFINITY };
	// The oldest have come furthest.
	const [oldest, others] = [300, ways.length > 1 ? 300 : 4_000];
	for (let n = 0; n < oldest + others; n++) {
		const focus = n < oldest ? n : Math.floor(((n - oldest) * shape.nodeCount) / others);
		const count = bareWalk(bare, focus, { ways, hops: Number.POSITIVE_INFINITY, cap: wanted * 3 }).length;
		const off = Math.abs(count - wanted);
		if (off < best.off) best = { focus, off };
	}
	return best.focus;
}
