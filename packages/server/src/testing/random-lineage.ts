import fc from "fast-check";
import { sql } from "kysely";
import { createGraphShelf } from "../adjacency/graph-shelf.ts";
import type { Ctx, Services } from "../context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization } from "../org/index.ts";
import { findProject, type ProjectRow } from "../project/index.ts";
import { makeWorkplace } from "./artifact-factories.ts";
import { type MadeUser, makeOrg, makeProject, makeTeam, makeUser } from "./factories.ts";

/** Another name of a version. */
export type PlainLink = {
	readonly place: number;
	readonly project: string;
	readonly isRegistry: boolean;
	readonly collection: string;
	readonly version: number;
	readonly aliases: string[];
};

/** A node of a lineage graph as plainly as it can be said. */
export type PlainNode = {
	readonly uuid: string;
	readonly id: string;
	readonly kind: "run" | "artifact";
	/** Where it is, then where it is linked into: positions in the list of places. */
	readonly places: number[];
	/** `entity/project` of the first of them. */
	readonly project: string;
	readonly isDeleted: boolean;
	/** Job type, or type. */
	readonly type: string;
	/** Of a run the display name, of a version `collection:vN`. */
	readonly name: string;
	readonly run: string | null;
	readonly sweep: string | null;
	readonly group: string | null;
	readonly collection: string | null;
	readonly version: number | null;
	readonly createdAt: Date;
	readonly aliases: string[];
	readonly links: PlainLink[];
	/** In the summary, or in the metadata. */
	readonly metric: number | null;
};

export type PlainEdge = { readonly run: number; readonly version: number; readonly isUse: boolean };
export type PlainGraph = { readonly nodes: PlainNode[]; readonly edges: PlainEdge[] };

/** What a random graph is made of. Versions come first among the nodes; places and the like are taken by their remainders. */
export type Drawn = {
	readonly versions: readonly VersionDrawn[];
	readonly runs: readonly RunDrawn[];
	readonly edges: ReadonlyArray<readonly [number, number, boolean]>;
};
type NodeDrawn = {
	readonly place: number;
	readonly isDeleted: boolean;
	readonly created?: number;
	readonly metric?: number | null;
};
type VersionDrawn = NodeDrawn & {
	readonly link: number | null;
	readonly collection?: number;
	readonly alias?: string | null;
};
type RunDrawn = NodeDrawn & { readonly job?: number; readonly group?: number | null; readonly sweep?: number | null };

const small = fc.nat({ max: 40 });
const oneOf = (most: number) => fc.option(fc.nat({ max: most }), { freq: 2 });
const place = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 3 }));
const either = { created: fc.nat({ max: 3 }), metric: oneOf(5), isDeleted: fc.boolean() };
const version = fc.record({
	...{
		place,
		link: oneOf(3),
		collection: fc.nat({ max: 2 }),
		alias: fc.constantFrom(null, "best", "50%_\\"),
		...either,
	},
});
const run = fc.record({ place, job: fc.nat({ max: 2 }), group: oneOf(2), sweep: oneOf(1), ...either });

/** Graphs without any shape. */
export const tangled: fc.Arbitrary<Drawn> = fc.record({
	versions: fc.array(version, { minLength: 1, maxLength: 14 }),
	runs: fc.array(run, { minLength: 1, maxLength: 14 }),
	edges: fc.array(fc.tuple(small, small, fc.boolean()), { maxLength: 45 }),
});

/** Runs that took one or two of the first versions and made the later ones, of which there are enough for groups; and a tangle. */
export const piped: fc.Arbitrary<Drawn> = fc
	.record({
		inputs: fc.array(version, { minLength: 1, maxLength: 2 }),
		outputs: fc.array(version, { minLength: 6, maxLength: 22 }),
		runs: fc.array(fc.record({ run, takes: fc.nat({ max: 2 }) }), { minLength: 6, maxLength: 18 }),
		makers: fc.array(fc.oneof(fc.nat({ max: 1 }), fc.nat({ max: 17 })), { minLength: 22, maxLength: 22 }),
		// Which runs, counted from its maker, made a version, in that order.
		madeBy: fc.constantFrom([0], [0, 1], [1, 0]),
		tangle: fc.array(fc.tuple(small, small, fc.boolean()), { maxLength: 4 }),
	})
	.map(({ inputs, outputs, runs, makers, madeBy, tangle }) => ({
		versions: [...inputs, ...outputs],
		runs: runs.map((each) => each.run),
		edges: [
			...runs.flatMap(({ takes }, at) =>
				inputs.flatMap((_, input) => (takes === 2 || takes === input ? [[input, at, true] as const] : [])),
			),
			...outputs.flatMap((_, at) =>
				madeBy.map((more) => [inputs.length + at, (makers[at] ?? 0) + more, false] as const),
			),
			...tangle,
		],
	}));

