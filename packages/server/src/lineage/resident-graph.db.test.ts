import { beforeAll, expect, test } from "vitest";
import { createGraphShelf } from "../adjacency/graph-shelf.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { addUserToOrganization } from "../org/index.ts";
import { linkInto, linkTo, logVersion, makeRun, nodeIdOf, openWorkplace } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { makePlaces, type Places, type PlainGraph, writeEdges, writeGraph } from "../testing/random-lineage.ts";
import { loadGraph } from "./load-graph.ts";
import type { NodeAsked } from "./open-graph.ts";
import { readNeighbourhood } from "./read-neighbourhood.ts";

const { stores, at } = await openWorkplace();
let places: Places;
let colleague: MadeUser;

beforeAll(async () => {
	places = await makePlaces(stores.services);
	colleague = await makeUser(stores.services);
	const { username } = colleague.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
});

const around = { scope: "lines", group: "none", budget: 600, open: [], extra: [], isDescribed: false } as const;
const span = { hops: Number.POSITIVE_INFINITY, cap: 1_000 };

async function ask(ctx: Ctx, focus: NodeAsked) {
	return await readNeighbourhood(ctx, { ...around, focus, up: span, down: span });
}

async function inMemory(who: MadeUser, owner: string, mostBytes = 1e9): Promise<Ctx> {
	const ctx = { ...(await who.ctx()), graphs: createGraphShelf(mostBytes) };
	await loadGraph(ctx, owner);
	return ctx;
}

const focusOf = ({ nodes }: PlainGraph): NodeAsked => ({ kind: "artifact", id: nodes[0]?.id ?? "" });

test("an edge whose transaction ends after that of a later one is in the next answer", async () => {
	const { services } = stores;
	const drawn = {
		versions: [{ place: 0, link: null, isDeleted: false }],
		runs: [
			{ place: 0, isDeleted: false },
			{ place: 0, isDeleted: false },
		],
		edges: [],
	};
	const graph = await writeGraph(services, places, drawn);
	const ctx = await inMemory(places.at.ann, places.at.org.id);
	let end: () => void = () => {};
	const isToEnd = new Promise<void>((done) => {
		end = done;
	});
	let isWritten: () => void = () => {};
	const written = new Promise<void>((done) => {
		isWritten = done;
	});
	const slow = inTransaction(ctx, async (tx) => {
		await writeEdges({ ...services, db: tx.db }, graph, [{ version: 0, run: 1, isUse: true }]);
		isWritten();
		await isToEnd;
	});
	await written;
	await writeEdges(services, graph, [{ version: 0, run: 2, isUse: true }]);
	expect(await ask(ctx, focusOf(graph))).toMatchObject({ total: 2, source: "memory" });
	expect(await ask(ctx, focusOf(graph))).toMatchObject({ total: 2, source: "memory" });
	end();
	await slow;
	expect(await ask(ctx, focusOf(graph))).toMatchObject({ total: 3, source: "memory" });
});

test("an edge to another owner, who was not in the graph, is in the next answer", async () => {
	const graph = await writeGraph(stores.services, places, {
		versions: [{ place: 1, link: null, isDeleted: false }],
		runs: [{ place: 1, isDeleted: false }],
		edges: [],
	});
	const elsewhere = await makeProject(stores.services, { by: places.at.ann });
	const ctx = await inMemory(places.at.ann, places.at.org.id);
	const run = await makeRun(places.at.ann, elsewhere);
	const [, known] = graph.nodes;
	if (known === undefined) throw new Error("the graph has a run");
	graph.nodes.push({ ...known, uuid: run.id });
	await writeEdges(stores.services, graph, [{ version: 0, run: 2, isUse: true }]);
	expect(await ask(ctx, focusOf(graph))).toMatchObject({ total: 2, source: "database" });
	await loadGraph(ctx, places.at.org.id);
	expect(await ask(ctx, focusOf(graph))).toMatchObject({ total: 2, source: "memory" });
});

test("a link that is made after the graph was loaded gives the right to see, in the next answer", async () => {
	const run = await makeRun(at.ann, at.project);
	const version = await logVersion({ by: at.ann, project: at.project, collectionName: "linked-later", run });
	const ctx = await inMemory(at.ann, at.org.id);
	const theirs = { ...(await colleague.ctx()), graphs: ctx.graphs };
	const focus = { kind: "artifact", id: nodeIdOf(version) } as const;
	expect(await ask(ctx, focus)).toMatchObject({ total: 2, source: "memory" });
	await expect(ask(theirs, focus)).rejects.toMatchObject({ code: "NOT_FOUND" });
	const target = { entityName: at.org.name, projectName: "wandb-registry-dataset" };
	await linkInto(at.ann, linkTo(version, target));
	const seen = await ask(theirs, focus);
	expect(seen.nodes.map(({ kind }) => kind)).toEqual(["artifact", "hidden"]);
	expect(seen.source).toBe("memory");
});

test("a graph that does not fit is read from the database", async () => {
	const run = await makeRun(at.ann, at.project);
	const version = await logVersion({ by: at.ann, project: at.project, collectionName: "large", run });
	const ctx = await inMemory(at.ann, at.org.id, 1_000);
	expect(ctx.graphs.bytes()).toBe(0);
	const focus = { kind: "artifact", id: nodeIdOf(version) } as const;
	expect(await ask(ctx, focus)).toMatchObject({ total: 2, source: "database" });
});
