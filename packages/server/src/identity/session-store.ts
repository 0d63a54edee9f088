import { sql } from "kysely";
import { changeActors } from "../access/change-actors.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

export type SessionRow = {
	readonly id: string;
	readonly userAgent: string;
	readonly createdAt: Date;
	readonly expiresAt: Date;
};

export async function insertSession(
	ctx: Ctx,
	session: SessionRow & { readonly tokenHash: string; readonly userId: string },
): Promise<void> {
	const query = sql`
		insert into session (id, token_hash, user_id, user_agent, created_at, expires_at)
		values (${session.id}, ${session.tokenHash}, ${session.userId}, ${session.userAgent}, ${session.createdAt},
			${session.expiresAt})`;
	await changeActors(ctx, (db) => named("identity.insertSession", query).execute(db));
}

/** The sessions of a user that are still good, the latest first. */
export async function findSessionsOfUser(db: Database, userId: string, now: Date): Promise<SessionRow[]> {
	const query = sql<SessionRow>`
		select id, user_agent as "userAgent", created_at as "createdAt", expires_at as "expiresAt"
		from session where user_id = ${userId} and expires_at > ${now} order by created_at desc, id`;
	return (await named("identity.findSessionsOfUser", query).execute(db)).rows;
}

export async function deleteSession(ctx: Ctx, tokenHash: string): Promise<void> {
	const query = sql`delete from session where token_hash = ${tokenHash}`;
	await changeActors(ctx, (db) => named("identity.deleteSession", query).execute(db));
}

/** False when the user has no such session. */
export async function deleteSessionOfUser(ctx: Ctx, userId: string, id: string): Promise<boolean> {
	const query = sql<{ id: string }>`delete from session where id = ${id} and user_id = ${userId} returning id`;
	return (await changeActors(ctx, (db) => named("identity.deleteSessionOfUser", query).execute(db))).rows.length === 1;
}

/** Ends all sessions of a user but the one of this id; how many there were. */
export async function deleteOtherSessions(ctx: Ctx, userId: string, keptId: string | null): Promise<number> {
	const query = sql<{ id: string }>`
		delete from session where user_id = ${userId} and id is distinct from ${keptId} returning id`;
	return (await changeActors(ctx, (db) => named("identity.deleteOtherSessions", query).execute(db))).rows.length;
}

export async function deleteExpiredSessions(ctx: Ctx, userId: string, now: Date): Promise<void> {
	const query = sql`delete from session where user_id = ${userId} and expires_at <= ${now}`;
	await changeActors(ctx, (db) => named("identity.deleteExpiredSessions", query).execute(db));
}