/** Places of all kinds, and people who see some of them. */
export async function makePlaces(services: Services) {
	const at = await makeWorkplace(services);
	const [stranger, other, colleague] = [await makeUser(services), await makeUser(services), await makeUser(services)];
	const { username } = colleague.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
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
		// He sees by their links some versions whose runs he does not.
		{ who: colleague, sees: new Set([1, 2, 4]) },
		{ who: stranger, sees: new Set([1, 2]) },
		{ who: other, sees: new Set([1, 2, 3]) },
	];
	return { at, places, people, owners: [at.org.id, otherOrg.id] };
}

export type Places = Awaited<ReturnType<typeof makePlaces>>;
/** Where versions are linked into. */
const linkedPlaces = [[4], [1], [4, 1]] as const;
const registryPlace = 4;
export const gonePlace = 2;
const homeCount = 4;
const firstDay = Date.UTC(2026, 0, 1);

/** Writes a graph as it would be after everything happened. */
export async function writeGraph(services: Services, { places }: Places, drawn: Drawn): Promise<PlainGraph> {
	const { ids } = services;
	const projectOf = (at: number) => `${places[at]?.entityName}/${places[at]?.name}`;
	const mark = ids.token(6);
	const common = ({ place: home, isDeleted, created = 0, metric = null }: NodeDrawn) => ({
		...{ uuid: ids.uuid(), isDeleted, metric, createdAt: new Date(firstDay + created * 86_400_000) },
		...{ own: home % homeCount, project: projectOf(home % homeCount) },
	});
	const versions = drawn.versions.map(({ link, collection = 0, alias = null, ...rest }, number): PlainNode => {
		const { own, ...node } = common(rest);
		const into = link === null ? [] : (linkedPlaces[link % linkedPlaces.length] ?? []);
		const linked = {
			collection: `links-${mark}`,
			version: number,
			aliases: alias === null ? [] : [`${alias}-l${number}`],
		};
		return {
			...{ ...node, id: toNodeId("Artifact", node.uuid), kind: "artifact", version: number },
			...{ type: `type-${collection % 2}-${mark}`, name: `set-${collection}-${mark}:v${number}` },
			...{ collection: `set-${collection}-${mark}`, run: null, sweep: null, group: null },
			aliases: node.isDeleted || alias === null ? [] : [`${alias}-${number}`],
			places: [own, ...into.filter((each) => each !== own)],
			links: into.map((at) => ({ ...linked, place: at, project: projectOf(at), isRegistry: at === registryPlace })),
		};
	});
	const runs = drawn.runs.map(({ job = 0, group = null, sweep = null, ...rest }, number): PlainNode => {
		const { own, ...node } = common(rest);
		return {
			...{ ...node, id: toNodeId("Run", node.uuid), kind: "run", type: job === 2 ? "eval|again" : `job-${job}` },
			...{ name: `Run ${number}`, run: `r${number}${mark}`, places: [own], links: [], aliases: [] },
			...{ sweep: sweep === null ? null : `s${sweep}-${own}-${mark}`, group: group === null ? null : `g|${group}` },
			...{ collection: null, version: null },
		};
	});
	await insertVersions(services, places, versions);
	await insertRuns(services, places, runs);
	const graph: PlainGraph = { nodes: [...versions, ...runs], edges: [] };
	const wanted = drawn.edges.map(([versionAt, runAt, isUse]) => ({
		...{ version: versionAt % versions.length, run: versions.length + (runAt % runs.length), isUse },
	}));
	await writeEdges(services, graph, wanted);
	return graph;
}

type Row = Readonly<Record<string, unknown>>;

