import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { deleteApiKeysOfUser, lockInstanceAdmins, updateDeactivatedAt } from "./account-store.ts";
import { requireInstanceAdmin } from "./identity-policy.ts";
import { findUserByName, type UserRow } from "./identity-store.ts";
import { refuseAnonymous } from "./require-user.ts";
import { deleteOtherSessions } from "./session-store.ts";

type Named = { readonly username: string };

/** Switches an account off: its keys and sessions are gone at once, its work and its name stay. */
export async function deactivateUser(ctx: Ctx, input: Named): Promise<UserRow> {
	const user = await findAccount(ctx, input);
	if (ctx.actor.kind === "user" && ctx.actor.userId === user.id) {
		throw new DomainError("UNPROCESSABLE", "you cannot deactivate yourself: ask another instance admin");
	}
	await inTransaction(ctx, async (tx) => {
		const admins = await lockInstanceAdmins(tx.db);
		if (admins.length === 1 && admins[0] === user.id) throw onlyAdmin(user);
		await switchOff(tx, user.id);
	});
	return { ...user, deactivatedAt: ctx.clock() };
}

/** The part of it that a higher noun does for accounts that it made, inside its own transaction. */
export async function switchOff(tx: Ctx, userId: string): Promise<void> {
	if (!(await updateDeactivatedAt(tx, userId, tx.clock()))) return;
	await deleteApiKeysOfUser(tx, userId);
	await deleteOtherSessions(tx, userId, null);
	await emit(tx, { type: "user.deactivated", userId });
}

/** Switches an account on again; its old keys stay gone. */
export async function activateUser(ctx: Ctx, input: Named): Promise<UserRow> {
	const user = await findAccount(ctx, input);
	await inTransaction(ctx, async (tx) => {
		if (await updateDeactivatedAt(tx, user.id, null)) await emit(tx, { type: "user.activated", userId: user.id });
	});
	return { ...user, deactivatedAt: null };
}

async function findAccount(ctx: Ctx, { username }: Named): Promise<UserRow> {
	refuseAnonymous(ctx);
	requireInstanceAdmin(ctx.actor, "deactivate and activate users");
	const user = await findUserByName(ctx.db, username);
	if (user === null) throw new DomainError("NOT_FOUND", `no user is named "${username}"`);
	return user;
}

export function onlyAdmin(user: UserRow): DomainError {
	return new DomainError(
		"CONFLICT",
		`"${user.username}" is the only instance admin: make another user one first, with setInstanceAdmin`,
	);
}
