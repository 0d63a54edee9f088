import { type TeamRole, userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { findUserByName, findUserIdsByEmail, findUsersByIds, hashSecret, type UserRow } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { inviteDays, inviteToken } from "./invite-rules.ts";
import { findEqualInvite, insertInvite, markInviteAccepted } from "./invite-store.ts";
import { joinTeam } from "./join-place.ts";
import { findOrganizationPlaces, findTeamPlaces } from "./membership-store.ts";
import { invitedOrganizationRole } from "./org-policy.ts";
import type { InviteRow } from "./org-rows.ts";
import { checkEmail } from "./org-rules.ts";
import { lockOrganization } from "./org-store.ts";
import { requireAdministered, type SharedEntity } from "./require-administered.ts";

type Input = {
	/** A team, or the entity of an organisation. */
	readonly entityName: string;
	readonly email: string | null;
	readonly username: string | null;
	readonly role: TeamRole;
};

const day = 24 * 60 * 60 * 1000;

/**
 * Invites somebody, by user name, by address, or whoever gets the link. Who is in the organisation of a team joins it at
 * once; for others the invitation is pending until they accept it.
 */
export async function createInvite(ctx: Ctx, input: Input): Promise<InviteRow> {
	const entity = await requireAdministered(ctx, input.entityName, "inviting people");
	if (input.email !== null) checkEmail(input.email);
	return await inTransaction(ctx, async (tx) => {
		await lockOrganization(tx.db, entity.organizationId);
		const user = await findInvited(tx, entity, input);
		const isMember = user !== null && (await isInside(tx, entity, user));
		const invite: InviteRow = { ...newInvite(tx, entity, input), userId: user?.id ?? null };
		if ((await findEqualInvite(tx.db, invite, tx.clock())) !== null) {
			throw new DomainError(
				"CONFLICT",
				`${input.username ?? input.email} is invited to "${entity.name}" already: the list of invitations has the link`,
			);
		}
		await insertInvite(tx.db, invite, hashSecret(inviteToken(tx.secret, invite.id)));
		const { id: inviteId, organizationId, entityId } = invite;
		await emit(tx, { type: "invite.created", inviteId, organizationId, entityId });
		if (!isMember || user === null || entityId === null) return invite;
		await joinTeam(tx, { entityId, userId: user.id, role: invite.role });
		await markInviteAccepted(tx, inviteId, user.id);
		await emit(tx, { type: "invite.accepted", inviteId, userId: user.id });
		return { ...invite, acceptedAt: invite.createdAt, acceptedBy: user.id };
	});
}

function newInvite(tx: Ctx, entity: SharedEntity, input: Input): Omit<InviteRow, "userId"> {
	const createdAt = tx.clock();
	return {
		id: tx.ids.uuid(),
		organizationId: entity.organizationId,
		entityId: entity.kind === "team" ? entity.id : null,
		email: input.email,
		role: input.role,
		organizationRole: invitedOrganizationRole(tx.actor, entity, input.role),
		createdBy: userIdOf(tx.actor),
		createdAt,
		expiresAt: new Date(createdAt.getTime() + inviteDays * day),
		acceptedAt: null,
		acceptedBy: null,
		revokedAt: null,
	};
}

/** Whose account it is that is invited; null where only an address, or nothing, is known. */
async function findInvited(tx: Ctx, entity: SharedEntity, input: Input): Promise<UserRow | null> {
	if (input.username !== null) return await findByName(tx, input.username);
	if (input.email === null) return null;
	// Addresses of strangers say nothing: several people can have given the same one, and nobody asked them for a proof.
	const ids = new Set(await findUserIdsByEmail(tx.db, input.email));
	const members = (await findOrganizationPlaces(tx.db, entity.organizationId)).filter(({ userId }) => ids.has(userId));
	if (members.length > 1) {
		const names = members.map(({ username }) => username).join(", ");
		throw new DomainError("CONFLICT", `several members of the organisation have this address: invite one of ${names}`);
	}
	return (
		(
			await findUsersByIds(
				tx.db,
				members.map(({ userId }) => userId),
			)
		)[0] ?? null
	);
}

async function findByName(tx: Ctx, username: string): Promise<UserRow> {
	const user = await findUserByName(tx.db, username);
	if (user === null) {
		throw new DomainError(
			"NOT_FOUND",
			`user "${username}" was not found: invite their address instead, and they make the account themselves`,
		);
	}
	if (user.deactivatedAt !== null || user.serviceOf !== null) {
		throw new DomainError("UNPROCESSABLE", `"${user.username}" is no active person: only those can be invited`);
	}
	return user;
}

/** Is he in the organisation of the team? Who is in the very place already needs no invitation. */
async function isInside(tx: Ctx, entity: SharedEntity, user: UserRow): Promise<boolean> {
	const organization = await findOrganizationPlaces(tx.db, entity.organizationId);
	const place = entity.kind === "team" ? await findTeamPlaces(tx.db, entity.id) : organization;
	const there = place.find(({ userId }) => userId === user.id);
	if (there !== undefined) {
		const change = entity.kind === "team" ? "addUserToTeam" : "addUserToOrganization";
		throw new DomainError(
			"CONFLICT",
			`"${user.username}" is in "${entity.name}" already, as ${there.role}: change the role with ${change}`,
		);
	}
	return organization.some(({ userId }) => userId === user.id);
}
