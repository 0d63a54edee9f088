import { type RawBuilder, sql } from "kysely";
import type { Way } from "../adjacency/adjacency.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { findProjectsAt, type ProjectRow } from "../project/index.ts";
import type { NodeKind } from "./lineage-rows.ts";

/** An edge with the numbers of the projects that its ends are in. */
export type EdgeRow = {
	readonly runId: string;
	readonly artifactId: string;
	readonly direction: "USED" | "PRODUCED";
	readonly runPlace: number;
	readonly artifactPlace: number;
	/** Projects that the version is linked into. */
	readonly furtherPlaces: readonly number[];
};

/** A version is in the graph from its commit on; one that another stands for is that other. */
const isNode = sql`a.state <> 'PENDING' and a.merged_into_id is null`;

/** Whom a project belongs to: an organisation with its teams, or a person. */
const ownerOf = sql`coalesce(e.organization_id, e.id)`;

const furtherPlaces = sql`array(
	select distinct p.number from artifact_member m
	join artifact_collection c on c.id = m.collection_id and c.kind = 'PORTFOLIO' and c.project_id <> a.project_id
	join project p on p.id = c.project_id where m.artifact_id = a.id)`;

/** A project that a node is in: its own, or one that it is linked into. */
export type PlaceOfNode = { readonly nodeId: string; readonly isOwn: boolean; readonly project: ProjectRow };

/** The places of a run or a version, deleted or not; a version that another stands for is found as that. */
export async function readPlacesOf(
	db: Database,
	{ kind, id }: { readonly kind: NodeKind; readonly id: string },
): Promise<PlaceOfNode[]> {
	const places =
		kind === "run"
			? sql`select r.id || ' own' as key, r.project_id from run r where r.id = ${id}`
			: sql`with found as (
					select a.id, a.project_id from artifact asked join artifact a on a.id = coalesce(asked.merged_into_id, asked.id)
					where asked.id = ${id} and a.state <> 'PENDING'
				)
				select id || ' own' as key, project_id from found
				union select found.id || ' link', c.project_id from found join artifact_member m on m.artifact_id = found.id
				join artifact_collection c on c.id = m.collection_id and c.project_id <> found.project_id`;
	return (await findProjectsAt(db, places)).map((project) => {
		const [nodeId = "", place] = project.key.split(" ");
		return { nodeId, isOwn: place === "own", project };
	});
}

/** The projects of these numbers, deleted ones too. */
export async function readProjectsByNumber(db: Database, numbers: readonly number[]): Promise<ProjectRow[]> {
	const places = sql`select number::text as key, id as project_id from project where number = any(${[...numbers]}::int[])`;
	return await findProjectsAt(db, places);
}

/** The edges of runs and versions that lead these ways. */
export async function readNear(
	db: Database,
	near: { readonly runIds: readonly string[]; readonly artifactIds: readonly string[]; readonly ways: readonly Way[] },
): Promise<EdgeRow[]> {
	const ofRuns = near.ways.map((way) => (way === "up" ? "USED" : "PRODUCED"));
	const ofVersions = near.ways.map((way) => (way === "up" ? "PRODUCED" : "USED"));
	return await readEdges(
		db,
		"lineage.near",
		sql`select * from run_artifact where run_id = any(${[...near.runIds]}::uuid[]) and direction = any(${ofRuns}::text[])
			union select * from run_artifact
			where artifact_id = any(${[...near.artifactIds]}::uuid[]) and direction = any(${ofVersions}::text[])`,
	);
}

/** What news are about: all producers of some versions, and some uses. */
export type EdgesAsked = {
	readonly producedIds: readonly string[];
	readonly uses: ReadonlyArray<{ readonly runId: string; readonly artifactId: string }>;
};

/** The edges that news are about, with the owners of both ends. */
export async function readEdgesOfNews(db: Database, asked: EdgesAsked) {
	const [runs, versions] = [asked.uses.map(({ runId }) => runId), asked.uses.map(({ artifactId }) => artifactId)];
	return await readEdges(
		db,
		"lineage.edgesOfNews",
		sql`select * from run_artifact
			where artifact_id = any(${[...asked.producedIds]}::uuid[]) and direction = 'PRODUCED'
			union select ra.* from run_artifact ra
			join unnest(${runs}::uuid[], ${versions}::uuid[]) used (run_id, artifact_id) using (run_id, artifact_id)
			where ra.direction = 'USED'`,
	);
}

