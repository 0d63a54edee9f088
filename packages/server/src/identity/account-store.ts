import { sql } from "kysely";
import { changeActors } from "../access/change-actors.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { unlessTaken } from "../db/unless-taken.ts";

/** Makes two changes of who is an active instance admin wait for each other; their ids. */
export async function lockInstanceAdmins(db: Database): Promise<string[]> {
	const query = sql<{ id: string }>`
		select id from user_account where instance_admin and deactivated_at is null order by id for update`;
	return (await named("identity.lockInstanceAdmins", query).execute(db)).rows.map((row) => row.id);
}

/** False when it was so already. */
export async function updateInstanceAdmin(ctx: Ctx, userId: string, instanceAdmin: boolean): Promise<boolean> {
	const query = sql<{ id: string }>`
		update user_account set instance_admin = ${instanceAdmin}
		where id = ${userId} and instance_admin <> ${instanceAdmin} returning id`;
	return (await changeActors(ctx, (db) => named("identity.updateInstanceAdmin", query).execute(db))).rows.length === 1;
}

/** Switches an account off, null: on. False when it was so already. */
export async function updateDeactivatedAt(ctx: Ctx, userId: string, at: Date | null): Promise<boolean> {
	const query = sql<{ id: string }>`
		update user_account set deactivated_at = ${at}::timestamptz
		where id = ${userId} and (deactivated_at is null) <> (${at}::timestamptz is null) returning id`;
	return (await changeActors(ctx, (db) => named("identity.updateDeactivatedAt", query).execute(db))).rows.length === 1;
}

export async function deleteApiKeysOfUser(ctx: Ctx, userId: string): Promise<void> {
	const query = sql`delete from api_key where user_id = ${userId}`;
	await changeActors(ctx, (db) => named("identity.deleteApiKeysOfUser", query).execute(db));
}

export async function updatePasswordHash(ctx: Ctx, userId: string, passwordHash: string): Promise<void> {
	const query = sql`update user_account set password_hash = ${passwordHash} where id = ${userId}`;
	await changeActors(ctx, (db) => named("identity.updatePasswordHash", query).execute(db));
}

/** False when the name is taken: then the transaction is lost, and the caller must end it. */
export async function updateUsername(ctx: Ctx, userId: string, username: string): Promise<boolean> {
	const query = sql`
		update user_account set username = ${username}, username_key = ${username.toLowerCase()} where id = ${userId}`;
	return await changeActors(ctx, (db) => unlessTaken(named("identity.updateUsername", query).execute(db)));
}

/** The active users who have this address, compared without case. */
export async function findUserIdsByEmail(db: Database, email: string): Promise<string[]> {
	if (email.includes("\u0000")) return [];
	const query = sql<{ id: string }>`
		select id from user_account where lower(email) = ${email.toLowerCase()} and deactivated_at is null`;
	return (await named("identity.findUserIdsByEmail", query).execute(db)).rows.map((row) => row.id);
}

/** Somebody's runs go to his own entity again, where they went to one of these. */
export async function leaveDefaultEntity(ctx: Ctx, userId: string, entityIds: readonly string[]): Promise<void> {
	const query = sql`
		update user_account u set default_entity_id = e.id from entity e
		where u.id = ${userId} and u.default_entity_id = any(${[...entityIds]}::uuid[])
			and e.user_id = u.id and e.kind = 'user'`;
	await changeActors(ctx, (db) => named("identity.leaveDefaultEntity", query).execute(db));
}