/** A row for each object, whose keys are columns. */
async function insertAll({ db }: Pick<Services, "db">, table: string, rows: readonly Row[]): Promise<void> {
	const [first] = rows;
	if (first === undefined) return;
	const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
	await sql`insert into ${sql.table(table)} (${columns}) select ${columns}
		from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(db);
}

/** Rows by a key, each made when it is asked for first. */
function rowsByKey() {
	const rows = new Map<string, Row & { readonly id: string }>();
	return {
		all: () => [...rows.values()],
		idOf(key: string, make: () => Row & { readonly id: string }): string {
			const row = rows.get(key) ?? make();
			rows.set(key, row);
			return row.id;
		},
	};
}

async function insertVersions(
	services: Services,
	places: readonly ProjectRow[],
	versions: readonly PlainNode[],
): Promise<void> {
	const { ids } = services;
	const [types, collections] = [rowsByKey(), rowsByKey()];
	const times = { created_at: new Date(firstDay), updated_at: new Date(firstDay) };
	const collectionOf = (at: number, name: string, { type, kind }: { readonly type: string; readonly kind: string }) => {
		const project_id = places[at]?.id;
		const type_id = types.idOf(`${at} ${type}`, () => ({
			id: ids.uuid(),
			project_id,
			name: type,
			created_at: new Date(),
		}));
		const row = { project_id, type_id, kind, name, name_key: name, next_version_index: 0, ...times };
		return collections.idOf(`${at} ${name}`, () => ({ id: ids.uuid(), ...row }));
	};
	const members: Row[] = [];
	const aliases: Row[] = [];
	const rows = versions.map((node) => {
		const created_at = node.createdAt;
		const put = (collection_id: string, held: Pick<PlainLink, "version" | "aliases">) => {
			const id = ids.uuid();
			members.push({ id, collection_id, artifact_id: node.uuid, version_index: held.version, created_at });
			for (const alias of held.aliases)
				aliases.push({ collection_id, alias, id: ids.uuid(), member_id: id, created_at });
		};
		const [home = 0] = node.places;
		const collection_id = collectionOf(home, node.collection ?? "", { type: node.type, kind: "SEQUENCE" });
		put(collection_id, { version: node.version ?? 0, aliases: node.aliases });
		for (const link of node.links) {
			put(collectionOf(link.place, link.collection, { type: `of ${link.collection}`, kind: "PORTFOLIO" }), link);
		}
		return {
			...{
				id: node.uuid,
				project_id: places[home]?.id,
				collection_id,
				digest: `d${node.version}`,
				size: 0,
				file_count: 0,
			},
			...{ state: node.isDeleted ? "DELETED" : "COMMITTED", requested_aliases: [], requested_tags: [] },
			...{ metadata: node.metric === null ? null : { loss: { low: node.metric } }, created_at, updated_at: created_at },
			digest_algorithm: "MANIFEST_MD5",
		};
	});
	await insertAll(services, "artifact_type", types.all());
	await insertAll(services, "artifact_collection", collections.all());
	await insertAll(services, "artifact", rows);
	await insertAll(services, "artifact_member", members);
	await insertAll(services, "artifact_alias", aliases);
}

async function insertRuns(
	services: Services,
	places: readonly ProjectRow[],
	runs: readonly PlainNode[],
): Promise<void> {
	const sweeps = rowsByKey();
	const rows = runs.map((run) => {
		const [project_id, created_at] = [places[run.places[0] ?? 0]?.id, run.createdAt];
		const sweep = { project_id, name: run.sweep, state: "FINISHED", method: "grid", config: "", created_at };
		const sweep_id =
			run.sweep === null
				? null
				: sweeps.idOf(run.sweep, () => ({ id: services.ids.uuid(), ...sweep, updated_at: created_at }));
		return {
			...{ id: run.uuid, project_id, name: run.run, display_name: run.name, state: "finished", job_type: run.type },
			...{ group_name: run.group, sweep_id, created_at, deleted_at: run.isDeleted ? created_at : null },
			summary_metrics: run.metric === null ? {} : { loss: { low: run.metric } },
		};
	});
	await insertAll(services, "sweep", sweeps.all());
	await insertAll(services, "run", rows);
}

/** Writes edges that are not there, and the events that tell of them; adds them to the plain graph, in the order of time. */
export async function writeEdges(
	services: Pick<Services, "db" | "ids">,
	graph: PlainGraph,
	wanted: readonly PlainEdge[],
): Promise<void> {
	const rows: Row[] = [];
	for (const edge of wanted) {
		const isThere = graph.edges.some(
			({ run, version, isUse }) => run === edge.run && version === edge.version && isUse === edge.isUse,
		);
		if (isThere) continue;
		graph.edges.push(edge);
		rows.push({
			...{ run_id: graph.nodes[edge.run]?.uuid, artifact_id: graph.nodes[edge.version]?.uuid },
			...{ direction: edge.isUse ? "USED" : "PRODUCED", event: services.ids.uuid() },
			at: new Date(firstDay + graph.edges.length),
		});
	}
	// The table keeps them in another order than that of time: nobody may count on it.
	await sql`with wanted as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				as (run_id uuid, artifact_id uuid, direction text, at timestamptz, event uuid)),
			edge as (insert into run_artifact (run_id, artifact_id, direction, at, collection_id)
				select w.run_id, a.id, w.direction, w.at, a.collection_id from wanted w join artifact a on a.id = w.artifact_id
				order by w.run_id)
		insert into event_outbox (id, type, payload)
		select event, case direction when 'USED' then 'artifact.used' else 'artifact.produced-again' end,
			jsonb_build_object('runId', run_id, 'artifactId', artifact_id) from wanted order by at`.execute(services.db);
}

export const sources = ["memory", "database"] as const;
type Asker = { readonly ctx: Ctx; readonly sees: ReadonlySet<number> };
type Load = (ctx: Services, owner: string) => Promise<void>;

/** Everybody's context, over graphs that `load` has brought into memory, or where none may be kept. */
export async function askersOf(
	services: Services,
	{ people, owners }: Places,
	{ source, load }: { readonly source: (typeof sources)[number]; readonly load: Load },
): Promise<Asker[]> {
	const graphs = createGraphShelf(source === "memory" ? 1e9 : 0);
	if (source === "memory") for (const owner of owners) await load({ ...services, graphs }, owner);
	if (graphs.bytes() > 0 !== (source === "memory")) throw new Error(`the graph is not read from ${source}`);
	return await Promise.all(people.map(async ({ who, sees }) => ({ ctx: { ...(await who.ctx()), graphs }, sees })));
}
