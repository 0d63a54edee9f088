import { sql } from "kysely";
import type { Services } from "../context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { findProject, type ProjectRow } from "../project/index.ts";
import { makeWorkplace } from "./artifact-factories.ts";
import { type MadeUser, makeOrg, makeProject, makeTeam, makeUser } from "./factories.ts";

/** A node of a lineage graph as plainly as it can be said. */
export type PlainNode = {
	readonly uuid: string;
	readonly id: string;
	readonly kind: "run" | "artifact";
	/** Numbers of places: its own first, then those it is linked into. */
	readonly places: number[];
	isDeleted: boolean;
};

export type PlainEdge = { readonly run: number; readonly version: number; readonly isUse: boolean };
export type PlainGraph = { readonly nodes: PlainNode[]; readonly edges: PlainEdge[] };

/** What a random graph is made of. Versions come first among the nodes; `places` are taken by their remainders. */
export type Drawn = {
	readonly versions: ReadonlyArray<{
		readonly place: number;
		readonly link: number | null;
		readonly isDeleted: boolean;
	}>;
	readonly runs: ReadonlyArray<{ readonly place: number; readonly isDeleted: boolean }>;
	readonly edges: ReadonlyArray<readonly [number, number, boolean]>;
};

/** Places of all kinds, and people who see some of them. */
export async function makePlaces(services: Services) {
	const at = await makeWorkplace(services);
	const [stranger, other] = [await makeUser(services), await makeUser(services)];
	const otherOrg = await makeOrg(services, { admin: other, members: [{ user: at.ann, role: "member" }] });
	const otherTeam = await makeTeam(services, { org: otherOrg, admin: other });
	const inTeam = { by: at.ann, entityName: at.team.name };
	const open = await makeProject(services, { ...inTeam, access: "USER_READ" });
	const gone = await makeProject(services, { ...inTeam, access: "USER_READ" });
	const foreign = await makeProject(services, { by: other, entityName: otherTeam.name });
	const address = { entityName: at.org.name, projectName: "wandb-registry-dataset" };
	const registry = await findProject(await at.ann.ctx(), address);
	if (registry === null) throw new Error("an organisation has a registry of datasets");
	await sql`update project set deleted_at = now(), name_key = null where id = ${gone.id}`.execute(services.db);
	services.actors.forgetAll();
	const places: ProjectRow[] = [at.project, open, gone, foreign, registry];
	const people: ReadonlyArray<{ who: MadeUser; sees: ReadonlySet<number> }> = [
		{ who: at.ann, sees: new Set([0, 1, 2, 4]) },
		{ who: stranger, sees: new Set([1, 2]) },
		{ who: other, sees: new Set([1, 2, 3]) },
	];
	return { at, places, people, owners: [at.org.id, otherOrg.id] };
}

export type Places = Awaited<ReturnType<typeof makePlaces>>;
const registryPlace = 4;

/** Writes a graph as it would be after everything happened. */
export async function writeGraph(services: Services, { places }: Places, drawn: Drawn): Promise<PlainGraph> {
	const { db, ids } = services;
	const homes = places.slice(0, registryPlace);
	const collections = await makeCollections(services, places);
	const versions = drawn.versions.map(({ place, link, isDeleted }): PlainNode => {
		const uuid = ids.uuid();
		const linked = link === null ? [] : [link % 2 === 0 ? registryPlace : 1];
		const own = place % homes.length;
		const all = [own, ...linked.filter((each) => each !== own)];
		return { uuid, id: toNodeId("Artifact", uuid), kind: "artifact", places: all, isDeleted };
	});
	const runs = drawn.runs.map(({ place, isDeleted }): PlainNode => {
		const uuid = ids.uuid();
		return { uuid, id: toNodeId("Run", uuid), kind: "run", places: [place % homes.length], isDeleted };
	});
	for (const [number, { uuid, places: all, isDeleted }] of versions.entries()) {
		const home = places[all[0] ?? 0];
		const collectionId = collections.sequences[all[0] ?? 0];
		await sql`insert into artifact (id, project_id, collection_id, state, digest)
			values (${uuid}, ${home?.id}, ${collectionId}, ${isDeleted ? "DELETED" : "COMMITTED"}, ${`d${number}`})`.execute(
			db,
		);
		for (const place of all) {
			const inCollection = place === all[0] ? collectionId : collections.portfolios.get(place);
			await sql`insert into artifact_member (id, collection_id, artifact_id, version_index)
				values (${ids.uuid()}, ${inCollection}, ${uuid}, ${number})`.execute(db);
		}
	}
	for (const [number, { uuid, places: all, isDeleted }] of runs.entries()) {
		await sql`insert into run (id, project_id, name, display_name, state, job_type, deleted_at)
			values (${uuid}, ${places[all[0] ?? 0]?.id}, ${ids.token(8)}, ${`run ${number}`}, 'finished', ${`job-${number % 2}`},
				${isDeleted ? new Date() : null})`.execute(db);
	}
	const graph: PlainGraph = { nodes: [...versions, ...runs], edges: [] };
	const wanted = drawn.edges.map(([version, run, isUse]) => ({
		...{ version: version % versions.length, run: versions.length + (run % runs.length), isUse },
	}));
	await writeEdges(services, graph, wanted);
	return graph;
}

