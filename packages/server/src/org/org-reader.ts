import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { entityIdNamed } from "./entity-name-store.ts";
import type { EntityRow, MemberRow, OrganizationRow } from "./org-rows.ts";
import { nameKey } from "./org-rules.ts";
import { entityColumns, organizationColumns } from "./org-store.ts";

/** The entity of that name, with what decides whether strangers may know of it. */
export async function readEntity(
	db: Database,
	name: string,
): Promise<(EntityRow & { readonly hasOpenProjects: boolean }) | null> {
	if (name.includes("\u0000")) return null;
	const query = sql<EntityRow & { hasOpenProjects: boolean }>`
		select ${entityColumns}, e.kind <> 'organization' and exists (
			select from project p where p.entity_id = e.id and p.access in ('USER_READ', 'USER_WRITE') and p.deleted_at is null
		) as "hasOpenProjects"
		from entity e where e.id = ${entityIdNamed(name)}`;
	return (await named("org.readEntity", query).execute(db)).rows[0] ?? null;
}

/** The organisation that has this display name, else the one whose org entity has it, else the one that had it last. */
export async function readOrganizationByName(db: Database, name: string): Promise<OrganizationRow | null> {
	if (name.includes("\u0000")) return null;
	const key = nameKey(name);
	const query = sql<OrganizationRow>`
		select ${organizationColumns} from organization o join entity e on e.id = o.entity_id
		where o.name_key = ${key} or e.id = ${entityIdNamed(name)}
		order by o.name_key is not distinct from ${key} desc limit 1`;
	return (await named("org.readOrganizationByName", query).execute(db)).rows[0] ?? null;
}

/** Is there an organisation that has this name, or whose org entity has it? */
export async function isOrganizationNamed(db: Database, name: string): Promise<boolean> {
	const key = nameKey(name);
	const query = sql<{ id: string }>`
		select o.id from organization o join entity e on e.id = o.entity_id
		where o.name_key = ${key} or e.name_key = ${key} limit 1`;
	return (await named("org.isOrganizationNamed", query).execute(db)).rows.length > 0;
}

/** Which of these keys are in use as the name of an entity or of an organisation. */
export async function readTakenKeys(db: Database, keys: readonly string[]): Promise<Set<string>> {
	const query = sql<{ key: string }>`
		select name_key as key from entity where name_key = any(${[...keys]}::text[])
		union select username_key from user_account where username_key = any(${[...keys]}::text[])
		union select name_key from organization where name_key = any(${[...keys]}::text[])`;
	const { rows } = await named("org.readTakenKeys", query).execute(db);
	return new Set(rows.map((row) => row.key));
}

/** The teams of each of these users, by name. */
export async function readTeamsOfUsers(
	db: Database,
	userIds: readonly string[],
): Promise<Array<EntityRow & { readonly memberId: string }>> {
	const query = sql<EntityRow & { memberId: string }>`
		select ${entityColumns}, t.user_id as "memberId"
		from team_member t join entity e on e.id = t.entity_id
		where t.user_id = any(${[...userIds]}::uuid[]) order by e.name_key`;
	return (await named("org.readTeamsOfUsers", query).execute(db)).rows;
}

/** The organisations of each of these users, by name. */
export async function readOrganizationsOfUsers(
	db: Database,
	userIds: readonly string[],
): Promise<Array<OrganizationRow & { readonly memberId: string }>> {
	const query = sql<OrganizationRow & { memberId: string }>`
		select ${organizationColumns}, m.user_id as "memberId"
		from organization_member m join organization o on o.id = m.organization_id
		where m.user_id = any(${[...userIds]}::uuid[]) order by o.name_key`;
	return (await named("org.readOrganizationsOfUsers", query).execute(db)).rows;
}

/** The teams of an organisation, by name. */
export async function readTeamsOfOrganization(db: Database, organizationId: string): Promise<EntityRow[]> {
	const query = sql<EntityRow>`
		select ${entityColumns} from entity e
		where e.organization_id = ${organizationId} and e.kind = 'team' and e.deleted_at is null order by e.name_key`;
	return (await named("org.readTeamsOfOrganization", query).execute(db)).rows;
}

/**
 * The people of a team or, for an org entity, of its organisation, and who is invited there, in the order in which they came.
 * wire: after making a service account the client takes the last one for it.
 */
export async function readMembers(
	db: Database,
	entity: Pick<EntityRow, "id" | "kind" | "organizationId">,
	now: Date,
): Promise<MemberRow[]> {
	const isOrganization = entity.kind === "organization";
	const membership = isOrganization
		? sql`organization_member m on m.user_id = u.id and m.organization_id = ${entity.organizationId}`
		: sql`team_member m on m.user_id = u.id and m.entity_id = ${entity.id}`;
	const place = isOrganization
		? sql`i.organization_id = ${entity.organizationId} and i.entity_id is null`
		: sql`i.entity_id = ${entity.id}`;
	const query = sql<MemberRow>`
		select "userId", "inviteId", username, name, email, role, "serviceOf" from (
			select u.id as "userId", null::uuid as "inviteId", u.username, u.name, nullif(u.email, '') as email, m.role,
				u.service_of as "serviceOf", m.created_at, u.id
			from user_account u join ${membership}
			union all
			select null, i.id, u.username, coalesce(i.email, u.name, 'whoever has the link'), i.email, i.role, null,
				i.created_at, i.id
			from invite i left join user_account u on u.id = i.user_id
			where ${place} and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${now}
		) member order by created_at, id`;
	return (await named("org.readMembers", query).execute(db)).rows;
}

