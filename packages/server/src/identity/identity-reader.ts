import { type RawBuilder, sql } from "kysely";
import type { OrgRole, SystemActor, TeamRole, UserActor } from "../access/actor.ts";
import type { GivenRole } from "../access/roles.ts";
import type { Database } from "../db/database.ts";
import { afterKey, type Page, pageOf } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import type { ApiKeyScope } from "./api-key-rules.ts";
import { type UserRow, userColumns } from "./identity-store.ts";
import { userCursorKey } from "./user-cursor.ts";

/** A user with all that policies ask about him: what an actor is made of. */
export type UserFacts = {
	readonly userId: string;
	readonly username: string;
	readonly instanceAdmin: boolean;
	readonly personalEntityId: string;
	readonly defaultEntityId: string;
	readonly teams: Readonly<Record<string, TeamRole>>;
	readonly organizations: Readonly<Record<string, OrgRole>>;
	/** Project and role: each that was given to him or to a team of his. */
	readonly grants: ReadonlyArray<readonly [string, GivenRole]>;
};

export type KeyOwner = UserFacts & {
	readonly keyId: string;
	readonly secretHash: string;
	readonly scope: ApiKeyScope;
	readonly lastUsedAt: Date | null;
	readonly expiresAt: Date | null;
};

export type SessionOwner = UserFacts & { readonly sessionId: string; readonly expiresAt: Date };

/** The owner of a key or session by its id. */
export type CredentialOwner = UserFacts & { readonly expiresAt: Date | null };

const factColumns = sql`u.id as "userId", u.username, u.instance_admin as "instanceAdmin",
	e.id as "personalEntityId", u.default_entity_id as "defaultEntityId",
	(select coalesce(json_object_agg(t.entity_id, t.role), '{}') from team_member t where t.user_id = u.id) as "teams",
	(select coalesce(json_object_agg(o.organization_id, o.role), '{}')
		from organization_member o where o.user_id = u.id) as "organizations",
	(select coalesce(json_agg(json_build_array(g.project_id, g.role)), '[]') from (
		select m.project_id, m.role from project_member m where m.user_id = u.id
		union all select m.project_id, m.role
		from team_member t join project_team_member m on m.team_entity_id = t.entity_id where t.user_id = u.id
	) g) as "grants"`;

const personalEntity = sql`join entity e on e.user_id = u.id and e.kind = 'user'`;

/** The owners of the keys with these hashes: one query for key, user and memberships. Nobody who is deactivated. */
export async function readKeyOwners(db: Database, secretHashes: readonly string[]): Promise<KeyOwner[]> {
	const query = sql<KeyOwner>`
		select k.id as "keyId", k.secret_hash as "secretHash", k.scope, k.last_used_at as "lastUsedAt",
			k.expires_at as "expiresAt", ${factColumns}
		from api_key k join user_account u on u.id = k.user_id ${personalEntity}
		where k.secret_hash = any(${[...secretHashes]}::text[]) and u.deactivated_at is null`;
	return (await named("identity.readKeyOwners", query).execute(db)).rows;
}

/** The owner of a session that is still good. */
export async function readSessionOwner(db: Database, tokenHash: string, now: Date): Promise<SessionOwner | null> {
	const query = sql<SessionOwner>`
		select s.id as "sessionId", s.expires_at as "expiresAt", ${factColumns}
		from session s join user_account u on u.id = s.user_id ${personalEntity}
		where s.token_hash = ${tokenHash} and s.expires_at > ${now} and u.deactivated_at is null`;
	return (await named("identity.readSessionOwner", query).execute(db)).rows[0] ?? null;
}

/** The owner of a key or session by its id, where it is still good. */
export async function readCredentialOwner(db: Database, id: string, now: Date): Promise<CredentialOwner | null> {
	const query = sql<CredentialOwner>`
		select c.expires_at as "expiresAt", ${factColumns}
		from (select user_id, expires_at from api_key where id = ${id}
			union all select user_id, expires_at from session where id = ${id}) c
		join user_account u on u.id = c.user_id ${personalEntity}
		where (c.expires_at is null or c.expires_at > ${now}) and u.deactivated_at is null`;
	return (await named("identity.readCredentialOwner", query).execute(db)).rows[0] ?? null;
}

/** Who is signed in, as the web app wants to know it. */
export type SignedInUser = {
	readonly username: string;
	readonly name: string;
	readonly email: string;
	readonly defaultEntity: string | null;
};

export async function readSignedInUser(db: Database, userId: string): Promise<SignedInUser | null> {
	const query = sql<SignedInUser>`
		select u.username, u.name, u.email, e.name as "defaultEntity"
		from user_account u left join entity e on e.id = u.default_entity_id
		where u.id = ${userId}`;
	return (await named("identity.readSignedInUser", query).execute(db)).rows[0] ?? null;
}

/** True for users `u` whom the actor may know of: himself, and whoever shares a team or an organisation with him. */
function isAcquainted(actor: UserActor | SystemActor): RawBuilder<boolean> {
	if (actor.kind === "system" || actor.instanceAdmin) return sql<boolean>`true`;
	const teams = [...actor.teams.keys()];
	const organizations = [...actor.organizations.keys()];
	return sql<boolean>`(u.id = ${actor.userId}
		or exists (select from team_member t where t.user_id = u.id and t.entity_id = any(${teams}::uuid[]))
		or exists (select from organization_member o
			where o.user_id = u.id and o.organization_id = any(${organizations}::uuid[])))`;
}

/** Which of these users the actor shares a team or an organisation with. */
export async function readAcquainted(db: Database, actor: UserActor, ids: readonly string[]): Promise<Set<string>> {
	const query = sql<{ id: string }>`
		select u.id from user_account u where u.id = any(${[...ids]}::uuid[]) and ${isAcquainted(actor)}`;
	const { rows } = await named("identity.readAcquainted", query).execute(db);
	return new Set(rows.map((row) => row.id));
}

/** Users whom the actor may know of, by name; `text` must equal the user name or the address. */
export async function searchUsers(
	db: Database,
	actor: UserActor | SystemActor,
	search: {
		readonly text: string | null;
		readonly limit: number;
		readonly after: readonly [string, string] | null;
	},
): Promise<Page<UserRow>> {
	const wanted = search.text?.toLowerCase() ?? null;
	const matches = wanted === null ? sql`true` : sql`(u.username_key = ${wanted} or lower(u.email) = ${wanted})`;
	const further = search.after === null ? sql`true` : afterKey(["u.username_key", "u.id"], search.after);
	const query = sql<UserRow>`
		select ${userColumns} from user_account u
		where ${isAcquainted(actor)} and ${matches} and ${further}
		order by u.username_key, u.id limit ${search.limit + 1}`;
	const { rows } = await named("identity.searchUsers", query).execute(db);
	return pageOf(rows, search.limit, userCursorKey);
}
