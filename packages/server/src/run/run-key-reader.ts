import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

type RunKey = { readonly document: "config" | "summary"; readonly key: string };

/** Older runs than these are not looked into. */
const newestRuns = 500;
const deepest = 6;
const mostKeys = 5_000;

/** The keys of the documents of a project's newest runs that hold no object; media, which has a `_type`, is one. Asks no policy. */
export async function readRunKeys(db: Database, projectId: string): Promise<RunKey[]> {
	const { rows } = await named(
		"run.keys",
		sql<RunKey>`with recursive newest as materialized (
				select config, summary_metrics from run where project_id = ${projectId} and deleted_at is null
				order by created_at desc, id desc limit ${newestRuns}),
			found (document, key, value, depth) as (
				(select 'config', e.key, coalesce(e.value -> 'value', e.value), 1
					from newest, jsonb_each(config) e where e.key <> '_wandb'
				union all
				select 'summary', e.key, e.value, 1
					from newest, jsonb_each(summary_metrics) e where left(e.key, 1) <> '_')
				union all
				select document, found.key || '.' || e.key, e.value, depth + 1 from found,
					jsonb_each(case when jsonb_typeof(found.value) = 'object' then found.value else '{}' end) e
				where depth < ${deepest} and not found.value ? '_type')
			select distinct document, key from found where jsonb_typeof(value) <> 'object'
			order by document, key limit ${mostKeys}`,
	).execute(db);
	return rows;
}
