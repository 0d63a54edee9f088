import { type RawBuilder, sql } from "kysely";
import type { Actor } from "../access/actor.ts";
import type { ProjectSubject } from "../access/project-role.ts";
import type { Database } from "../db/database.ts";
import { type Columns, columnsAs } from "../db/nested-row.ts";
import { afterKey, type Page, pageOf } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import { entityIdNamed } from "../org/index.ts";
import { projectCursorKey } from "./project-cursor.ts";
import { defaultProjectName, projectNameKey } from "./project-rules.ts";

export type ProjectRow = {
	readonly id: string;
	/** The 32-bit number that the wire knows it by. */
	readonly number: number;
	readonly name: string;
	readonly entityName: string;
	readonly description: string | null;
	readonly createdAt: Date;
	readonly updatedAt: Date;
	readonly isRegistry: boolean;
	readonly entityCreatedAt: Date;
	/** Seconds that versions live which have no TTL of their own; null: for ever. */
	readonly defaultTtlSeconds: number | null;
	/** The owner by name: a label of responsibility that grants nothing. */
	readonly responsibleUserId: string | null;
	/** Whether versions may be logged with XXH128 digests. */
	readonly takesXxh128: boolean;
} & ProjectSubject;

/** What makes a `ProjectRow` of the tables below. */
export const projectColumns: Columns<ProjectRow> = {
	id: "p.id",
	number: "p.number",
	name: "p.name",
	entityName: "e.name",
	description: "p.description",
	createdAt: "p.created_at",
	updatedAt: "p.updated_at",
	isRegistry: "r.project_id is not null",
	entityCreatedAt: "e.created_at",
	defaultTtlSeconds: "e.artifact_ttl_seconds",
	responsibleUserId: "p.owner_user_id",
	takesXxh128: "e.xxhash_digests",
	entityId: "p.entity_id",
	entityKind: "e.kind",
	organizationId: "e.organization_id",
	ownerUserId: "e.user_id",
	access: "p.access",
	createdBy: "p.created_by",
	registryDefaultRole: "r.default_role",
	deletedAt: "p.deleted_at",
};

const columns = columnsAs(projectColumns);

/** A project `p`, its entity `e` and, for a registry, `r`: for readers of other nouns that ask about rights on the way. */
const tables = sql`project p join entity e on e.id = p.entity_id left join registry r on r.project_id = p.id`;

export { tables as projectTables };

/** The projects of these ids, deleted ones too, in any order; asks no policy. */
export async function findProjectsByIds(db: Database, ids: readonly string[]): Promise<ProjectRow[]> {
	if (ids.length === 0) return [];
	const query = sql<ProjectRow>`select ${columns} from ${tables} where p.id = any(${[...ids]}::uuid[])`;
	return (await named("project.findProjectsByIds", query).execute(db)).rows;
}

/**
 * The projects at places that another noun's query names: rows of a `key` and a `project_id`. Asks no policy.
 * One round trip for "which projects give rights to these things".
 */
export async function findProjectsAt(
	db: Database,
	places: RawBuilder<unknown>,
): Promise<Array<ProjectRow & { readonly key: string }>> {
	const query = sql<ProjectRow & { key: string }>`
		select place.key, ${columns} from ${tables} join (${places}) place on place.project_id = p.id`;
	return (await named("project.findProjectsAt", query).execute(db)).rows;
}

/** The project of this id, deleted or not; asks no policy. */
export async function findProjectById(db: Database, id: string): Promise<ProjectRow | null> {
	return (await findProjectsByIds(db, [id]))[0] ?? null;
}

/** An entity by its name or id. */
type EntityAsked = { readonly name: string } | { readonly id: string };

/** Which names count: those that projects have, or also those that they had and nothing else has taken since. */
export type NamesCounted = "present" | "former too";

/** The project of that name in an entity; asks no policy. */
export async function readProject(
	db: Database,
	entity: EntityAsked,
	projectName: string,
	names: NamesCounted,
): Promise<ProjectRow | null> {
	const isThat = isNamed(entity, projectName, names);
	if (isThat === null) return null;
	const query = sql<ProjectRow>`select ${columns} from ${tables} where ${isThat}`;
	return (await named("project.readProject", query).execute(db)).rows[0] ?? null;
}

