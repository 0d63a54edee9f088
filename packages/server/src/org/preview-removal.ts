import type { Ctx } from "../context.ts";
import { findUserByName } from "../identity/index.ts";
import { findOrganizationPlaces, findTeamPlaces } from "./membership-store.ts";
import { mayRemoveMember } from "./org-policy.ts";
import { type MemberLosses, readMemberLosses } from "./org-reader.ts";
import type { EntityRow } from "./org-rows.ts";

export type RemovalPreview = MemberLosses & {
	/** It is the account of a machine that is there for this place alone: its keys end. */
	readonly switchedOff: boolean;
};

/** What a member of a team or an organisation would lose by being taken out; null for those who may not do that. */
export async function previewRemoval(
	ctx: Ctx,
	entity: EntityRow,
	{ username }: { readonly username: string },
): Promise<RemovalPreview | null> {
	const { id, kind, organizationId } = entity;
	if (kind === "user" || organizationId === null) return null;
	const user = await findUserByName(ctx.db, username);
	if (user === null || !mayRemoveMember(ctx.actor, entity, user.id)) return null;
	const places = await (kind === "team" ? findTeamPlaces(ctx.db, id) : findOrganizationPlaces(ctx.db, organizationId));
	if (!places.some(({ userId }) => userId === user.id)) return null;
	const losses = await readMemberLosses(ctx.db, {
		userId: user.id,
		organizationId,
		teamId: kind === "team" ? id : null,
	});
	return { ...losses, switchedOff: user.serviceOf !== null && (kind === "organization" || user.serviceOf === id) };
}
