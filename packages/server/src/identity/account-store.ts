import { sql } from "kysely";
import { changeActors } from "../access/change-actors.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

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
