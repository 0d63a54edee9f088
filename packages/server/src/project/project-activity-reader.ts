import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

/** When something last happened in each of these projects: a change of it or in it, or a sign of life of its newest run. */
export async function findLastActivity(
	db: Database,
	ids: readonly string[],
): Promise<Array<{ readonly id: string; readonly at: Date }>> {
	const query = sql<{ id: string; at: Date }>`
		select p.id, greatest(p.updated_at,
			(select r.heartbeat_at from run r where r.project_id = p.id order by r.created_at desc, r.id desc limit 1),
			(select o.at from event_outbox o where (o.payload->>'projectId')::uuid = p.id
				and o.type not in ('run.created', 'run.finished') order by o.position desc limit 1)) as at
		from project p where p.id = any(${[...ids]}::uuid[])`;
	return (await named("project.findLastActivity", query).execute(db)).rows;
}
