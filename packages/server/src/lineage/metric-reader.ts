import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

export type MetricsAsked = {
	readonly metric: string;
	/** Runs and versions. */
	readonly ids: readonly string[];
	/** Runs that may have made the versions. */
	readonly producerIds: readonly string[];
};

/**
 * A number in the summary of each run; of each version in that of the run that made it first, else in its own metadata. In
 * the order asked for. Asks no policy.
 */
export async function readMetrics(
	db: Database,
	{ metric, ids, producerIds }: MetricsAsked,
): Promise<Array<number | null>> {
	if (ids.length === 0) return [];
	const path = metric.split(".");
	const numberIn = (document: string) => sql`case when jsonb_typeof(${sql.raw(document)} -> ${metric}::text) = 'number'
			then (${sql.raw(document)} ->> ${metric}::text)::float8
		when jsonb_typeof(${sql.raw(document)} #> ${path}::text[]) = 'number'
			then (${sql.raw(document)} #>> ${path}::text[])::float8 end`;
	const query = sql<{ value: number | null }>`
		select coalesce(${numberIn("r.summary_metrics")}, ${numberIn("a.metadata::jsonb")}) as value
		from unnest(${[...ids]}::uuid[]) with ordinality wanted (id, place)
		left join artifact a on a.id = wanted.id
		left join run r on r.id = coalesce((
			select ra.run_id from run_artifact ra where ra.artifact_id = a.id and ra.direction = 'PRODUCED'
				and ra.run_id = any(${[...producerIds]}::uuid[]) order by ra.at, ra.run_id limit 1), wanted.id)
		order by wanted.place`;
	return (await named("lineage.metrics", query).execute(db)).rows.map(({ value }) => value);
}
