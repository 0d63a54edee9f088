import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import {
	checkNewPassword,
	hashPassword,
	hashSecret,
	type OpenedSession,
	openSession,
	requireUser,
} from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { insertPersonalUser } from "./insert-personal-user.ts";
import { inviteState, refuseClosed } from "./invite-rules.ts";
import { lockOfferedInvite, markInviteAccepted, type OfferedInvite } from "./invite-store.ts";
import { joinOrganization, joinTeam } from "./join-place.ts";
import { findOrganizationPlaces, findTeamPlaces } from "./membership-store.ts";
import { readTakenKeys } from "./org-reader.ts";
import { checkEmail, checkName, nameKey, nameTaken } from "./org-rules.ts";
import { lockOrganization } from "./org-store.ts";

type Token = { readonly token: string };

type NewAccount = Token & {
	readonly username: string;
	readonly password: string;
	/** Default: the address that was invited. */
	readonly email: string | null;
	readonly userAgent: string;
};

/** What an invitation offers, for whoever holds its link; refused when it can no longer be accepted. */
export async function findOfferedInvite(ctx: Ctx, { token }: Token): Promise<OfferedInvite> {
	const invite = await lockOfferedInvite(ctx.db, hashSecret(token));
	if (invite === null) {
		throw new DomainError("NOT_FOUND", "this is no invitation of this server: use the link as you were given it");
	}
	refuseClosed(invite.stands ? inviteState(invite, ctx.clock()) : "REVOKED");
	return invite;
}

/** Joins the team or organisation that the signed-in user was invited to. */
export async function acceptInvite(ctx: Ctx, input: Token): Promise<OfferedInvite> {
	const { userId } = requireUser(ctx);
	return await inTransaction(ctx, async (tx) => await accept(tx, await findOfferedInvite(tx, input), userId));
}

/** Makes the account of whoever holds the link, signs it in, and joins. */
export async function acceptInviteAsNew(
	ctx: Ctx,
	input: NewAccount,
): Promise<{ invite: OfferedInvite; session: OpenedSession }> {
	checkName(input.username, "user");
	checkNewPassword(input.password);
	// Before the costly hash: whoever has no link has nothing to do here.
	const { email: invited, userId: forUser } = await findOfferedInvite(ctx, input);
	if (forUser !== null) throw notForYou();
	const email = input.email ?? invited;
	if (email === null) throw new DomainError("INVALID_INPUT", "give your e-mail address: the invitation names none");
	checkEmail(email);
	const passwordHash = await hashPassword(input.password);
	return await inTransaction(ctx, async (tx) => {
		const invite = await findOfferedInvite(tx, input);
		const { username } = input;
		if ((await readTakenKeys(tx.db, [nameKey(username)])).size > 0) throw nameTaken(username);
		const user = await insertPersonalUser(tx, { username, email, name: username, instanceAdmin: false, passwordHash });
		await accept(tx, invite, user.id);
		const session = await openSession(tx, { userId: user.id, userAgent: input.userAgent });
		return { invite, session };
	});
}

async function accept(tx: Ctx, invite: OfferedInvite, userId: string): Promise<OfferedInvite> {
	if (invite.userId !== null && invite.userId !== userId) throw notForYou();
	const { organizationId, entityId } = invite;
	await lockOrganization(tx.db, organizationId);
	const isInside = (await findOrganizationPlaces(tx.db, organizationId)).some((place) => place.userId === userId);
	const isThere =
		entityId === null ? isInside : (await findTeamPlaces(tx.db, entityId)).some((p) => p.userId === userId);
	if (isThere) {
		const name = invite.teamName ?? invite.organizationName;
		throw new DomainError("CONFLICT", `you are in "${name}" already: an admin of it can change your role`);
	}
	await markInviteAccepted(tx, invite.id, userId);
	await emit(tx, { type: "invite.accepted", inviteId: invite.id, userId });
	if (!isInside) await joinOrganization(tx, { organizationId, userId, role: invite.organizationRole });
	if (entityId !== null) await joinTeam(tx, { entityId, userId, role: invite.role });
	return { ...invite, acceptedAt: tx.clock(), acceptedBy: userIdOf(tx.actor) };
}

function notForYou(): DomainError {
	return new DomainError("FORBIDDEN", "this invitation is for somebody else: sign in as the user who was invited");
}
