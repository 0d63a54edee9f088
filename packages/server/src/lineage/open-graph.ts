import { projectRole } from "../access/project-role.ts";
import { Adjacency } from "../adjacency/adjacency.ts";
import type { ResidentGraph } from "../adjacency/graph-shelf.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { parseNodeId } from "../graphql/node-id.ts";
import type { ProjectRow } from "../project/index.ts";
import { catchUp } from "./catch-up.ts";
import { type PlaceOfNode, readNear, readPlacesOf, readProjectsByNumber } from "./graph-reader.ts";
import { artifactKind, type NodeKind, runKind } from "./lineage-rows.ts";
import { loadGraph } from "./load-graph.ts";
import type { Need, Steps, View } from "./walk-rules.ts";

/** A node as a caller names it: by kind, and by the id on the wire or the UUID in it. */
export type NodeAsked = { readonly kind: NodeKind; readonly id: string };

/** The graph as the actor may see it, exact up to the moment at which it was opened. */
export type OpenGraph = View & {
	/** Whether the actor may see the project of this number. */
	sees(place: number): boolean;
	/** Nodes asked for, in that order. */
	readonly foci: readonly number[];
	/** Takes steps over the graph, reading before each what is not there yet. */
	run<T>(steps: Steps<T>): Promise<T>;
	/** Nodes and stubs up to which a walk counts what it does not show. */
	readonly mostMet: number;
	/** Where it was read. */
	readonly source: "memory" | "database";
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** What is read from the database at once and what for, before a walk is broken off. */
const mostMetInDatabase = 20_000;

type Focus = { readonly kind: NodeKind; readonly id: string; readonly places: readonly PlaceOfNode[] };

/** Opens the graph that nodes are in. NOT_FOUND where one is not, or the actor may not know of it. */
export async function openGraph(
	ctx: Ctx,
	asked: readonly NodeAsked[],
	{ isWhole = false }: { readonly isWhole?: boolean } = {},
): Promise<OpenGraph> {
	// Most likely it is the graph asked for last. Brought up to date meanwhile, whatever there is of what is asked: how many
	// queries there are tells nobody whether a node exists.
	const likely = ctx.graphs.latest();
	const isLikelyCurrent = likely === undefined ? Promise.resolve(false) : catchUp(ctx, likely);
	isLikelyCurrent.catch(() => false);
	const foci: Focus[] = [];
	try {
		for (const node of asked) foci.push(await requireFocus(ctx, node));
	} catch (error) {
		// What was begun for this question ends with it.
		await isLikelyCurrent.catch(() => false);
		throw error;
	}
	const [first] = foci;
	if (first === undefined) throw new Error("a graph is opened for some node");
	const resident = await findResident(ctx, foci.map(ownerOf), { likely, isLikelyCurrent });
	if (resident !== undefined) return await viewResident(ctx, resident, foci);
	// The next question finds it in memory; this one does not wait.
	const loading = ctx.graphs.load(ownerOf(first), async () => await loadGraph(ctx, ownerOf(first)));
	loading.catch((err) => ctx.log.warn({ err }, "the lineage graph could not be loaded"));
	return viewFragment(ctx, foci, isWhole ? Number.POSITIVE_INFINITY : mostMetInDatabase);
}

type Likely = { readonly likely: ResidentGraph | undefined; readonly isLikelyCurrent: Promise<boolean> };

async function requireFocus(ctx: Ctx, { kind, id: text }: NodeAsked): Promise<Focus> {
	const id = uuid.test(text) ? text : parseNodeId(kind === "run" ? "Run" : "Artifact", text);
	const places = id === null ? [] : await readPlacesOf(ctx.db, { kind, id });
	const [seen] = places.filter(({ project }) => projectRole(ctx.actor, project) !== "none");
	if (seen !== undefined) return { kind, id: seen.nodeId, places };
	const what = kind === "run" ? "run" : "artifact version";
	throw new DomainError("NOT_FOUND", `no ${what} has this id: it never was, or is in a project you may not see`);
}

/** The graph in memory that all of these owners are in, up to date. */
async function findResident(
	ctx: Ctx,
	owners: readonly string[],
	{ likely, isLikelyCurrent }: Likely,
): Promise<ResidentGraph | undefined> {
	const [first = ""] = owners;
	const resident = ctx.graphs.find(first, ctx.clock());
	if (resident === undefined) return undefined;
	const isCurrent = await (resident === likely ? isLikelyCurrent : catchUp(ctx, resident));
	const isTooLarge = resident.graph.bytes > ctx.graphs.mostBytes;
	if (isTooLarge) ctx.graphs.refuse(first, ctx.clock());
	if (!isCurrent || isTooLarge) ctx.graphs.drop(resident);
	// Of nodes in graphs that nothing connects, each answer is that of a graph with both.
	return isCurrent && owners.every((owner) => resident.owners.has(owner)) ? resident : undefined;
}

/** Whom its own project belongs to. */
function ownerOf({ places }: Focus): string {
	const home = places.find(({ isOwn }) => isOwn)?.project;
	return home?.organizationId ?? home?.entityId ?? "";
}

function addFocus(graph: Adjacency, { kind, id, places }: Focus): number {
	const known = graph.ids.find(id);
	if (known >= 0) return known;
	const numbers = (own: boolean) => places.flatMap(({ isOwn, project }) => (isOwn === own ? [project.number] : []));
	const node = graph.addNode(id, kind === "run" ? runKind : artifactKind, numbers(true)[0] ?? 0);
	graph.setFurtherPlaces(node, numbers(false));
	return node;
}

async function viewResident(ctx: Ctx, resident: ResidentGraph, foci: readonly Focus[]): Promise<OpenGraph> {
	const { graph, places } = resident;
	const nodes = foci.map((focus) => addFocus(graph, focus));
	for (const { project } of foci.flatMap((focus) => focus.places)) places.add(project.number);
	const numbers = [...places];
	const lookUp = async () => await seenOf(ctx, numbers);
	// Forgotten at each change of rights; numbers only come to be more.
	const key = JSON.stringify(["lineage", resident.id, numbers.length]);
	const seen = (await ctx.actors.recall(ctx.actor, key, ctx.clock(), lookUp)) ?? new Uint8Array();
	return {
		...viewOf(graph, (place) => seen[place] === 1),
		foci: nodes,
		mostMet: Number.POSITIVE_INFINITY,
		source: "memory",
		async run(steps) {
			for (;;) {
				const step = steps.next();
				if (step.done) return step.value;
			}
		},
	};
}

/** By number: 1 where the actor may see the project. */
async function seenOf(ctx: Ctx, numbers: readonly number[]): Promise<Uint8Array> {
	const projects = await readProjectsByNumber(ctx.db, numbers);
	const seen = new Uint8Array(projects.reduce((most, { number }) => Math.max(most, number + 1), 0));
	for (const project of projects) if (projectRole(ctx.actor, project) !== "none") seen[project.number] = 1;
	return seen;
}

function viewOf(graph: Adjacency, sees: (place: number) => boolean) {
	const may = (node: number) => sees(graph.placeOf(node)) || (graph.furtherPlacesOf(node)?.some(sees) ?? false);
	return { graph, sees, may };
}

/** A graph that is read as far as it is walked, for one question. */
function viewFragment(ctx: Ctx, foci: readonly Focus[], mostMet: number): OpenGraph {
	const graph = new Adjacency();
	const seen = new Set<number>();
	const known = new Set<number>();
	const note = (projects: readonly ProjectRow[]) => {
		for (const project of projects) {
			known.add(project.number);
			if (projectRole(ctx.actor, project) !== "none") seen.add(project.number);
		}
	};
	const nodes = foci.map((focus) => addFocus(graph, focus));
	for (const focus of foci) note(focus.places.map(({ project }) => project));
	const read = { up: new Set<number>(), down: new Set<number>() };

	async function readOn({ nodes: wanted, ways }: Need): Promise<void> {
		const asked = wanted.filter((node) => ways.some((way) => !read[way].has(node)));
		for (const way of ways) for (const node of asked) read[way].add(node);
		const ids = (kind: number) =>
			asked.filter((node) => graph.kindOf(node) === kind).map((node) => graph.ids.idOf(node));
		const edges =
			asked.length === 0 ? [] : await readNear(ctx.db, { runIds: ids(runKind), artifactIds: ids(artifactKind), ways });
		const places = new Set(edges.flatMap((edge) => [edge.runPlace, edge.artifactPlace, ...edge.furtherPlaces]));
		// Asked also where there is nothing to ask: how many queries there are tells nothing of what is hidden.
		note(
			await readProjectsByNumber(
				ctx.db,
				[...places].filter((place) => !known.has(place)),
			),
		);
		for (const edge of edges) {
			const run = graph.addNode(edge.runId, runKind, edge.runPlace);
			const artifact = graph.addNode(edge.artifactId, artifactKind, edge.artifactPlace);
			graph.setFurtherPlaces(artifact, edge.furtherPlaces);
			if (edge.direction === "USED") graph.addEdge(artifact, run);
			else graph.addEdge(run, artifact);
		}
	}

	return {
		...viewOf(graph, (place) => seen.has(place)),
		foci: nodes,
		mostMet,
		source: "database",
		async run(steps) {
			for (;;) {
				ctx.signal.throwIfAborted();
				const step = steps.next();
				if (step.done) return step.value;
				await readOn(step.value);
			}
		},
	};
}
