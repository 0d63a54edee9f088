import { sql } from "kysely";
import { changeActors } from "../access/change-actors.ts";
import type { GivenRole } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import type { MemberRef } from "./project-member-rows.ts";

/** Gives a role in a project, whether there was one or not. False where it is the role that was there. Asks no policy. */
export async function setProjectMemberRow(
	ctx: Ctx,
	{ projectId, member, role }: { readonly projectId: string; readonly member: MemberRef; readonly role: GivenRole },
): Promise<boolean> {
	const query =
		"userId" in member
			? sql<{ role: string }>`
				insert into project_member as m (project_id, user_id, role, created_at)
				values (${projectId}, ${member.userId}, ${role}, ${ctx.clock()})
				on conflict (project_id, user_id) do update set role = excluded.role where m.role <> excluded.role
				returning role`
			: sql<{ role: string }>`
				insert into project_team_member as m (project_id, team_entity_id, role, created_at)
				values (${projectId}, ${member.teamId}, ${role}, ${ctx.clock()})
				on conflict (project_id, team_entity_id) do update set role = excluded.role where m.role <> excluded.role
				returning role`;
	return (await changeActors(ctx, (db) => named("project.setMember", query).execute(db))).rows.length === 1;
}

/** False where no role was given. Asks no policy. */
export async function deleteProjectMemberRow(ctx: Ctx, projectId: string, member: MemberRef): Promise<boolean> {
	const query =
		"userId" in member
			? sql<{ role: string }>`
				delete from project_member where project_id = ${projectId} and user_id = ${member.userId} returning role`
			: sql<{ role: string }>`
				delete from project_team_member where project_id = ${projectId} and team_entity_id = ${member.teamId}
				returning role`;
	return (await changeActors(ctx, (db) => named("project.deleteMember", query).execute(db))).rows.length === 1;
}