/**
 * True for the project at an address, as `ProjectAddress` has it, or that was there last, in a query over `tables`
 * (`projectTables`); null where there can be none. Asks no policy.
 */
export function isAtAddress(
	actor: Actor,
	address: { readonly entityName: string | null; readonly projectName: string | null },
): RawBuilder<boolean> | null {
	const projectName = address.projectName || defaultProjectName;
	if (address.entityName) return isNamed({ name: address.entityName }, projectName, "former too");
	return actor.kind === "user" ? isNamed({ id: actor.defaultEntityId }, projectName, "former too") : null;
}

/** True for the project of that name, in a query over `tables`; null for names that no project can have. */
function isNamed(entity: EntityAsked, projectName: string, names: NamesCounted): RawBuilder<boolean> | null {
	if (projectName.includes("\u0000") || ("name" in entity && entity.name.includes("\u0000"))) return null;
	const inEntity = "id" in entity ? sql`e.id = ${entity.id}` : sql`e.id = ${entityIdNamed(entity.name)}`;
	const key = sql`case e.kind when 'organization'
		then ${projectNameKey("organization", projectName)} else ${projectNameKey("team", projectName)} end`;
	if (names === "present") return sql<boolean>`${inEntity} and p.name_key = ${key}`;
	return sql<boolean>`${inEntity} and p.id = coalesce(
		(select holder.id from project holder where holder.entity_id = e.id and holder.name_key = ${key}),
		(select former.project_id from project_former_name former where former.entity_id = e.id and former.name_key = ${key}))`;
}

/**
 * True for rows whose project lives and the actor may see: `projectRole` said in SQL, for lists.
 * The query must name the project table `p`, its entity `e`.
 */
export function visibleTo(actor: Actor): RawBuilder<boolean> {
	const openToAll = sql<boolean>`(e.kind <> 'organization' and p.access in ('USER_READ', 'USER_WRITE'))`;
	const alive = sql<boolean>`p.deleted_at is null`;
	if (actor.kind === "system") return alive;
	if (actor.kind === "anonymous")
		return actor.mayReadPublic ? sql<boolean>`(${alive} and ${openToAll})` : sql<boolean>`false`;
	const teams = [...actor.teams.keys()];
	const teamsAsAdmin = teams.filter((id) => actor.teams.get(id) === "admin");
	const organizations = [...actor.organizations.keys()];
	const organizationsAsAdmin = organizations.filter((id) => actor.organizations.get(id) === "admin");
	const given = sql<boolean>`p.id = any(${[...actor.grants.keys()]}::uuid[])`;
	return sql<boolean>`(${alive} and (${openToAll}
		or (e.kind = 'user' and e.user_id = ${actor.userId})
		or (e.kind = 'team' and e.id = any(${teams}::uuid[])
			and (p.access <> 'RESTRICTED' or p.created_by = ${actor.userId} or e.id = any(${teamsAsAdmin}::uuid[])))
		or (e.kind = 'team' and p.access = 'RESTRICTED' and e.organization_id = any(${organizations}::uuid[]) and ${given})
		or (e.kind = 'organization' and e.organization_id = any(${organizations}::uuid[])
			and (p.access <> 'RESTRICTED' or ${given} or e.organization_id = any(${organizationsAsAdmin}::uuid[])))))`;
}

/** Projects of an entity that the actor may see, newest first. */
export async function readProjectsOfEntity(
	db: Database,
	actor: Actor,
	page: { readonly entityId: string; readonly limit: number; readonly after: readonly [Date, string] | null },
): Promise<Page<ProjectRow>> {
	const further = page.after === null ? sql`true` : afterKey(["p.created_at", "p.id"], page.after, "desc");
	const query = sql<ProjectRow>`
		select ${columns} from ${tables}
		where p.entity_id = ${page.entityId} and ${visibleTo(actor)} and ${further}
		order by p.created_at desc, p.id desc limit ${page.limit + 1}`;
	const { rows } = await named("project.readProjectsOfEntity", query).execute(db);
	return pageOf(rows, page.limit, projectCursorKey);
}
