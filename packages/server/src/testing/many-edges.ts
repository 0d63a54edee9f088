import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { type LineageShape, projectCount, typeNames } from "./lineage-shape.ts";

export type ManyEdges = {
	readonly shape: LineageShape;
	/** The entity in which the projects are made. */
	readonly entityId: string;
	/** Tells apart what is written into one database: eight hexadecimal digits. */
	readonly prefix: string;
};

const nodesAtOnce = 50_000;

/** The id that a node has by its number. */
export function idOfNode(prefix: string, number: number): string {
	return `${prefix}-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

/** Writes a lineage graph straight into the tables, by the ten thousand: what would take the client days. */
export async function makeManyEdges(db: Database, { shape, entityId, prefix }: ManyEdges): Promise<void> {
	const id = (part: string, number: string) =>
		sql.raw(`('${prefix}-${part}-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`);
	const node = (number: string) => id("0000", number);
	const place = (number: string) => id("0001", number);
	const [projects, types] = [projectCount, typeNames.length];
	await sql`insert into project (id, number, entity_id, name, name_key, access)
		select ${place("n")}, (select coalesce(max(number), 0) from project) + n, ${entityId}::uuid,
			${prefix} || '-' || n, ${prefix} || '-' || n, 'PRIVATE' from generate_series(1, ${projects}::int) n`.execute(db);
	await sql`update project_number set last = (select max(number) from project)`.execute(db);
	await sql`insert into artifact_type (id, project_id, name)
		select ${place("1000 + p * 10 + t")}, ${place("p")}, (${[...typeNames]}::text[])[t + 1]
		from generate_series(1, ${projects}::int) p, generate_series(0, ${types - 1}::int) t`.execute(db);
	const { collections } = shape;
	const [names, ofTypes, ofProjects] = [
		collections.map(({ name }) => name),
		collections.map(({ type }) => type),
		collections.map(({ project }) => project + 1),
	];
	await sql`insert into artifact_collection (id, project_id, type_id, kind, name, name_key, next_version_index)
		select ${place("(100000 + c.at)")}, ${place("c.project")}, ${place("1000 + c.project * 10 + c.type")}, 'SEQUENCE',
			c.name, c.name, 1 from unnest(${names}::text[], ${ofTypes}::int[], ${ofProjects}::int[])
			with ordinality c (name, type, project, at)`.execute(db);
	const sweeps = [...new Set(shape.pipelines.subarray(0, shape.nodeCount))];
	await sql`insert into sweep (id, project_id, name, state, method, config)
		select ${place("10000000 + n")}, ${place(`n % ${projects} + 1`)}, 's' || to_hex(n), 'FINISHED', 'random', ''
		from unnest(${sweeps}::int[]) n`.execute(db);
	for (let start = 0; start < shape.nodeCount; start += nodesAtOnce) {
		await writeNodes(db, shape, { start, node, place });
	}
	for (let start = 0; start < shape.edgeCount; start += nodesAtOnce)
		await writeEdges(db, shape, { start, node, place });
	await writeLinks(db, shape, { node, place, prefix });
	await sql`analyze`.execute(db);
}

type Naming = (number: string) => ReturnType<typeof sql.raw>;
type Part = { readonly start: number; readonly node: Naming; readonly place: Naming };

async function writeNodes(db: Database, shape: LineageShape, { start, node, place }: Part): Promise<void> {
	const end = Math.min(shape.nodeCount, start + nodesAtOnce);
	const all = Array.from({ length: end - start }, (_, at) => start + at);
	const of = (numbers: readonly number[], values: ArrayLike<number>) => numbers.map((number) => values[number] ?? 0);
	const runs = all.filter((number) => shape.kinds[number] === 0);
	const at = sql`timestamptz '2025-01-01' + n * interval '40 seconds'`;
	await sql`insert into run (id, project_id, name, display_name, state, job_type, group_name, sweep_id, summary_metrics, created_at)
		select ${node("n")}, ${place(`pipeline % ${projectCount} + 1`)}, 'r' || to_hex(n), 'brisk-river-' || n, 'finished',
			(${[...typeNames]}::text[])[type + 1], 'pipeline-' || pipeline,
			case when type = 5 then null else ${place("10000000 + pipeline")} end,
			jsonb_build_object('accuracy', (n % 997) / 997.0), ${at}
		from unnest(${runs}::int[], ${of(runs, shape.types)}::int[], ${of(runs, shape.pipelines)}::int[]) r (n, type, pipeline)`.execute(
		db,
	);
	const versions = all.filter((number) => shape.kinds[number] === 1);
	const [ofCollections, numbers] = [of(versions, shape.collectionOf), of(versions, shape.versionOf)];
	const rows = sql`unnest(${versions}::int[], ${ofCollections}::int[], ${numbers}::int[]) v (n, c, version)`;
	await sql`insert into artifact (id, project_id, collection_id, state, digest, created_at)
		select ${node("n")}, c.project_id, c.id, 'COMMITTED', md5(n::text), ${at}
		from ${rows} join artifact_collection c on c.id = ${place("100001 + v.c")}`.execute(db);
	await sql`insert into artifact_member (id, collection_id, artifact_id, version_index, created_at)
		select ${place("100000000 + n")}, ${place("100001 + v.c")}, ${node("n")}, version, ${at} from ${rows}`.execute(db);
	// Every tenth has an alias; the last of a collection in this part has "latest", as that of an earlier one has no more.
	await sql`insert into artifact_alias (collection_id, alias, id, member_id)
		select ${place("100001 + v.c")}, 'v-' || version, gen_random_uuid(), ${place("100000000 + n")} from ${rows}
		where version % 10 = 0`.execute(db);
	await sql`insert into artifact_alias (collection_id, alias, id, member_id)
		select distinct on (c) ${place("100001 + v.c")}, 'latest', gen_random_uuid(), ${place("100000000 + n")}
		from ${rows} order by c, version desc
		on conflict (collection_id, alias) do update set member_id = excluded.member_id`.execute(db);
}

async function writeEdges(db: Database, shape: LineageShape, { start, node, place }: Part): Promise<void> {
	const end = Math.min(shape.edgeCount, start + nodesAtOnce);
	const [from, to] = [[...shape.from.subarray(start, end)], [...shape.to.subarray(start, end)]];
	const isUse = from.map((number) => shape.kinds[number] === 1);
	const collections = from.map((number, at) => shape.collectionOf[isUse[at] ? number : (to[at] ?? 0)] ?? 0);
	await sql`insert into run_artifact (run_id, artifact_id, direction, collection_id, at)
		select case when is_use then ${node("t")} else ${node("f")} end,
			case when is_use then ${node("f")} else ${node("t")} end,
			case when is_use then 'USED' else 'PRODUCED' end, ${place("100001 + c")},
			timestamptz '2025-01-01' + greatest(f, t) * interval '40 seconds'
		from unnest(${from}::int[], ${to}::int[], ${isUse}::bool[], ${collections}::int[]) e (f, t, is_use, c)
		on conflict do nothing`.execute(db);
}

type Linking = Omit<Part, "start"> & { readonly prefix: string };

/** Links of the best into a registry `model`, the first there is: forty collections, as many as there are projects. */
async function writeLinks(db: Database, shape: LineageShape, { node, place, prefix }: Linking): Promise<void> {
	const registry = await sql<{ id: string }>`select p.id from registry g join project p on p.id = g.project_id
		where p.name = 'wandb-registry-model' limit 1`.execute(db);
	const registryId = registry.rows[0]?.id;
	await sql`insert into artifact_type (id, project_id, name) values (${place("999")}, ${registryId}::uuid, ${`model-${prefix}`})`.execute(
		db,
	);
	await sql`insert into artifact_collection (id, project_id, type_id, kind, name, name_key, next_version_index)
		select ${place("500 + n")}, ${registryId}::uuid, ${place("999")}, 'PORTFOLIO', ${prefix} || n, ${prefix} || n, 1
		from generate_series(0, ${projectCount - 1}::int) n`.execute(db);
	const links = [...new Set(shape.links)];
	for (let start = 0; start < links.length; start += nodesAtOnce) {
		const part = links.slice(start, start + nodesAtOnce);
		const rows = sql`unnest(${part}::int[], ${part.map((_, at) => start + at)}::int[]) l (n, at)`;
		await sql`insert into artifact_member (id, collection_id, artifact_id, version_index)
			select ${place("200000000 + n")}, ${place(`500 + at % ${projectCount}`)}, ${node("n")}, at from ${rows}`.execute(
			db,
		);
		await sql`insert into artifact_alias (collection_id, alias, id, member_id)
			select ${place(`500 + at % ${projectCount}`)}, 'best-' || at, gen_random_uuid(), ${place("200000000 + n")} from ${rows}`.execute(
			db,
		);
	}
}
