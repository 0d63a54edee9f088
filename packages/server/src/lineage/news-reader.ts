import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

/** An event, as far as it tells of edges and links; of others only that it was there. */
export type NewsRow = {
	readonly position: number;
	readonly type: string;
	readonly artifactId: string | null;
	readonly runId: string | null;
};

export type News = {
	readonly rows: readonly NewsRow[];
	/** Every transaction below this is over, and what it did is seen. */
	readonly over: number;
	/** No transaction that has written is at or above this. */
	readonly next: number;
	/** Whether there is more. */
	readonly isCut: boolean;
};

const mostAtOnce = 50_000;

/** What the outbox holds past a position, and at positions that were missing. */
export async function readNews(
	db: Database,
	{ position, missing }: { readonly position: number; readonly missing: readonly number[] },
): Promise<News> {
	const about = sql`position, type, payload->>'artifactId' as artifact_id, payload->>'runId' as run_id`;
	const query = sql<{ over: string; next: string } & { [K in keyof NewsRow]: NewsRow[K] | null }>`
		select pg_snapshot_xmin(now.snapshot)::text as over, pg_snapshot_xmax(now.snapshot)::text as next,
			news.position, news.type, news.artifact_id as "artifactId", news.run_id as "runId"
		from (select pg_current_snapshot() as snapshot) now left join (
			(select ${about} from event_outbox where position > ${position} order by position limit ${mostAtOnce})
			union all select ${about} from event_outbox where position = any(${[...missing]}::bigint[])
		) news on true`;
	const found = (await named("lineage.news", query).execute(db)).rows;
	const rows = found.flatMap(({ position: at, type, artifactId, runId }) =>
		at === null || type === null ? [] : [{ position: at, type, artifactId, runId }],
	);
	const [first] = found;
	return {
		rows,
		over: Number(first?.over ?? 0),
		next: Number(first?.next ?? 0),
		isCut: rows.filter((row) => row.position > position).length === mostAtOnce,
	};
}

/** Where the outbox ends, and which transactions are not over. */
export async function readOutboxEnd(db: Database): Promise<{ position: number; over: number; next: number }> {
	const query = sql<{ position: number; over: string; next: string }>`
		select coalesce((select max(position) from event_outbox), 0) as position,
			pg_snapshot_xmin(now.snapshot)::text as over, pg_snapshot_xmax(now.snapshot)::text as next
		from (select pg_current_snapshot() as snapshot) now`;
	const [row] = (await named("lineage.outboxEnd", query).execute(db)).rows;
	return { position: row?.position ?? 0, over: Number(row?.over ?? 0), next: Number(row?.next ?? 0) };
}
