import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { afterKey } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import type { ProjectRow } from "./project-reader.ts";
import type { RoleFacts } from "./role-origin-rules.ts";

export type PersonRow = RoleFacts & { readonly key: string };

/** Those who have a role of their own in a project, by user name, with all that gives it. Asks no policy. */
export async function readPeople(
	db: Database,
	project: ProjectRow,
	page: { readonly limit: number; readonly after: readonly [string] | null },
): Promise<PersonRow[]> {
	const further = page.after === null ? sql`true` : afterKey(["u.username_key"], [...page.after]);
	const query = sql<PersonRow>`
		select u.id as "userId", u.username_key as key, o.role as "orgRole", t.role as "teamRole", m.role as "givenRole",
			${teamGrants(project)} as "teamGrants"
		from user_account u
		left join organization_member o on o.user_id = u.id and o.organization_id = ${project.organizationId}
		left join team_member t on t.user_id = u.id and t.entity_id = ${project.entityId}
		left join project_member m on m.user_id = u.id and m.project_id = ${project.id}
		where ${hasRole(project)} and ${further} order by u.username_key limit ${page.limit}`;
	return (await named("project.readPeople", query).execute(db)).rows;
}

function teamGrants(project: ProjectRow) {
	return sql`(select coalesce(json_agg(json_build_object('teamId', g.team_entity_id, 'role', g.role)), '[]')
		from project_team_member g join team_member i on i.entity_id = g.team_entity_id and i.user_id = u.id
		where g.project_id = ${project.id})`;
}

function hasRole({ id, entityKind, entityId, organizationId, ownerUserId, access, createdBy }: ProjectRow) {
	if (entityKind === "user") return sql`u.id = ${ownerUserId}`;
	const inTeam = sql`u.id in (select user_id from team_member where entity_id = ${entityId})`;
	const inOrganization = sql`u.id in (select user_id from organization_member where organization_id = ${organizationId})`;
	if (access !== "RESTRICTED") return entityKind === "team" ? inTeam : inOrganization;
	const isGiven = sql`(${inOrganization} and u.id in (
		select user_id from project_member where project_id = ${id}
		union select i.user_id from project_team_member g join team_member i on i.entity_id = g.team_entity_id
		where g.project_id = ${id}))`;
	return entityKind === "team"
		? sql`(${isGiven} or (${inTeam} and (t.role = 'admin' or u.id = ${createdBy})))`
		: sql`(${isGiven} or (${inOrganization} and o.role = 'admin'))`;
}
