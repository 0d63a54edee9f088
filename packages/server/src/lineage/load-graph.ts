import { setTimeout as sleep } from "node:timers/promises";
import { Adjacency } from "../adjacency/adjacency.ts";
import type { GraphShelf, ResidentGraph } from "../adjacency/graph-shelf.ts";
import type { Ctx } from "../context.ts";
import {
	edgeBytes,
	type PlaceOwner,
	readEdgeChunk,
	readLinksOfProjects,
	readOwnersOfPlaces,
	readPlacesOfOwners,
	readPlacesOfUsers,
} from "./graph-reader.ts";
import { artifactKind, runKind } from "./lineage-rows.ts";
import { readOutboxEnd } from "./news-reader.ts";

type Loading = Pick<Ctx, "db" | "clock" | "log" | "ids"> & { readonly graphs: GraphShelf };

const runsAtOnce = 20_000;
const firstId = "00000000-0000-0000-0000-000000000000";
const looksForTheEnd = 250;

/**
 * Brings the graph of an owner into memory: his edges and those of all owners with whom edges connect him. What was not
 * over when it began is waited for, so that the outbox past `position` tells of all that is not in it.
 */
export async function loadGraph(ctx: Loading, owner: string): Promise<void> {
	const now = ctx.clock();
	if (ctx.graphs.isRefused(owner, now)) return;
	const position = await settledPosition(ctx);
	if (position === null) return;
	const graph = new Adjacency();
	const edges = createEdgeList();
	const owners = new Set<string>();
	const places = new Set<number>();
	const projectIds: string[] = [];
	let next: readonly PlaceOwner[] = await readPlacesOfOwners(ctx.db, [owner]);
	owners.add(owner);
	while (next.length > 0) {
		const ids = next.map(({ projectId }) => projectId);
		projectIds.push(...ids);
		for (const { place } of next) places.add(place);
		const met = await readEdgesInto({ ...ctx, graph, edges }, ids);
		if (met === null) return ctx.graphs.refuse(owner, now);
		for (const place of await readPlacesOfUsers(ctx.db, ids)) met.add(place);
		const unknown = await readOwnersOfPlaces(
			ctx.db,
			[...met].filter((place) => !places.has(place)),
		);
		const newOwners = [...new Set(unknown.map((each) => each.owner))].filter((each) => !owners.has(each));
		for (const each of newOwners) owners.add(each);
		next = newOwners.length === 0 ? [] : await readPlacesOfOwners(ctx.db, newOwners);
	}
	graph.pack(edges.taken());
	if (graph.bytes > ctx.graphs.mostBytes) return ctx.graphs.refuse(owner, now);
	const upToDate = { position, missing: new Map(), working: Promise.resolve(), waiting: null };
	const resident = { id: ctx.ids.uuid(), graph, owners, places, ...upToDate };
	await readLinksInto(ctx, resident, projectIds);
	ctx.graphs.put(resident, ctx.clock());
	const { nodeCount, edgeCount, bytes } = graph;
	ctx.log.info({ nodes: nodeCount, edges: edgeCount, bytes }, "lineage graph in memory");
}

/** The end of the outbox, once all is over that might still write before it; null where that takes long. */
async function settledPosition({ db, graphs }: Loading): Promise<number | null> {
	const { position, next } = await readOutboxEnd(db);
	for (let look = 0; look < looksForTheEnd; look++) {
		if ((await readOutboxEnd(db)).over >= next) return position;
		await sleep(20, undefined, { signal: graphs.signal });
	}
	return null;
}

/** All edges of the runs of some projects; the places met on the way, or null where there are too many edges. */
async function readEdgesInto(
	{ db, graphs, graph, edges }: Loading & { readonly graph: Adjacency; readonly edges: EdgeList },
	projectIds: readonly string[],
): Promise<Set<number> | null> {
	const met = new Set<number>();
	let afterRunId: string | null = firstId;
	while (afterRunId !== null) {
		graphs.signal.throwIfAborted();
		const chunk = await readEdgeChunk(db, { projectIds, afterRunId, runs: runsAtOnce });
		for (let at = 0; at + edgeBytes <= chunk.edges.length; at += edgeBytes) {
			const [runPlace, artifactPlace] = [chunk.edges.readInt32BE(at + 32), chunk.edges.readInt32BE(at + 36)];
			const run = graph.addNodeOfBytes(chunk.edges, at, { kind: runKind, place: runPlace });
			const artifact = graph.addNodeOfBytes(chunk.edges, at + 16, { kind: artifactKind, place: artifactPlace });
			met.add(runPlace).add(artifactPlace);
			if (chunk.edges[at + 40] === 1) edges.add(artifact, run);
			else edges.add(run, artifact);
		}
		// Packed, an edge takes eight bytes and a node at each end its share of the starts.
		if (graph.bytes + edges.count() * 8 + graph.nodeCount * 8 > graphs.mostBytes) return null;
		afterRunId = chunk.lastRunId;
	}
	return met;
}

/** Reads anew where versions are linked to. */
export async function readLinksInto(
	{ db }: Pick<Ctx, "db">,
	{ graph, places }: Pick<ResidentGraph, "graph" | "places">,
	projectIds: readonly string[],
): Promise<void> {
	const links = await readLinksOfProjects(db, projectIds);
	graph.clearFurtherPlaces();
	for (const link of links) {
		const node = graph.ids.find(link.artifactId);
		if (node < 0) continue;
		graph.setFurtherPlaces(node, link.places);
		for (const place of link.places) places.add(place);
	}
}

type EdgeList = ReturnType<typeof createEdgeList>;

function createEdgeList() {
	let from = new Uint32Array(1024);
	let to = new Uint32Array(1024);
	let count = 0;
	return {
		count: () => count,
		add(start: number, end: number) {
			if (count === from.length) {
				from = grown(from);
				to = grown(to);
			}
			from[count] = start;
			to[count] = end;
			count += 1;
		},
		taken: () => ({ from, to, count }),
	};
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
	const larger = new Uint32Array(array.length * 2);
	larger.set(array);
	return larger;
}
