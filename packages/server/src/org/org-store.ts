import { type RawBuilder, sql } from "kysely";
import type { OrgRole, TeamRole } from "../access/actor.ts";
import { changeActors } from "../access/change-actors.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { entityIdNamed, takingName } from "./entity-name-store.ts";
import type { EntityRow, OrganizationRow } from "./org-rows.ts";
import { nameKey } from "./org-rules.ts";

export const entityColumns: RawBuilder<unknown> = sql`e.id, e.name, e.kind, e.user_id as "userId",
	e.organization_id as "organizationId", e.created_at as "createdAt"`;

export const organizationColumns: RawBuilder<unknown> = sql`o.id, o.name, o.entity_id as "entityId",
	o.created_at as "createdAt"`;

/** The entity of that name, compared without case, or that had it last; asks no policy. */
export async function findEntityByName(db: Database, name: string): Promise<EntityRow | null> {
	if (name.includes("\u0000")) return null;
	const query = sql<EntityRow>`select ${entityColumns} from entity e where e.id = ${entityIdNamed(name)}`;
	return (await named("org.findEntityByName", query).execute(db)).rows[0] ?? null;
}

/** The entities of these ids, in any order; asks no policy. */
export async function findEntitiesByIds(db: Database, ids: readonly string[]): Promise<EntityRow[]> {
	if (ids.length === 0) return [];
	const query = sql<EntityRow>`
		select ${entityColumns} from entity e where e.id = any(${[...ids]}::uuid[]) order by e.name_key`;
	return (await named("org.findEntitiesByIds", query).execute(db)).rows;
}

/** The organisations of these ids, by name; asks no policy. */
export async function findOrganizationsByIds(db: Database, ids: readonly string[]): Promise<OrganizationRow[]> {
	if (ids.length === 0) return [];
	const query = sql<OrganizationRow>`
		select ${organizationColumns} from organization o where o.id = any(${[...ids]}::uuid[]) order by o.name_key`;
	return (await named("org.findOrganizationsByIds", query).execute(db)).rows;
}

/** False when the name is taken; then nothing was written. */
export async function insertEntityRow(db: Database, entity: EntityRow): Promise<boolean> {
	const query = sql<{ id: string }>`
		with taken as (${takingName(entity.name)})
		insert into entity (id, name, name_key, kind, user_id, organization_id, created_at)
		values (${entity.id}, ${entity.name}, ${nameKey(entity.name)}, ${entity.kind}, ${entity.userId},
			${entity.organizationId}, ${entity.createdAt})
		on conflict (name_key) do nothing returning id`;
	return (await named("org.insertEntity", query).execute(db)).rows.length === 1;
}

/** False when the name is taken; then nothing was written. */
export async function insertOrganizationRow(db: Database, organization: OrganizationRow): Promise<boolean> {
	const query = sql<{ id: string }>`
		with taken as (${takingName(organization.name)})
		insert into organization (id, name, name_key, entity_id, created_at)
		values (${organization.id}, ${organization.name}, ${nameKey(organization.name)}, ${organization.entityId},
			${organization.createdAt})
		on conflict (name_key) do nothing returning id`;
	return (await named("org.insertOrganization", query).execute(db)).rows.length === 1;
}

/** Gives a person this role in the organisation, whether he was in it or not. */
export async function setOrganizationMember(
	ctx: Ctx,
	member: {
		readonly organizationId: string;
		readonly userId: string;
		readonly role: OrgRole;
		readonly createdAt: Date;
	},
): Promise<void> {
	const query = sql`
		insert into organization_member (organization_id, user_id, role, created_at)
		values (${member.organizationId}, ${member.userId}, ${member.role}, ${member.createdAt})
		on conflict (organization_id, user_id) do update set role = excluded.role`;
	await changeActors(ctx, (db) => named("org.setOrganizationMember", query).execute(db));
}

/** Makes two changes of the same organisation's members wait for each other. */
export async function lockOrganization(db: Database, id: string): Promise<void> {
	await named("org.lockOrganization", sql`select id from organization where id = ${id} for update`).execute(db);
}

export async function isOrganizationMember(db: Database, organizationId: string, userId: string): Promise<boolean> {
	const query = sql<{ role: string }>`
		select role from organization_member where organization_id = ${organizationId} and user_id = ${userId}`;
	return (await named("org.isOrganizationMember", query).execute(db)).rows.length === 1;
}

/** Gives a person this role in the team, whether he was in it or not. */
export async function setTeamMember(
	ctx: Ctx,
	member: { readonly entityId: string; readonly userId: string; readonly role: TeamRole; readonly createdAt: Date },
): Promise<void> {
	const query = sql`
		insert into team_member (entity_id, user_id, role, created_at)
		values (${member.entityId}, ${member.userId}, ${member.role}, ${member.createdAt})
		on conflict (entity_id, user_id) do update set role = excluded.role`;
	await changeActors(ctx, (db) => named("org.setTeamMember", query).execute(db));
}

export async function updateDefaultTtl(db: Database, entityId: string, seconds: number | null): Promise<void> {
	const query = sql`update entity set artifact_ttl_seconds = ${seconds} where id = ${entityId}`;
	await named("org.updateDefaultTtl", query).execute(db);
}

export async function updateXxhashDigests(db: Database, entityId: string, enabled: boolean): Promise<void> {
	const query = sql`update entity set xxhash_digests = ${enabled} where id = ${entityId}`;
	await named("org.updateXxhashDigests", query).execute(db);
}
