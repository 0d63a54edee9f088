import { sql } from "kysely";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { InviteRow } from "./org-rows.ts";

const inviteColumns = sql`i.id, i.organization_id as "organizationId", i.entity_id as "entityId", i.email,
	i.user_id as "userId", i.role, i.organization_role as "organizationRole", i.created_by as "createdBy",
	i.created_at as "createdAt", i.expires_at as "expiresAt", i.accepted_at as "acceptedAt",
	i.accepted_by as "acceptedBy", i.revoked_at as "revokedAt"`;

const isOpen = (now: Date) => sql<boolean>`i.accepted_at is null and i.revoked_at is null and i.expires_at > ${now}`;

export async function insertInvite(db: Database, invite: InviteRow, tokenHash: string): Promise<void> {
	const query = sql`
		insert into invite (id, organization_id, entity_id, email, user_id, role, organization_role, token_hash,
			created_by, created_at, expires_at, accepted_at, accepted_by)
		values (${invite.id}, ${invite.organizationId}, ${invite.entityId}, ${invite.email}, ${invite.userId},
			${invite.role}, ${invite.organizationRole}, ${tokenHash}, ${invite.createdBy}, ${invite.createdAt},
			${invite.expiresAt}, ${invite.acceptedAt}, ${invite.acceptedBy})`;
	await named("org.insertInvite", query).execute(db);
}

/** An open invitation of the same person to the same place. */
export async function findEqualInvite(db: Database, wanted: InviteRow, now: Date): Promise<InviteRow | null> {
	const query = sql<InviteRow>`
		select ${inviteColumns} from invite i
		where i.organization_id = ${wanted.organizationId} and i.entity_id is not distinct from ${wanted.entityId}
			and (i.user_id = ${wanted.userId} or lower(i.email) = lower(${wanted.email})) and ${isOpen(now)} limit 1`;
	return (await named("org.findEqualInvite", query).execute(db)).rows[0] ?? null;
}

export async function findInviteById(db: Database, id: string): Promise<InviteRow | null> {
	const query = sql<InviteRow>`select ${inviteColumns} from invite i where i.id = ${id}`;
	return (await named("org.findInviteById", query).execute(db)).rows[0] ?? null;
}

/** An invitation as whoever accepts it needs it. */
export type OfferedInvite = InviteRow & {
	/** Whether who made it could make it still. */
	readonly stands: boolean;
	readonly organizationName: string;
	readonly teamName: string | null;
	readonly inviterName: string | null;
};

/** The invitation of this token, which others who would accept it wait for. */
export async function lockOfferedInvite(db: Database, tokenHash: string): Promise<OfferedInvite | null> {
	const query = sql<OfferedInvite>`
		select ${inviteColumns}, o.name as "organizationName", e.name as "teamName", u.username as "inviterName",
			i.created_by is null or (u.deactivated_at is null and (u.instance_admin
				or exists (select from organization_member m
					where m.organization_id = o.id and m.user_id = u.id and m.role = 'admin')
				or exists (select from team_member m
					where m.entity_id = i.entity_id and m.user_id = u.id and m.role = 'admin'))) as stands
		from invite i join organization o on o.id = i.organization_id left join entity e on e.id = i.entity_id
		left join user_account u on u.id = i.created_by
		where i.token_hash = ${tokenHash} for update of i`;
	return (await named("org.lockOfferedInvite", query).execute(db)).rows[0] ?? null;
}

/** The invitations to a team, or to an organisation alone, the latest first. */
export async function findInvitesTo(
	db: Database,
	place: { readonly organizationId: string; readonly entityId: string | null },
): Promise<InviteRow[]> {
	const query = sql<InviteRow>`
		select ${inviteColumns} from invite i
		where i.organization_id = ${place.organizationId} and i.entity_id is not distinct from ${place.entityId}
		order by i.created_at desc, i.id limit 500`;
	return (await named("org.findInvitesTo", query).execute(db)).rows;
}

/** The open invitations that are for this user by name; with an organisation only those into its teams. */
export async function findInvitesFor(
	db: Database,
	wanted: { readonly userId: string; readonly now: Date; readonly teamsOf?: string },
): Promise<InviteRow[]> {
	const inTeams =
		wanted.teamsOf === undefined ? sql`true` : sql`i.organization_id = ${wanted.teamsOf} and i.entity_id is not null`;
	const query = sql<InviteRow>`
		select ${inviteColumns} from invite i
		where i.user_id = ${wanted.userId} and ${isOpen(wanted.now)} and ${inTeams} order by i.created_at, i.id`;
	return (await named("org.findInvitesFor", query).execute(db)).rows;
}

/** False when it was accepted, revoked or over. */
export async function markInviteAccepted(ctx: Pick<Ctx, "db" | "clock">, id: string, userId: string): Promise<boolean> {
	const now = ctx.clock();
	const query = sql<{ id: string }>`
		update invite i set accepted_at = ${now}, accepted_by = ${userId} where i.id = ${id} and ${isOpen(now)} returning id`;
	return (await named("org.markInviteAccepted", query).execute(ctx.db)).rows.length === 1;
}

/** False when it was accepted or revoked already. */
export async function markInviteRevoked(ctx: Pick<Ctx, "db" | "clock">, id: string): Promise<boolean> {
	const query = sql<{ id: string }>`
		update invite set revoked_at = ${ctx.clock()}
		where id = ${id} and accepted_at is null and revoked_at is null returning id`;
	return (await named("org.markInviteRevoked", query).execute(ctx.db)).rows.length === 1;
}

/** Takes back all open invitations to a team, or those to an organisation and everything in it. */
export async function revokeInvitesTo(
	ctx: Pick<Ctx, "db" | "clock">,
	place: { readonly organizationId: string; readonly entityId: string | null },
): Promise<void> {
	const where = place.entityId === null ? sql`true` : sql`entity_id = ${place.entityId}`;
	const query = sql`
		update invite set revoked_at = ${ctx.clock()}
		where organization_id = ${place.organizationId} and ${where} and accepted_at is null and revoked_at is null`;
	await named("org.revokeInvitesTo", query).execute(ctx.db);
}
