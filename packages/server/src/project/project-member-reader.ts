import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { MemberRef, ProjectMemberRow } from "./project-member-rows.ts";

/** Whom a project's roles are given to: people first, then teams, each by name. Asks no policy. */
export async function readProjectMembers(db: Database, projectId: string): Promise<ProjectMemberRow[]> {
	const query = sql<ProjectMemberRow>`
		select 'user' as kind, u.id, u.username as name, u.name as "displayName", u.email, m.role, u.username_key as key
		from project_member m join user_account u on u.id = m.user_id where m.project_id = ${projectId}
		union all
		select 'team', e.id, e.name, null, null, m.role, e.name_key
		from project_team_member m join entity e on e.id = m.team_entity_id where m.project_id = ${projectId}
		order by kind desc, key`;
	return (await named("project.readMembers", query).execute(db)).rows;
}

/** Is this person, or this team, of the organisation? */
export async function isOfOrganization(db: Database, organizationId: string, member: MemberRef): Promise<boolean> {
	const query =
		"userId" in member
			? sql`select from organization_member
				where organization_id = ${organizationId} and user_id = ${member.userId}`
			: sql`select from entity
				where organization_id = ${organizationId} and id = ${member.teamId} and kind = 'team'`;
	return (await named("project.isOfOrganization", query).execute(db)).rows.length === 1;
}
