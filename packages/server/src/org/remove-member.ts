import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { runGuards } from "../guards.ts";
import { findUserByName, findUsersByIds, leaveDefaultEntity, switchOff } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import {
	deleteOrganizationMember,
	deleteTeamMembers,
	findOrganizationPlaces,
	findTeamPlaces,
	findTeamsOfMember,
	type Place,
} from "./membership-store.ts";
import { mayRemoveMember } from "./org-policy.ts";
import { lockOrganization } from "./org-store.ts";
import { needsAdmin, requireShared, type SharedEntity } from "./require-administered.ts";

type Input = {
	/** A team, or the entity of an organisation. */
	readonly entityName: string;
	readonly userId: string;
};

/** Takes somebody out of a team, or out of an organisation and all its teams; oneself: leaves it. */
export async function removeMember(ctx: Ctx, input: Input): Promise<void> {
	const entity = await requireShared(ctx, input.entityName);
	if (!mayRemoveMember(ctx.actor, entity, input.userId)) throw needsAdmin(entity, "removing people");
	await inTransaction(ctx, async (tx) => {
		await lockOrganization(tx.db, entity.organizationId);
		const places = await placesIn(tx, entity);
		const place = places.find(({ userId }) => userId === input.userId);
		if (place === undefined) throw new DomainError("NOT_FOUND", `"${entity.name}" has no such member`);
		refuseLastAdmin(entity, places, place);
		await (entity.kind === "team" ? leaveTeam(tx, entity, place) : leaveOrganization(tx, entity, place));
	});
}

/** As `removeMember`, by user name. */
export async function removeMemberByName(
	ctx: Ctx,
	input: { readonly entityName: string; readonly username: string },
): Promise<void> {
	const user = await findUserByName(ctx.db, input.username);
	if (user !== null) return await removeMember(ctx, { entityName: input.entityName, userId: user.id });
	await requireShared(ctx, input.entityName);
	throw new DomainError("NOT_FOUND", `"${input.entityName}" has no member "${input.username}"`);
}

async function leaveTeam(tx: Ctx, team: SharedEntity, { userId }: Place): Promise<void> {
	await deleteTeamMembers(tx, { entityIds: [team.id], userId });
	await leaveDefaultEntity(tx, userId, [team.id]);
	await emit(tx, { type: "team.member-removed", entityId: team.id, userId });
	const [user] = await findUsersByIds(tx.db, [userId]);
	if (user?.serviceOf !== team.id) return;
	// The account of a machine is there for its team alone.
	await deleteOrganizationMember(tx, team.organizationId, userId);
	await switchOff(tx, userId);
}

/** Takes everybody out of a team, inside the caller's transaction. */
export async function emptyTeam(tx: Ctx, entityId: string, places: readonly Place[]): Promise<void> {
	for (const { userId } of places) {
		await deleteTeamMembers(tx, { entityIds: [entityId], userId });
		await leaveDefaultEntity(tx, userId, [entityId]);
	}
	await emit(tx, ...places.map(({ userId }) => ({ type: "team.member-removed" as const, entityId, userId })));
}

async function leaveOrganization(tx: Ctx, { organizationId }: SharedEntity, { userId }: Place): Promise<void> {
	const entityIds = await findTeamsOfMember(tx.db, organizationId, userId);
	await runGuards(tx, "organization.member-remove", { organizationId, userId });
	await deleteTeamMembers(tx, { entityIds, userId });
	await deleteOrganizationMember(tx, organizationId, userId);
	await leaveDefaultEntity(tx, userId, entityIds);
	await emit(tx, ...entityIds.map((entityId) => ({ type: "team.member-removed" as const, entityId, userId })), {
		type: "organization.member-removed",
		organizationId,
		userId,
	});
	const [user] = await findUsersByIds(tx.db, [userId]);
	if (user && (user.serviceOf === organizationId || entityIds.some((id) => id === user.serviceOf))) {
		await switchOff(tx, userId);
	}
}

export async function placesIn(tx: Ctx, entity: SharedEntity): Promise<Place[]> {
	return entity.kind === "team"
		? await findTeamPlaces(tx.db, entity.id)
		: await findOrganizationPlaces(tx.db, entity.organizationId);
}

/** Somebody always is an admin: whoever is the last one makes another first. */
export function refuseLastAdmin(entity: { readonly name: string }, places: readonly Place[], place: Place): void {
	if (place.role !== "admin" || places.some(({ role, userId }) => role === "admin" && userId !== place.userId)) return;
	const others = places.filter(({ userId }) => userId !== place.userId).map(({ username }) => username);
	const wayOut =
		others.length === 0
			? "nobody else is in it, so delete it instead"
			: `make one of these an admin first: ${others.join(", ")}`;
	throw new DomainError("CONFLICT", `"${place.username}" is the only admin of "${entity.name}": ${wayOut}`);
}
