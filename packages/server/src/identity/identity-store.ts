import { type RawBuilder, sql } from "kysely";
import { changeActors } from "../access/change-actors.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { ApiKeyScope } from "./api-key-rules.ts";

export type UserRow = {
	readonly id: string;
	readonly username: string;
	readonly email: string;
	readonly name: string;
	readonly instanceAdmin: boolean;
	readonly defaultEntityId: string;
	readonly createdAt: Date;
	/** Null: active. */
	readonly deactivatedAt: Date | null;
	/** Of a service account: the entity of its team, or its organisation. Null: a person. */
	readonly serviceOf: string | null;
};

export type ApiKeyRow = {
	readonly id: string;
	readonly userId: string;
	readonly description: string;
	readonly scope: ApiKeyScope;
	readonly hint: string | null;
	readonly createdAt: Date;
	readonly lastUsedAt: Date | null;
	readonly expiresAt: Date | null;
};

/** A key as the wire shows it: whole only in the reply that made it. */
export type ApiKeyNode = ApiKeyRow & { readonly key: string | null };

export const userColumns: RawBuilder<unknown> = sql`u.id, u.username, u.email, u.name, u.instance_admin as "instanceAdmin",
	u.default_entity_id as "defaultEntityId", u.created_at as "createdAt", u.deactivated_at as "deactivatedAt",
	u.service_of as "serviceOf"`;

const keyColumns = sql`k.id, k.user_id as "userId", k.description, k.scope, k.hint, k.created_at as "createdAt",
	k.last_used_at as "lastUsedAt", k.expires_at as "expiresAt"`;

/** The users of these ids, in any order; unknown ids are left out. */
export async function findUsersByIds(db: Database, ids: readonly string[]): Promise<UserRow[]> {
	if (ids.length === 0) return [];
	const query = sql<UserRow>`select ${userColumns} from user_account u where u.id = any(${[...ids]}::uuid[])`;
	return (await named("identity.findUsersByIds", query).execute(db)).rows;
}

/** The user of that name, compared without case. */
export async function findUserByName(db: Database, username: string): Promise<UserRow | null> {
	if (username.includes("\u0000")) return null;
	const query = sql<UserRow>`select ${userColumns} from user_account u where u.username_key = ${username.toLowerCase()}`;
	return (await named("identity.findUserByName", query).execute(db)).rows[0] ?? null;
}

/** False on a server that has never been set up. */
export async function hasUsers(db: Database): Promise<boolean> {
	const query = sql<{ id: string }>`select id from user_account limit 1`;
	return (await named("identity.hasUsers", query).execute(db)).rows.length > 0;
}

/** What a password sign-in by user name compares with. Who is deactivated has none. */
export async function findPasswordHash(
	db: Database,
	username: string,
): Promise<{ id: string; passwordHash: string | null } | null> {
	if (username.includes("\u0000")) return null;
	const query = sql<{ id: string; passwordHash: string | null }>`
		select id, password_hash as "passwordHash" from user_account
		where username_key = ${username.toLowerCase()} and deactivated_at is null`;
	return (await named("identity.findPasswordHash", query).execute(db)).rows[0] ?? null;
}

/** False when the name is taken; then nothing was written. */
export async function insertUserRow(
	ctx: Ctx,
	user: UserRow & { readonly passwordHash: string | null },
): Promise<boolean> {
	const query = sql<{ id: string }>`
		insert into user_account
			(id, username, username_key, email, name, password_hash, instance_admin, default_entity_id, created_at, service_of)
		values (${user.id}, ${user.username}, ${user.username.toLowerCase()}, ${user.email}, ${user.name},
			${user.passwordHash}, ${user.instanceAdmin}, ${user.defaultEntityId}, ${user.createdAt}, ${user.serviceOf})
		on conflict (username_key) do nothing returning id`;
	return (await changeActors(ctx, (db) => named("identity.insertUser", query).execute(db))).rows.length === 1;
}

export async function updateDefaultEntityId(ctx: Ctx, userId: string, entityId: string): Promise<void> {
	const query = sql`update user_account set default_entity_id = ${entityId} where id = ${userId}`;
	await changeActors(ctx, (db) => named("identity.updateDefaultEntity", query).execute(db));
}

/** False when the very same key is in use already. */
export async function insertApiKeyRow(
	ctx: Ctx,
	key: ApiKeyRow & {
		readonly secretHash: string;
		/** Who may read it until its first use. */
		readonly shownTo: string | null;
	},
): Promise<boolean> {
	const query = sql<{ id: string }>`
		insert into api_key (id, user_id, description, secret_hash, scope, hint, created_at, expires_at, shown_to)
		values (${key.id}, ${key.userId}, ${key.description}, ${key.secretHash}, ${key.scope}, ${key.hint}, ${key.createdAt},
			${key.expiresAt}, ${key.shownTo})
		on conflict (secret_hash) do nothing returning id`;
	return (await changeActors(ctx, (db) => named("identity.insertApiKey", query).execute(db))).rows.length === 1;
}

/** The key of this id and whose it is. */
export async function findApiKeyById(db: Database, id: string): Promise<ApiKeyRow | null> {
	const query = sql<ApiKeyRow>`select ${keyColumns} from api_key k where k.id = ${id}`;
	return (await named("identity.findApiKeyById", query).execute(db)).rows[0] ?? null;
}

export async function deleteApiKeyRow(ctx: Ctx, id: string): Promise<void> {
	const query = sql`delete from api_key where id = ${id}`;
	await changeActors(ctx, (db) => named("identity.deleteApiKey", query).execute(db));
}

/** The keys of these users, the oldest first. */
export async function findApiKeysOfUsers(db: Database, userIds: readonly string[]): Promise<ApiKeyRow[]> {
	const query = sql<ApiKeyRow>`
		select ${keyColumns} from api_key k where k.user_id = any(${[...userIds]}::uuid[]) order by k.created_at, k.id`;
	return (await named("identity.findApiKeysOfUsers", query).execute(db)).rows;
}

/** Of these users, the keys that this one may read: he had them made after `since`, and nobody has used them yet. */
export async function findUnseenApiKeys(
	db: Database,
	wanted: { readonly userIds: readonly string[]; readonly shownTo: string; readonly since: Date },
): Promise<Array<{ id: string; userId: string }>> {
	const query = sql<{ id: string; userId: string }>`
		select k.id, k.user_id as "userId" from api_key k
		where k.user_id = any(${[...wanted.userIds]}::uuid[]) and k.shown_to = ${wanted.shownTo}
			and k.last_used_at is null and k.created_at > ${wanted.since}
		order by k.created_at, k.id`;
	return (await named("identity.findUnseenApiKeys", query).execute(db)).rows;
}

/** Notes a key's use, unless another request did so since `notSince`. */
export async function touchApiKey(
	db: Database,
	id: string,
	times: { readonly now: Date; readonly notSince: Date },
): Promise<void> {
	const query = sql`
		update api_key set last_used_at = ${times.now}
		where id = ${id} and (last_used_at is null or last_used_at <= ${times.notSince})`;
	await named("identity.touchApiKey", query).execute(db);
}
