import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inviteState, inviteToken } from "./invite-rules.ts";
import { findInvitesFor, findInvitesTo } from "./invite-store.ts";
import { mayAdministerEntity } from "./org-policy.ts";
import type { EntityRow, InviteRow } from "./org-rows.ts";

/** The invitations to a team or organisation, for those who may make them; null for others. */
export async function listInvites(ctx: Ctx, entity: EntityRow): Promise<InviteRow[] | null> {
	if (!mayAdministerEntity(ctx.actor, entity) || entity.organizationId === null) return null;
	const entityId = entity.kind === "team" ? entity.id : null;
	return await findInvitesTo(ctx.db, { organizationId: entity.organizationId, entityId });
}

/** The open invitations that are for the caller by name; null for those of others. */
export async function listOwnInvites(ctx: Ctx, userId: string): Promise<InviteRow[] | null> {
	if (userIdOf(ctx.actor) !== userId) return null;
	return await findInvitesFor(ctx.db, { userId, now: ctx.clock() });
}

/** Where a pending invitation is accepted. Whoever was shown the invitation may have its link. */
export function inviteLink(ctx: Ctx, invite: InviteRow): string | null {
	if (inviteState(invite, ctx.clock()) !== "PENDING") return null;
	return `${ctx.baseUrl}/login?invite=${inviteToken(ctx.secret, invite.id)}`;
}
