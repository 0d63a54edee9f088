import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { columnsIn, nestRow } from "../db/nested-row.ts";
import { named } from "../db/query-name.ts";
import { projectColumns, projectTables } from "../project/index.ts";
import type { Happening } from "./live-rules.ts";

export type HappeningsWanted = {
	readonly after: number;
	/** Positions that are known already. */
	readonly except: readonly number[];
	/** So many events; each gives as many rows as projects that it touches, and at least one. */
	readonly limit: number;
};

/** What happened after a position and where one sees it, in the order of positions. Asks no policy. */
export async function readHappenings(db: Database, { after, except, limit }: HappeningsWanted): Promise<Happening[]> {
	const query = sql<object>`
		with page as materialized (
			select o.position, o.type, (o.payload->>'projectId')::uuid as project_id,
				(o.payload->>'fromProjectId')::uuid as from_project_id, (o.payload->>'collectionId')::uuid as collection_id,
				(o.payload->>'artifactId')::uuid as artifact_id, (o.payload->>'runId')::uuid as run_id
			from event_outbox o where o.position > ${after} and not o.position = any(${[...except]}::bigint[])
			order by o.position limit ${limit}
		)
		select page.position, page.type, shown.name as collection, ran.name as run, ${columnsIn("project", projectColumns)}
		from page
			left join artifact_collection its on its.id = page.collection_id
			left join artifact version on version.id = page.artifact_id
			left join run maker on maker.id = page.run_id
			left join lateral (
				select project_id, max(collection_id::text)::uuid as collection_id, max(run_id::text)::uuid as run_id
				from (values (page.project_id, null::uuid, null::uuid), (page.from_project_id, null, null),
					(its.project_id, its.id, null), (version.project_id, version.collection_id, null),
					(maker.project_id, null, maker.id)) touched (project_id, collection_id, run_id)
				where project_id is not null group by project_id
			) place on true
			left join artifact_collection shown on shown.id = place.collection_id
			left join run ran on ran.id = place.run_id
			left join (${projectTables}) on p.id = place.project_id
		order by page.position`;
	const { rows } = await named("history.readHappenings", query).execute(db);
	return rows.map((row) => nestRow<Happening>(row));
}

/** The newest positions, in no order: at most as many as asked for. */
export async function readLastPositions(db: Database, limit: number): Promise<number[]> {
	const query = sql<{ position: number }>`
		select position from event_outbox order by position desc limit ${limit}`;
	const { rows } = await named("history.readLastPositions", query).execute(db);
	return rows.map(({ position }) => position);
}
