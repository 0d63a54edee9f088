import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
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
		from entity e where e.name_key = ${nameKey(name)}`;
	return (await named("org.readEntity", query).execute(db)).rows[0] ?? null;
}

/** The organisation that has this display name, else the one whose org entity has it. */
export async function readOrganizationByName(db: Database, name: string): Promise<OrganizationRow | null> {
	if (name.includes("\u0000")) return null;
	const key = nameKey(name);
	const query = sql<OrganizationRow>`
		select ${organizationColumns} from organization o join entity e on e.id = o.entity_id
		where o.name_key = ${key} or e.name_key = ${key}
		order by (o.name_key = ${key}) desc limit 1`;
	return (await named("org.readOrganizationByName", query).execute(db)).rows[0] ?? null;
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
		where e.organization_id = ${organizationId} and e.kind = 'team' order by e.name_key`;
	return (await named("org.readTeamsOfOrganization", query).execute(db)).rows;
}

/** The people of a team or, for an org entity, of its organisation; in the order in which they came. */
export async function readMembers(
	db: Database,
	entity: Pick<EntityRow, "id" | "kind" | "organizationId">,
): Promise<MemberRow[]> {
	const membership =
		entity.kind === "organization"
			? sql`organization_member m on m.user_id = u.id and m.organization_id = ${entity.organizationId}`
			: sql`team_member m on m.user_id = u.id and m.entity_id = ${entity.id}`;
	const query = sql<MemberRow>`
		select u.id as "userId", u.username, u.name, u.email, m.role
		from user_account u join ${membership} order by m.created_at, u.id`;
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