/** Seconds that versions of an entity live which have no TTL of their own; null: for ever. */
export async function readDefaultTtl(db: Database, entityId: string): Promise<number | null> {
	const query = sql<{ seconds: number | null }>`
		select artifact_ttl_seconds as seconds from entity where id = ${entityId}`;
	return (await named("org.readDefaultTtl", query).execute(db)).rows[0]?.seconds ?? null;
}

/** Whether versions of an entity may be logged with XXH128 digests. */
export async function readXxhashDigests(db: Database, entityId: string): Promise<boolean> {
	const query = sql<{ enabled: boolean }>`select xxhash_digests as enabled from entity where id = ${entityId}`;
	return (await named("org.readXxhashDigests", query).execute(db)).rows[0]?.enabled ?? false;
}

/** The bytes that an entity's projects hold, each file once. */
export async function readStorageBytes(db: Database, entityId: string): Promise<number> {
	const query = sql<{ bytes: string }>`
		select coalesce(sum(b.size), 0)::text as bytes from blob b where b.sha256 in (
			select held.sha256 from project_blob held join project p on p.id = held.project_id where p.entity_id = ${entityId})`;
	return Number((await named("org.readStorageBytes", query).execute(db)).rows[0]?.bytes ?? 0);
}

/** What is in a team, counted. */
export type TeamContents = {
	readonly members: number;
	readonly projects: number;
	readonly runs: number;
	readonly versions: number;
	/** Links in the registries of the organisation, and in other projects, to versions of the team. */
	readonly linksElsewhere: number;
};

export async function countTeamContents(db: Database, entityId: string): Promise<TeamContents> {
	const projects = sql`(select id from project where entity_id = ${entityId} and deleted_at is null)`;
	const query = sql<TeamContents>`select
		(select count(*) from team_member where entity_id = ${entityId})::int as members,
		(select count(*) from ${projects} p)::int as projects,
		(select count(*) from run where project_id in ${projects} and deleted_at is null)::int as runs,
		(select count(*) from artifact where project_id in ${projects} and state = 'COMMITTED')::int as versions,
		(select count(*) from artifact a join artifact_member m on m.artifact_id = a.id
			join artifact_collection c on c.id = m.collection_id
			where a.project_id in ${projects} and a.state = 'COMMITTED'
				and c.project_id not in ${projects})::int as "linksElsewhere"`;
	const [row] = (await named("org.countTeamContents", query).execute(db)).rows;
	if (row === undefined) throw new Error("counts came without a row");
	return row;
}

/** What somebody has by being in a team, or in an organisation and its teams. */
export type MemberLosses = {
	/** Names of the teams. */
	readonly teams: string[];
	/** Projects of those teams. */
	readonly projects: number;
	/** Registries and projects where he, or one of those teams, was given a role. */
	readonly givenRoles: number;
};

export async function readMemberLosses(
	db: Database,
	at: { readonly userId: string; readonly organizationId: string; readonly teamId: string | null },
): Promise<MemberLosses> {
	const { userId, organizationId, teamId } = at;
	const teams = sql`(select e.id, e.name, e.name_key from team_member m join entity e on e.id = m.entity_id
		where m.user_id = ${userId} and ${teamId === null ? sql`e.organization_id = ${organizationId}` : sql`e.id = ${teamId}`})`;
	const byName = sql`select p.id from project_member m join project p on p.id = m.project_id
		join entity e on e.id = p.entity_id
		where m.user_id = ${userId} and e.organization_id = ${organizationId} and p.deleted_at is null`;
	const byTeam = sql`select p.id from project_team_member m join project p on p.id = m.project_id
		where m.team_entity_id in (select id from ${teams} t) and p.deleted_at is null`;
	const query = sql<MemberLosses>`select
		(select coalesce(array_agg(t.name order by t.name_key), '{}') from ${teams} t) as teams,
		(select count(*) from project p where p.deleted_at is null and p.entity_id in (select id from ${teams} t))::int
			as projects,
		(select count(*) from (${teamId === null ? sql`${byName} union ${byTeam}` : byTeam}) g)::int as "givenRoles"`;
	const [row] = (await named("org.readMemberLosses", query).execute(db)).rows;
	if (row === undefined) throw new Error("counts came without a row");
	return row;
}

/** How many versions of an entity live as long as its default says. */
export async function countVersionsWithDefaultTtl(db: Database, entityId: string): Promise<number> {
	const query = sql<{ count: number }>`
		select count(*)::int as count from artifact a join project p on p.id = a.project_id
		where p.entity_id = ${entityId} and p.deleted_at is null and a.state = 'COMMITTED' and a.ttl_seconds is null`;
	return (await named("org.countVersionsWithDefaultTtl", query).execute(db)).rows[0]?.count ?? 0;
}

/** What stands in the way of an organisation's deletion. */
export async function countOrganizationContents(
	db: Database,
	organizationId: string,
): Promise<{ readonly teams: number; readonly collections: number }> {
	const query = sql<{ teams: number; collections: number }>`select
		(select count(*) from entity where organization_id = ${organizationId} and kind = 'team' and deleted_at is null)::int
			as teams,
		(select count(*) from entity e join project p on p.entity_id = e.id join artifact_collection c on c.project_id = p.id
			where e.organization_id = ${organizationId} and e.kind = 'organization' and p.deleted_at is null
				and c.name_key is not null)::int as collections`;
	return (await named("org.countOrganizationContents", query).execute(db)).rows[0] ?? { teams: 0, collections: 0 };
}

/** The active service accounts of a team, by its entity, or of an organisation. */
export async function readServiceAccounts(db: Database, serviceOf: string): Promise<string[]> {
	const query = sql<{ id: string }>`
		select id from user_account where service_of = ${serviceOf} and deactivated_at is null order by id`;
	return (await named("org.readServiceAccounts", query).execute(db)).rows.map((row) => row.id);
}
