import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

export type MetricAsked = { readonly runId: string | null; readonly artifactId: string | null };

/** A number in the summary of each run, else in the metadata of each version, in the order asked for. Asks no policy. */
export async function readMetrics(
	db: Database,
	asked: readonly MetricAsked[],
	metric: string,
): Promise<Array<number | null>> {
	if (asked.length === 0) return [];
	const path = metric.split(".");
	const numberIn = (document: string) => sql`case when jsonb_typeof(${sql.raw(document)} -> ${metric}::text) = 'number'
			then (${sql.raw(document)} ->> ${metric}::text)::float8
		when jsonb_typeof(${sql.raw(document)} #> ${path}::text[]) = 'number'
			then (${sql.raw(document)} #>> ${path}::text[])::float8 end`;
	const query = sql<{ value: number | null }>`
		select coalesce(${numberIn("r.summary_metrics")}, ${numberIn("a.metadata::jsonb")}) as value
		from unnest(${asked.map(({ runId }) => runId)}::uuid[], ${asked.map(({ artifactId }) => artifactId)}::uuid[])
			with ordinality wanted (run_id, artifact_id, place)
		left join run r on r.id = wanted.run_id left join artifact a on a.id = wanted.artifact_id
		order by wanted.place`;
	return (await named("lineage.metrics", query).execute(db)).rows.map(({ value }) => value);
}
