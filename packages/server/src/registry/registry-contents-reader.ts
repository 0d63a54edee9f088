import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

export type RegistryContentsRow = {
	readonly projectId: string;
	readonly collections: number;
	readonly versions: number;
	/** Whoever has a role there. */
	readonly people: number;
	/** Null while it has no collection. */
	readonly changedAt: Date | null;
};

/** How much is in registries, and how many people may see it. Asks no policy. */
export async function readRegistryContents(
	db: Database,
	projectIds: readonly string[],
): Promise<RegistryContentsRow[]> {
	const ids = sql`${[...projectIds]}::uuid[]`;
	// Nearly all versions are alive: counting those that are not is much cheaper than looking at each.
	const query = sql<RegistryContentsRow>`
		with listed as materialized (
			select id, project_id, updated_at from artifact_collection where project_id = any(${ids}) and name_key is not null),
		held as (select project_id, count(*) as collections, max(updated_at) as changed_at from listed group by project_id),
		linked as (
			select c.project_id, count(*) as versions from listed c join artifact_member m on m.collection_id = c.id
			group by c.project_id),
		gone as (
			select c.project_id, count(*) as versions from artifact a join artifact_member m on m.artifact_id = a.id
			join listed c on c.id = m.collection_id where a.state <> 'COMMITTED' group by c.project_id),
		belonging as materialized (
			select organization_id, count(*) as people from organization_member
			where organization_id in (select organization_id from registry where project_id = any(${ids}))
			group by organization_id)
		select r.project_id as "projectId", coalesce(held.collections, 0)::int as collections,
			(coalesce(linked.versions, 0) - coalesce(gone.versions, 0))::int as versions, held.changed_at as "changedAt",
			case p.access when 'RESTRICTED' then (
				select count(*) from organization_member o where o.organization_id = r.organization_id and (o.role = 'admin'
					or exists (select from project_member g where g.project_id = p.id and g.user_id = o.user_id)
					or exists (select from project_team_member g join team_member i on i.entity_id = g.team_entity_id
						where g.project_id = p.id and i.user_id = o.user_id)))
			else coalesce(belonging.people, 0) end::int as people
		from registry r join project p on p.id = r.project_id
		left join held on held.project_id = p.id left join linked on linked.project_id = p.id
		left join gone on gone.project_id = p.id left join belonging on belonging.organization_id = r.organization_id
		where r.project_id = any(${ids})`;
	return (await named("registry.contents", query).execute(db)).rows;
}
