import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { MemberRef, ProjectMemberRow } from "./project-member-rows.ts";
import type { ProjectRow } from "./project-reader.ts";

/** Whom a project's roles are given to and who is of its organisation: people first, then teams, by name. Asks no policy. */
export async function readProjectMembers(db: Database, projectId: string): Promise<ProjectMemberRow[]> {
	const query = sql<ProjectMemberRow>`
		select 'user' as kind, u.id, u.username as name, u.name as "displayName", u.email, m.role, u.username_key as key
		from project_member m join user_account u on u.id = m.user_id join project p on p.id = m.project_id
		join entity owner on owner.id = p.entity_id
		join organization_member o on o.organization_id = owner.organization_id and o.user_id = u.id
		where m.project_id = ${projectId}
		union all
		select 'team', e.id, e.name, null, null, m.role, e.name_key
		from project_team_member m join entity e on e.id = m.team_entity_id
		where m.project_id = ${projectId} and e.deleted_at is null
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

/** User names of some who can give roles in a project of a team or an organisation: those named to it first. */
export async function readAdminNames(
	db: Database,
	project: Pick<ProjectRow, "id" | "entityId" | "entityKind" | "organizationId" | "access">,
): Promise<string[]> {
	const isNamed = project.entityKind === "organization" || project.access === "RESTRICTED";
	const ofPlace =
		project.entityKind === "organization"
			? sql`select user_id, 2 from organization_member
				where organization_id = ${project.organizationId} and role = 'admin'`
			: sql`select user_id, 2 from team_member where entity_id = ${project.entityId} and role = 'admin'`;
	const query = sql<{ username: string }>`
		select u.username from (
			select user_id, 1 as rank from project_member where project_id = ${project.id} and role = 'admin' and ${isNamed}
			union all ${ofPlace}
		) a join user_account u on u.id = a.user_id
		where exists (select from organization_member o
			where o.user_id = u.id and o.organization_id = ${project.organizationId})
		group by u.username, u.username_key order by min(a.rank), u.username_key limit 3`;
	return (await named("project.readAdminNames", query).execute(db)).rows.map(({ username }) => username);
}

/** Whether somebody of the organisation, or a team with somebody in it, was given the role admin in a project. */
export async function hasNamedAdmin(db: Database, projectId: string): Promise<boolean> {
	const query = sql`
		select from project_member m join project p on p.id = m.project_id join entity e on e.id = p.entity_id
		join organization_member o on o.organization_id = e.organization_id and o.user_id = m.user_id
		where m.project_id = ${projectId} and m.role = 'admin'
		union all
		select from project_team_member m join team_member t on t.entity_id = m.team_entity_id
		where m.project_id = ${projectId} and m.role = 'admin' limit 1`;
	return (await named("project.hasNamedAdmin", query).execute(db)).rows.length > 0;
}
