import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { findInviteById, markInviteRevoked } from "./invite-store.ts";
import { requireAdministered } from "./require-administered.ts";

type Input = { readonly id: string; readonly entityName: string };

/** Takes an invitation back: its link is good for nothing from now on. */
export async function revokeInvite(ctx: Ctx, input: Input): Promise<void> {
	const entity = await requireAdministered(ctx, input.entityName, "taking invitations back");
	const invite = await findInviteById(ctx.db, input.id);
	const isOfPlace =
		invite?.organizationId === entity.organizationId &&
		(invite.entityId === null ? entity.kind === "organization" : invite.entityId === entity.id);
	if (!isOfPlace) throw new DomainError("NOT_FOUND", `"${entity.name}" has no invitation of this id`);
	await inTransaction(ctx, async (tx) => {
		if (!(await markInviteRevoked(tx, input.id))) {
			throw new DomainError("CONFLICT", "this invitation has been accepted or taken back already");
		}
		await emit(tx, { type: "invite.revoked", inviteId: input.id });
	});
}
