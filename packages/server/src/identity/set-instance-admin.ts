import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { lockInstanceAdmins, updateInstanceAdmin } from "./account-store.ts";
import { onlyAdmin } from "./deactivate-user.ts";
import { requireInstanceAdmin } from "./identity-policy.ts";
import { findUserByName, type UserRow } from "./identity-store.ts";
import { refuseAnonymous } from "./require-user.ts";

type Input = { readonly username: string; readonly admin: boolean };

/** Makes a user an instance admin, or takes that away; somebody always is one. */
export async function setInstanceAdmin(ctx: Ctx, input: Input): Promise<UserRow> {
	refuseAnonymous(ctx);
	requireInstanceAdmin(ctx.actor, "say who is an instance admin");
	const user = await findUserByName(ctx.db, input.username);
	if (user === null) throw new DomainError("NOT_FOUND", `no user is named "${input.username}"`);
	if (input.admin && (user.serviceOf !== null || user.deactivatedAt !== null)) {
		throw new DomainError("UNPROCESSABLE", `"${user.username}" is no active person: only those can be instance admins`);
	}
	await inTransaction(ctx, async (tx) => {
		const admins = await lockInstanceAdmins(tx.db);
		if (!input.admin && admins.length === 1 && admins[0] === user.id) throw onlyAdmin(user);
		if (await updateInstanceAdmin(tx, user.id, input.admin)) {
			await emit(tx, { type: "user.admin-set", userId: user.id, admin: input.admin });
		}
	});
	return { ...user, instanceAdmin: input.admin };
}
