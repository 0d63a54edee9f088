import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import { liveStates, type RunState, silenceLimit } from "./run-rules.ts";

/** What a read of runs needs: the state of a run depends on the time. */
export type RunReading = Pick<Ctx, "db" | "clock" | "config">;

/** A run without its documents (configuration, summary), which can be large and are loaded when asked for. */
export type RunRow = {
	readonly id: string;
	readonly projectId: string;
	/** The run id in addresses. */
	readonly name: string;
	readonly displayName: string;
	/** `crashed` also where the client has fallen silent. */
	readonly state: RunState;
	readonly description: string | null;
	readonly notes: string | null;
	readonly groupName: string | null;
	readonly jobType: string | null;
	readonly sweepId: string | null;
	readonly tags: readonly string[];
	readonly commit: string | null;
	readonly host: string | null;
	readonly exitCode: number | null;
	readonly stopRequested: boolean;
	/** Lines of its own; those before them come from the run it was forked from. */
	readonly historyLineCount: number;
	readonly inheritedLineCount: number;
	readonly eventsLineCount: number;
	readonly logLineCount: number;
	readonly createdBy: string | null;
	readonly createdAt: Date;
	readonly updatedAt: Date;
	readonly heartbeatAt: Date;
	readonly finishedAt: Date | null;
};

/** The JSON documents of a run as text, so that 1.0 and large whole numbers stay what they are. */
export type RunDocuments = {
	readonly id: string;
	readonly config: string;
	readonly summaryMetrics: string;
	readonly systemMetrics: string;
};

/** The state of the run `r` as it is shown. */
export function shownState(reading: Pick<Ctx, "clock" | "config">): RawBuilder<RunState> {
	const silentSince = silenceLimit(reading.clock(), reading.config.runTimeout);
	const live = sql.join(liveStates.map((state) => sql.val(state)));
	return sql<RunState>`case when r.state in (${live}) and r.heartbeat_at < ${silentSince} then 'crashed' else r.state end`;
}

/** The columns of a `RunRow`, of a table `run` that goes by the name `r`. */
export function runColumns(reading: Pick<Ctx, "clock" | "config">): RawBuilder<RunRow> {
	return sql<RunRow>`r.id, r.project_id as "projectId", r.name, r.display_name as "displayName",
		${shownState(reading)} as state, r.description, r.notes, r.group_name as "groupName", r.job_type as "jobType",
		r.sweep_id as "sweepId", r.tags, r.commit, r.host, r.exit_code as "exitCode", r.stop_requested as "stopRequested",
		r.history_line_count as "historyLineCount",
		r.inherited_line_count as "inheritedLineCount", r.events_line_count as "eventsLineCount",
		r.log_line_count as "logLineCount", r.created_by as "createdBy", r.created_at as "createdAt",
		r.updated_at as "updatedAt", r.heartbeat_at as "heartbeatAt", r.finished_at as "finishedAt"`;
}

/** The columns of `RunDocuments` without its id, of a table `run` that goes by the name `r`. */
export const documentColumns: RawBuilder<Omit<RunDocuments, "id">> = sql`r.config::text as config,
	r.summary_metrics::text as "summaryMetrics", r.system_metrics::text as "systemMetrics"`;

/** The runs with these ids that exist and were not deleted, in no order. Asks no policy. */
export async function findRunsByIds(reading: RunReading, ids: readonly string[]): Promise<RunRow[]> {
	if (ids.length === 0) return [];
	const { rows } = await named(
		"run.findByIds",
		sql<RunRow>`select ${runColumns(reading)} from run r
			where r.id = any(${[...ids]}::uuid[]) and r.deleted_at is null`,
	).execute(reading.db);
	return rows;
}

/** The run of that name in a project. Asks no policy. */
export async function findRunByName(reading: RunReading, projectId: string, name: string): Promise<RunRow | null> {
	const { rows } = await named(
		"run.findByName",
		sql<RunRow>`select ${runColumns(reading)} from run r
			where r.project_id = ${projectId} and r.name = ${name} and r.deleted_at is null`,
	).execute(reading.db);
	return rows[0] ?? null;
}

export async function findRunDocuments(reading: Pick<Ctx, "db">, ids: readonly string[]): Promise<RunDocuments[]> {
	const { rows } = await named(
		"run.findDocuments",
		sql<RunDocuments>`select r.id, ${documentColumns} from run r where r.id = any(${[...ids]}::uuid[])`,
	).execute(reading.db);
	return rows;
}

export type SweepRunStats = { readonly sweepId: string; readonly runCount: number };

export async function countRunsOfSweeps(
	reading: Pick<Ctx, "db">,
	sweepIds: readonly string[],
): Promise<SweepRunStats[]> {
	const { rows } = await named(
		"run.countOfSweeps",
		sql<SweepRunStats>`select sweep_id as "sweepId", count(*)::int as "runCount" from run
			where sweep_id = any(${[...sweepIds]}::uuid[]) and deleted_at is null group by sweep_id`,
	).execute(reading.db);
	return rows;
}

/** The least or greatest value of a metric in the summaries of a sweep's runs; texts like "NaN" do not count. */
export async function findBestMetric(
	reading: Pick<Ctx, "db">,
	search: { sweepId: string; path: readonly string[]; goal: "minimize" | "maximize" },
): Promise<number | null> {
	const value = sql`(summary_metrics #>> ${[...search.path]}::text[])::numeric`;
	const best = search.goal === "minimize" ? sql`min(${value})` : sql`max(${value})`;
	const { rows } = await named(
		"run.findBestMetric",
		sql<{
			best: number | null;
		}>`select (${best})::float8 as best from run where sweep_id = ${search.sweepId} and deleted_at is null
			and jsonb_typeof(summary_metrics #> ${[...search.path]}::text[]) = 'number'`,
	).execute(reading.db);
	return rows[0]?.best ?? null;
}

/**
 * Whether a run of that name was under way when its project was deleted, which had this name: its client still sends
 * changes, and would bring the project back.
 */
export async function isDeletedWithProject(
	reading: Pick<Ctx, "db">,
	run: { readonly entityId: string; readonly projectName: string; readonly runName: string },
): Promise<boolean> {
	const { rows } = await named(
		"run.isDeletedWithProject",
		sql`select from project p join run r on r.project_id = p.id and r.name = ${run.runName}
			where p.entity_id = ${run.entityId} and p.name = ${run.projectName} and p.deleted_at is not null
				and r.state in ('pending', 'running', 'preempting') limit 1`,
	).execute(reading.db);
	return rows.length > 0;
}
