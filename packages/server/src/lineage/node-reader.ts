import { sql } from "kysely";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { shownState } from "../run/index.ts";
import type { LinkRow, RunNodeRow, VersionNodeRow } from "./lineage-rows.ts";

const projectPath = sql`e.name || '/' || p.name`;

/** What is said of runs, deleted ones too. Asks no policy. */
export async function readRunNodes(ctx: Ctx, ids: readonly string[]): Promise<RunNodeRow[]> {
	if (ids.length === 0) return [];
	const query = sql<RunNodeRow>`
		select r.id, r.name, r.display_name as "displayName", coalesce(r.job_type, '') as "jobType",
			r.group_name as "groupName", ${shownState(ctx)} as state, r.created_at as "createdAt", s.name as sweep,
			r.sweep_id as "sweepId", r.deleted_at is not null or p.deleted_at is not null as "isDeleted",
			${projectPath} as project, p.number as place
		from run r join project p on p.id = r.project_id join entity e on e.id = p.entity_id
		left join sweep s on s.id = r.sweep_id where r.id = any(${[...ids]}::uuid[])`;
	return (await named("lineage.runNodes", query).execute(ctx.db)).rows;
}

/** What is said of versions, deleted ones too, with their aliases where they were logged. Asks no policy. */
export async function readVersionNodes(db: Database, ids: readonly string[]): Promise<VersionNodeRow[]> {
	if (ids.length === 0) return [];
	const query = sql<VersionNodeRow>`
		select a.id, t.name as type, c.name as collection, m.version_index as version, a.state, a.created_at as "createdAt",
			${projectPath} as project, p.number as place, a.size,
			array(select l.alias from artifact_alias l where l.member_id = m.id order by l.alias) as aliases
		from artifact a join artifact_collection c on c.id = a.collection_id join artifact_type t on t.id = c.type_id
		join project p on p.id = a.project_id join entity e on e.id = p.entity_id
		left join artifact_member m on m.collection_id = a.collection_id and m.artifact_id = a.id
		where a.id = any(${[...ids]}::uuid[])`;
	return (await named("lineage.versionNodes", query).execute(db)).rows;
}

/** The places that versions have by links. Asks no policy. */
export async function readLinkRows(db: Database, ids: readonly string[]): Promise<LinkRow[]> {
	if (ids.length === 0) return [];
	const query = sql<LinkRow>`
		select m.artifact_id as "artifactId", ${projectPath} as project, p.number as place, c.name as collection,
			m.version_index as version, g.project_id is not null as "isRegistry",
			array(select l.alias from artifact_alias l where l.member_id = m.id order by l.alias) as aliases
		from artifact_member m join artifact_collection c on c.id = m.collection_id and c.kind = 'PORTFOLIO'
		join project p on p.id = c.project_id join entity e on e.id = p.entity_id
		left join registry g on g.project_id = p.id
		where m.artifact_id = any(${[...ids]}::uuid[]) order by m.created_at, m.id`;
	return (await named("lineage.linkRows", query).execute(db)).rows;
}