async function makeCollections({ db, ids }: Services, places: readonly ProjectRow[]) {
	const sequences: string[] = [];
	const portfolios = new Map<number, string>();
	for (const [at, { id: projectId }] of places.entries()) {
		const typeId = ids.uuid();
		await sql`insert into artifact_type (id, project_id, name) values (${typeId}, ${projectId}, ${ids.token(8)})`.execute(
			db,
		);
		const make = async (kind: "SEQUENCE" | "PORTFOLIO") => {
			const [id, name] = [ids.uuid(), ids.token(10)];
			await sql`insert into artifact_collection (id, project_id, type_id, kind, name, name_key)
				values (${id}, ${projectId}, ${typeId}, ${kind}, ${name}, ${name})`.execute(db);
			return id;
		};
		sequences.push(await make("SEQUENCE"));
		if (at === registryPlace || at === 1) portfolios.set(at, await make("PORTFOLIO"));
	}
	return { sequences, portfolios };
}

/** Writes edges that are not there, and the events that tell of them; adds them to the plain graph. */
export async function writeEdges(services: Services, graph: PlainGraph, wanted: readonly PlainEdge[]): Promise<void> {
	for (const edge of wanted) {
		const isThere = graph.edges.some(
			({ run, version, isUse }) => run === edge.run && version === edge.version && isUse === edge.isUse,
		);
		if (isThere) continue;
		graph.edges.push(edge);
		const [runId, artifactId] = [graph.nodes[edge.run]?.uuid ?? "", graph.nodes[edge.version]?.uuid ?? ""];
		const payload = JSON.stringify({ runId, artifactId });
		const type = edge.isUse ? "artifact.used" : "artifact.produced-again";
		await sql`with edge as (
				insert into run_artifact (run_id, artifact_id, direction, collection_id)
				select ${runId}, id, ${edge.isUse ? "USED" : "PRODUCED"}, collection_id from artifact where id = ${artifactId}
				returning run_id)
			insert into event_outbox (id, type, payload) select ${services.ids.uuid()}, ${type}, ${payload}::jsonb from edge`.execute(
			services.db,
		);
	}
}

/** What somebody who sees some places may know of the graph, found in the dullest way. */
export type PlainView = {
	readonly may: (node: number) => boolean;
	/** Neighbours upstream or downstream, those that may not be known as -1. */
	readonly near: (node: number, way: "up" | "down") => number[];
};

export function plainView({ nodes, edges }: PlainGraph, sees: ReadonlySet<number>): PlainView {
	const may = (node: number) => nodes[node]?.places.some((place) => sees.has(place)) ?? false;
	const directed = edges.map(({ run, version, isUse }) => (isUse ? [version, run] : [run, version]));
	return {
		may,
		near: (node, way) =>
			directed.flatMap(([from = -1, to = -1]) => {
				const [here, there] = way === "down" ? [from, to] : [to, from];
				return here === node ? [may(there) ? there : -1] : [];
			}),
	};
}

/** Hops from a node to each that a walk may reach, and the stubs that it meets: as many as edges. */
export function plainWalk(view: PlainView, start: number, ways: ReadonlyArray<"up" | "down">, hops: number) {
	const distances = new Map([[start, 0]]);
	const stubs: Array<{ readonly of: number; readonly way: "up" | "down"; readonly distance: number }> = [];
	let frontier = [start];
	for (let distance = 1; distance <= hops && frontier.length > 0; distance++) {
		const next: number[] = [];
		for (const node of frontier) {
			for (const way of ways) {
				for (const near of view.near(node, way)) {
					if (near < 0) stubs.push({ of: node, way, distance });
					else if (!distances.has(near)) {
						distances.set(near, distance);
						next.push(near);
					}
				}
			}
		}
		frontier = next;
	}
	return { distances, stubs };
}
