import { sql } from "kysely";
import { changeActors } from "../access/change-actors.ts";
import type { GivenRole } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import type { MemberRef } from "./project-member-rows.ts";

/**
 * Gives a role in a project, whether there was one or not; answers the role before. Null where nothing was changed: it is
 * the role that was there, or there was one and `onlyNew` is wanted. Asks no policy.
 */
export async function setProjectMemberRow(
	ctx: Ctx,
	given: {
		readonly projectId: string;
		readonly member: MemberRef;
		readonly role: GivenRole;
		readonly onlyNew?: boolean;
	},
): Promise<{ readonly from: GivenRole | null } | null> {
	const { projectId, member, role, onlyNew = false } = given;
	const now = ctx.clock();
	const query =
		"userId" in member
			? sql<{ from: GivenRole | null }>`
				with before as (
					select role from project_member where project_id = ${projectId} and user_id = ${member.userId}
				), written as (
					insert into project_member as m (project_id, user_id, role, created_at)
					values (${projectId}, ${member.userId}, ${role}, ${now})
					on conflict (project_id, user_id) do update set role = excluded.role
					where m.role <> excluded.role and not ${onlyNew}::boolean returning role
				)
				select (select role from before) as "from" from written`
			: sql<{ from: GivenRole | null }>`
				with before as (
					select role from project_team_member where project_id = ${projectId} and team_entity_id = ${member.teamId}
				), written as (
					insert into project_team_member as m (project_id, team_entity_id, role, created_at)
					values (${projectId}, ${member.teamId}, ${role}, ${now})
					on conflict (project_id, team_entity_id) do update set role = excluded.role
					where m.role <> excluded.role and not ${onlyNew}::boolean returning role
				)
				select (select role from before) as "from" from written`;
	const { rows } = await changeActors(ctx, (db) => named("project.setMember", query).execute(db));
	return rows[0] ?? null;
}

/** Takes a given role away and answers it; null where none was given. Asks no policy. */
export async function deleteProjectMemberRow(
	ctx: Ctx,
	projectId: string,
	member: MemberRef,
): Promise<GivenRole | null> {
	const query =
		"userId" in member
			? sql<{ role: GivenRole }>`
				delete from project_member where project_id = ${projectId} and user_id = ${member.userId} returning role`
			: sql<{ role: GivenRole }>`
				delete from project_team_member where project_id = ${projectId} and team_entity_id = ${member.teamId}
				returning role`;
	const { rows } = await changeActors(ctx, (db) => named("project.deleteMember", query).execute(db));
	return rows[0]?.role ?? null;
}

/** Names who is responsible for a project, or nobody; answers who was. */
export async function setOwnerRow(ctx: Ctx, projectId: string, userId: string | null): Promise<string | null> {
	const query = sql<{ from: string | null }>`
		with before as (select id, owner_user_id from project where id = ${projectId} for update)
		update project p set owner_user_id = ${userId}, updated_at = ${ctx.clock()} from before where p.id = before.id
		returning before.owner_user_id as "from"`;
	return await changeActors(
		ctx,
		async (db) => (await named("project.setOwner", query).execute(db)).rows[0]?.from ?? null,
	);
}

/** Takes away all that a person was given by name in the projects of an organisation. Asks no policy. */
export async function deleteRolesGivenTo(
	ctx: Ctx,
	{ organizationId, userId }: { readonly organizationId: string; readonly userId: string },
): Promise<Array<{ readonly projectId: string; readonly role: string }>> {
	const query = sql<{ projectId: string; role: string }>`
		delete from project_member m using project p, entity e
		where m.user_id = ${userId} and p.id = m.project_id and e.id = p.entity_id and e.organization_id = ${organizationId}
		returning m.project_id as "projectId", m.role`;
	return (await changeActors(ctx, (db) => named("project.deleteRolesGivenTo", query).execute(db))).rows;
}
