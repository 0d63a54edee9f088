import { sql } from "kysely";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { packColumns, unpack, unpackTexts } from "../db/packed-columns.ts";
import { named } from "../db/query-name.ts";
import { shownState } from "../run/index.ts";
import type { LinkRow, RunNodeRow, VersionNodeRow } from "./lineage-rows.ts";

// Each statement goes by keys from table to table and joins nothing that is the same for many: a planner that knows how many
// ids there are would rather read the whole of an index than look ten thousand times into it.

const mostAtOnce = 20_000;
/** Milliseconds since 1970, as a Date keeps them: what is finer is cut off. */
const milliseconds = (time: string) => ({ plain: `floor(date_part('epoch', ${time}) * 1000 + 0.0005)` });
const uuid = (column: string) => ({ plain: column });

/** Projects by their ids: `entity/project`, number, whether they were deleted and whether they are registries. */
const projects = packColumns({
	projectIds: uuid("p.id"),
	projectPaths: { text: "e.name || '/' || p.name" },
	projectNumbers: { plain: "p.number" },
	projectsGone: { plain: "p.deleted_at is not null" },
	registries: { plain: "exists (select from registry g where g.project_id = p.id)" },
});

type Packed<K extends string> = Readonly<Record<K, string | null>>;
type PackedProjects = Packed<"projectIds" | "projectPaths" | "projectNumbers" | "projectsGone" | "registries">;
type Project = {
	readonly path: string;
	readonly place: number;
	readonly isDeleted: boolean;
	readonly isRegistry: boolean;
};

function projectsOf(row: PackedProjects | undefined): (id: string | undefined) => Project {
	const [paths, numbers] = [unpackTexts(row?.projectPaths), unpackTexts(row?.projectNumbers)];
	const [gone, registries] = [unpackTexts(row?.projectsGone), unpackTexts(row?.registries)];
	const byId = new Map<string, Project>();
	for (const [at, id] of unpackTexts(row?.projectIds).entries()) {
		const [path = "", place] = [paths[at], Number(numbers[at])];
		byId.set(id, { path, place, isDeleted: gone[at] === "true", isRegistry: registries[at] === "true" });
	}
	return (id = "") => required(byId.get(id), id);
}

/** What a foreign key points at. */
function required<T>(found: T | undefined, id: string): T {
	if (found === undefined) throw new Error(`what lineage nodes point at is not there: ${id}`);
	return found;
}

/** What is said of runs, deleted ones too. Asks no policy. */
export async function readRunNodes(ctx: Ctx, ids: readonly string[]): Promise<RunNodeRow[]> {
	return await inParts(ids, async (part) => await readRunPart(ctx, part));
}

type PackedRuns = Packed<
	"ids" | "names" | "displayNames" | "jobTypes" | "groupNames" | "states" | "times" | "sweepsOf" | "gone" | "projectsOf"
> &
	Packed<"sweepIds" | "sweepNames"> &
	PackedProjects;

async function readRunPart(ctx: Ctx, ids: readonly string[]): Promise<RunNodeRow[]> {
	const runs = packColumns({
		ids: uuid("id"),
		names: { text: "name" },
		displayNames: { text: "display_name" },
		jobTypes: { text: "job_type" },
		groupNames: { text: "group_name" },
		states: { plain: "state" },
		times: milliseconds("created_at"),
		sweepsOf: uuid("sweep_id"),
		gone: { plain: "deleted_at is not null" },
		projectsOf: uuid("project_id"),
	});
	const query = sql<PackedRuns>`
		with found as materialized (
			select r.id, r.name, r.display_name, r.job_type, r.group_name, ${shownState(ctx)} as state, r.created_at, r.sweep_id,
				r.deleted_at, r.project_id
			from run r where r.id = any(${[...ids]}::uuid[])
		)
		select * from (select ${runs} from found) runs,
			(select ${packColumns({ sweepIds: uuid("id"), sweepNames: { text: "name" } })} from sweep
				where id = any(array(select distinct sweep_id from found))) sweeps,
			(select ${projects} from project p join entity e on e.id = p.entity_id
				where p.id = any(array(select distinct project_id from found))) projects`;
	const [row] = (await named("lineage.runNodes", query).execute(ctx.db)).rows;
	const projectOf = projectsOf(row);
	const sweepNames = unpackTexts(row?.sweepNames);
	const sweeps = new Map(unpackTexts(row?.sweepIds).map((id, at) => [id, sweepNames[at] ?? null]));
	const [names, displayNames] = [unpackTexts(row?.names), unpackTexts(row?.displayNames)];
	const [jobTypes, groupNames] = [unpackTexts(row?.jobTypes), unpack(row?.groupNames)];
	const [states, times, gone] = [unpackTexts(row?.states), unpackTexts(row?.times), unpackTexts(row?.gone)];
	const [sweepIds, projectIds] = [unpack(row?.sweepsOf), unpackTexts(row?.projectsOf)];
	return unpackTexts(row?.ids).map((id, at) => {
		const [project, sweepId = null] = [projectOf(projectIds[at]), sweepIds[at]];
		return {
			id,
			name: names[at] ?? "",
			displayName: displayNames[at] ?? "",
			jobType: jobTypes[at] ?? "",
			groupName: groupNames[at] ?? null,
			state: states[at] ?? "",
			createdAt: new Date(Number(times[at])),
			sweep: sweepId === null ? null : (sweeps.get(sweepId) ?? null),
			sweepId,
			isDeleted: gone[at] === "true" || project.isDeleted,
			project: project.path,
			place: project.place,
		};
	});
}

/** What is said of versions, deleted ones too, with all their names. Asks no policy. */
export async function readVersionNodes(db: Database, ids: readonly string[]): Promise<VersionNodeRow[]> {
	return await inParts(ids, async (part) => await readVersionPart(db, part));
}