async function readEdges(db: Database, name: string, edges: RawBuilder<unknown>): Promise<EdgeRow[]> {
	const query = sql<EdgeRow>`
		select ra.run_id as "runId", ra.artifact_id as "artifactId", ra.direction, rp.number as "runPlace",
			ap.number as "artifactPlace", ${furtherPlaces} as "furtherPlaces"
		from (${edges}) ra join run r on r.id = ra.run_id join project rp on rp.id = r.project_id
		join artifact a on a.id = ra.artifact_id and ${isNode} join project ap on ap.id = a.project_id
		order by ra.at, ra.run_id, ra.artifact_id`;
	return (await named(name, query).execute(db)).rows;
}

/** Numbers of projects, with their owners. */
export type PlaceOwner = { readonly place: number; readonly projectId: string; readonly owner: string };

export async function readPlacesOfOwners(db: Database, owners: readonly string[]): Promise<PlaceOwner[]> {
	return await readOwners(db, sql`${ownerOf} = any(${[...owners]}::uuid[])`);
}

export async function readOwnersOfPlaces(db: Database, places: readonly number[]): Promise<PlaceOwner[]> {
	return await readOwners(db, sql`p.number = any(${[...places]}::int[])`);
}

async function readOwners(db: Database, which: RawBuilder<unknown>): Promise<PlaceOwner[]> {
	const query = sql<PlaceOwner>`select p.number as place, p.id as "projectId", ${ownerOf} as owner
		from project p join entity e on e.id = p.entity_id where ${which}`;
	return (await named("lineage.owners", query).execute(db)).rows;
}

/** Numbers of the projects outside of those given whose runs have edges to versions in them. */
export async function readPlacesOfUsers(db: Database, projectIds: readonly string[]): Promise<number[]> {
	const ids = sql`${[...projectIds]}::uuid[]`;
	const query = sql<{ place: number }>`
		select p.number as place from project p where not (p.id = any(${ids})) and exists (
			select from run r join run_artifact ra on ra.run_id = r.id join artifact a on a.id = ra.artifact_id
			where r.project_id = p.id and a.project_id = any(${ids}))`;
	return (await named("lineage.placesOfUsers", query).execute(db)).rows.map(({ place }) => place);
}

/** Bytes of an edge in a chunk: run, version, their places, and whether it was used (1) or produced (0). */
export const edgeBytes = 41;

export type EdgeChunk = { readonly edges: Buffer; readonly lastRunId: string | null };

/** The edges of the next runs of some projects. Read as bytes: a million rows would take longer to take apart. */
export async function readEdgeChunk(
	db: Database,
	{
		projectIds,
		afterRunId,
		runs,
	}: { readonly projectIds: readonly string[]; readonly afterRunId: string; readonly runs: number },
): Promise<EdgeChunk> {
	const query = sql<{ edges: string | null; lastRunId: string | null }>`
		with part as materialized (
			select r.id, p.number from run r join project p on p.id = r.project_id
			where r.project_id = any(${[...projectIds]}::uuid[]) and r.id > ${afterRunId} order by r.id limit ${runs}
		)
		select encode(string_agg(uuid_send(part.id) || uuid_send(a.id) || int4send(part.number) || int4send(ap.number)
				|| case ra.direction when 'USED' then '\\x01'::bytea else '\\x00'::bytea end, ''), 'hex') as edges,
			(select id from part order by id desc limit 1) as "lastRunId"
		from part join run_artifact ra on ra.run_id = part.id
		join artifact a on a.id = ra.artifact_id and ${isNode} join project ap on ap.id = a.project_id`;
	const [row] = (await named("lineage.edgeChunk", query).execute(db)).rows;
	return { edges: Buffer.from(row?.edges ?? "", "hex"), lastRunId: row?.lastRunId ?? null };
}

export type FurtherPlaces = { readonly artifactId: string; readonly places: readonly number[] };

/** Where versions of some projects are linked to, elsewhere. */
export async function readLinksOfProjects(db: Database, projectIds: readonly string[]): Promise<FurtherPlaces[]> {
	const query = sql<FurtherPlaces>`
		select m.artifact_id as "artifactId", array_agg(distinct p.number) as places
		from artifact_collection c join project p on p.id = c.project_id
		join artifact_member m on m.collection_id = c.id join artifact a on a.id = m.artifact_id
		where c.kind = 'PORTFOLIO' and c.project_id <> a.project_id and a.project_id = any(${[...projectIds]}::uuid[])
		group by m.artifact_id`;
	return (await named("lineage.linksOfProjects", query).execute(db)).rows;
}

/** Where these versions are linked to, outside of their own projects. */
export async function readLinksOf(db: Database, artifactIds: readonly string[]): Promise<FurtherPlaces[]> {
	const query = sql<FurtherPlaces>`select a.id as "artifactId", ${furtherPlaces} as places
		from artifact a where a.id = any(${[...artifactIds]}::uuid[])`;
	return (await named("lineage.linksOf", query).execute(db)).rows;
}
