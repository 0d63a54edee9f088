import { sql } from "kysely";
import type { TeamRole } from "../access/actor.ts";
import { changeActors } from "../access/change-actors.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

/** Somebody's place in a team or organisation. */
export type Place = { readonly userId: string; readonly username: string; readonly role: TeamRole };

/** Who is in the team, and as what; asks no policy. */
export async function findTeamPlaces(db: Database, entityId: string): Promise<Place[]> {
	const query = sql<Place>`
		select m.user_id as "userId", u.username, m.role from team_member m join user_account u on u.id = m.user_id
		where m.entity_id = ${entityId} order by m.created_at, u.id`;
	return (await named("org.findTeamPlaces", query).execute(db)).rows;
}

/** Who is in the organisation, and as what; asks no policy. */
export async function findOrganizationPlaces(db: Database, organizationId: string): Promise<Place[]> {
	const query = sql<Place>`
		select m.user_id as "userId", u.username, m.role from organization_member m join user_account u on u.id = m.user_id
		where m.organization_id = ${organizationId} order by m.created_at, u.id`;
	return (await named("org.findOrganizationPlaces", query).execute(db)).rows;
}

/** Ids of the teams in the organisation in which the user is. */
export async function findTeamsOfMember(db: Database, organizationId: string, userId: string): Promise<string[]> {
	const query = sql<{ id: string }>`
		select e.id from team_member m join entity e on e.id = m.entity_id
		where m.user_id = ${userId} and e.organization_id = ${organizationId} order by e.id`;
	return (await named("org.findTeamsOfMember", query).execute(db)).rows.map((row) => row.id);
}

export async function deleteTeamMembers(
	ctx: Ctx,
	places: { readonly entityIds: readonly string[]; readonly userId: string },
): Promise<void> {
	const query = sql`
		delete from team_member where user_id = ${places.userId} and entity_id = any(${[...places.entityIds]}::uuid[])`;
	await changeActors(ctx, (db) => named("org.deleteTeamMembers", query).execute(db));
}

export async function deleteOrganizationMember(ctx: Ctx, organizationId: string, userId: string): Promise<void> {
	const query = sql`
		delete from organization_member where organization_id = ${organizationId} and user_id = ${userId}`;
	await changeActors(ctx, (db) => named("org.deleteOrganizationMember", query).execute(db));
}