type PackedVersions = Packed<"ids" | "states" | "times" | "collectionsOf" | "projectsOf"> &
	Packed<"memberIds" | "membersOf" | "membersIn" | "numbers"> &
	Packed<"aliasesOf" | "aliases"> &
	Packed<"collectionIds" | "collectionNames" | "collectionTypes" | "collectionProjects"> &
	PackedProjects;

async function readVersionPart(db: Database, ids: readonly string[]): Promise<VersionNodeRow[]> {
	const versions = packColumns({
		...{ ids: uuid("id"), states: { plain: "state" }, times: milliseconds("created_at") },
		...{ collectionsOf: uuid("collection_id"), projectsOf: uuid("project_id") },
	});
	const members = packColumns({
		...{ memberIds: uuid("id"), membersOf: uuid("artifact_id"), membersIn: uuid("collection_id") },
		numbers: { plain: "version_index" },
	});
	const collections = packColumns({
		...{ collectionIds: uuid("id"), collectionNames: { text: "name" }, collectionTypes: { text: "type" } },
		collectionProjects: uuid("project_id"),
	});
	const wanted = sql`${[...ids]}::uuid[]`;
	const query = sql<PackedVersions>`
		with found as materialized (
			select id, state, created_at, collection_id, project_id from artifact where id = any(${wanted})
		), member as materialized (
			select id, artifact_id, collection_id, version_index, created_at from artifact_member where artifact_id = any(${wanted})
		), collection as materialized (
			select c.id, c.name, c.project_id, t.name as type
			from artifact_collection c join artifact_type t on t.id = c.type_id
			where c.id = any(array(select collection_id from found union select collection_id from member))
		)
		select * from (select ${versions} from found) versions,
			(select ${members} from (select * from member order by created_at, id) ordered) members,
			(select ${packColumns({ aliasesOf: uuid("member_id"), aliases: { text: "alias" } })} from (
				select member_id, alias from artifact_alias where member_id = any(array(select id from member)) order by alias
			) ordered) aliases,
			(select ${collections} from collection) collections,
			(select ${projects} from project p join entity e on e.id = p.entity_id
				where p.id = any(array(select project_id from found union select project_id from collection))) projects`;
	const [row] = (await named("lineage.versionNodes", query).execute(db)).rows;
	const projectOf = projectsOf(row);
	const collectionOf = collectionsOf(row);
	const membersOf = membersByVersion(row);
	const [states, times] = [unpackTexts(row?.states), unpackTexts(row?.times)];
	const [homes, projectIds] = [unpackTexts(row?.collectionsOf), unpackTexts(row?.projectsOf)];
	return unpackTexts(row?.ids).map((id, at) => {
		const [home, project] = [homes[at] ?? "", projectOf(projectIds[at])];
		const places = membersOf.get(id) ?? [];
		const own = places.find(({ collectionId }) => collectionId === home);
		const links = places.length < 2 && own !== undefined ? [] : places.filter((place) => place !== own);
		const { name: collection, type } = collectionOf(home);
		return {
			id,
			type,
			collection,
			version: own?.version ?? null,
			state: states[at] ?? "",
			createdAt: new Date(Number(times[at])),
			project: project.path,
			place: project.place,
			aliases: own?.aliases ?? [],
			links: links.map((link): LinkRow => {
				const { name, projectId } = collectionOf(link.collectionId);
				const { path, isRegistry, place } = projectOf(projectId);
				return { project: path, isRegistry, collection: name, version: link.version, aliases: link.aliases, place };
			}),
		};
	});
}

type Collection = { readonly name: string; readonly type: string; readonly projectId: string };

function collectionsOf(row: PackedVersions | undefined): (id: string) => Collection {
	const [names, types] = [unpackTexts(row?.collectionNames), unpackTexts(row?.collectionTypes)];
	const projectIds = unpackTexts(row?.collectionProjects);
	const byId = new Map<string, Collection>();
	for (const [at, id] of unpackTexts(row?.collectionIds).entries()) {
		byId.set(id, { name: names[at] ?? "", type: types[at] ?? "", projectId: projectIds[at] ?? "" });
	}
	return (id) => required(byId.get(id), id);
}

type Member = { readonly collectionId: string; readonly version: number; readonly aliases: readonly string[] };
const noAliases: readonly string[] = [];

function membersByVersion(row: PackedVersions | undefined): ReadonlyMap<string, readonly Member[]> {
	const aliasesOf = new Map<string, string[]>();
	const aliases = unpackTexts(row?.aliases);
	for (const [at, id] of unpackTexts(row?.aliasesOf).entries()) append(aliasesOf, id, aliases[at] ?? "");
	const byVersion = new Map<string, Member[]>();
	const [versionIds, collectionIds] = [unpackTexts(row?.membersOf), unpackTexts(row?.membersIn)];
	const numbers = unpackTexts(row?.numbers);
	for (const [at, id] of unpackTexts(row?.memberIds).entries()) {
		const [collectionId = "", version] = [collectionIds[at], Number(numbers[at])];
		append(byVersion, versionIds[at] ?? "", { collectionId, version, aliases: aliasesOf.get(id) ?? noAliases });
	}
	return byVersion;
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [value]);
	else list.push(value);
}

async function inParts<T>(ids: readonly string[], read: (part: readonly string[]) => Promise<T[]>): Promise<T[]> {
	if (ids.length === 0) return [];
	if (ids.length <= mostAtOnce) return await read(ids);
	const rows: T[] = [];
	for (let start = 0; start < ids.length; start += mostAtOnce) {
		for (const row of await read(ids.slice(start, start + mostAtOnce))) rows.push(row);
	}
	return rows;
}
