import type { OrgRole, TeamRole } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { emit } from "../jobs/outbox.ts";
import { findInvitesFor, markInviteAccepted } from "./invite-store.ts";
import { setOrganizationMember, setTeamMember } from "./org-store.ts";

type TeamPlace = { readonly entityId: string; readonly userId: string; readonly role: TeamRole };
type OrganizationPlace = { readonly organizationId: string; readonly userId: string; readonly role: OrgRole };

/** Puts somebody into a team, or changes his role there, inside the caller's transaction. */
export async function joinTeam(tx: Ctx, place: TeamPlace): Promise<void> {
	await setTeamMember(tx, { ...place, createdAt: tx.clock() });
	await emit(tx, { type: "team.member-set", ...place });
}

/**
 * Puts somebody into an organisation, or changes his role there, inside the caller's transaction. Teams in it that he was
 * invited into by name had to wait for that.
 */
export async function joinOrganization(tx: Ctx, place: OrganizationPlace): Promise<void> {
	await setOrganizationMember(tx, { ...place, createdAt: tx.clock() });
	await emit(tx, { type: "organization.member-set", ...place });
	const { userId } = place;
	for (const invite of await findInvitesFor(tx.db, { userId, now: tx.clock(), teamsOf: place.organizationId })) {
		if (invite.entityId === null || !(await markInviteAccepted(tx, invite.id, userId))) continue;
		await joinTeam(tx, { entityId: invite.entityId, userId, role: invite.role });
		await emit(tx, { type: "invite.accepted", inviteId: invite.id, userId });
	}
}
