import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import { emitting, eventsFrom } from "../jobs/outbox.ts";
import { documentColumns, type RunDocuments, type RunRow, runColumns } from "./run-reader.ts";
import type { RunState } from "./run-rules.ts";

/** What an upsert may set; undefined leaves a thing as it is. */
export type RunChanges = {
	readonly displayName?: string | undefined;
	readonly description?: string | undefined;
	readonly notes?: string | undefined;
	readonly groupName?: string | undefined;
	readonly jobType?: string | undefined;
	readonly sweepId?: string | undefined;
	readonly tags?: readonly string[] | undefined;
	/** JSON text, the whole of it. */
	readonly config?: string | undefined;
	/** JSON text, the whole of it. */
	readonly summaryMetrics?: string | undefined;
	readonly commit?: string | undefined;
	readonly host?: string | undefined;
	readonly program?: string | undefined;
	readonly repo?: string | undefined;
};

/**
 * What an upsert does to the course of a run that exists: `restart` it (its client has resumed it), `start` it if it was
 * only announced so far, set a `state`, or leave it alone.
 */
export type UpsertCourse = "restart" | "start" | "leave" | { readonly state: RunState };

/** What an upsert does to a run that exists. */
export type RunUpdate = {
	readonly changes: RunChanges;
	readonly course: UpsertCourse;
	/** When it began, by its own clock; the earliest moment that is told of stays. */
	readonly startedAt: Date | undefined;
	readonly now: Date;
};

export type WrittenRun = { readonly run: RunRow; readonly documents: RunDocuments };

type Writing = Pick<Ctx, "db" | "clock" | "config">;
type WrittenRow = RunRow & Omit<RunDocuments, "id">;

/** Changes the run with this id; undefined where there is none. */
export async function updateRun(ctx: Writing, id: string, update: RunUpdate): Promise<WrittenRun | undefined> {
	const { rows } = await named(
		"run.update",
		sql<WrittenRow>`update run r set ${sql.join(assignments(update))} where r.id = ${id} and r.deleted_at is null
			returning ${runColumns(ctx)}, ${documentColumns}`,
	).execute(ctx.db);
	return rows[0] === undefined ? undefined : toWritten(rows[0]);
}

export type NewRun = {
	readonly id: string;
	readonly projectId: string;
	readonly name: string;
	readonly state: RunState;
	/** The words of its name, which its number follows, for a run without a display name. */
	readonly words: string;
	readonly createdBy: string | null;
};

/**
 * Makes the run of that name and says so to the outbox, or changes the one that is there; undefined where it was
 * deleted. One statement, so that many at once make one.
 */
export async function insertOrUpdateRun(
	ctx: Ctx,
	run: NewRun,
	update: RunUpdate,
): Promise<(WrittenRun & { readonly inserted: boolean }) | undefined> {
	const { now, changes, startedAt } = update;
	const { displayName = null, ...others } = changes;
	const columns: ReadonlyArray<readonly [string, RawBuilder<unknown>]> = [
		["id", sql`${run.id}::uuid`],
		["project_id", sql`${run.projectId}::uuid`],
		["name", sql`${run.name}`],
		["state", sql`${run.state}`],
		["created_by", sql`${run.createdBy}::uuid`],
		["created_at", sql`${startedAt ?? now}::timestamptz`],
		["updated_at", sql`${now}::timestamptz`],
		["heartbeat_at", sql`${now}::timestamptz`],
		["ordinal", sql`next.ordinal`],
		["display_name", sql`coalesce(${displayName}::text, ${run.words}::text || '-' || next.ordinal)`],
		...columnValues(others),
	];
	const upserted = sql`insert into run as r (${sql.join(columns.map(([column]) => sql.ref(column)))})
		select ${sql.join(columns.map(([, value]) => value))} from (select 1 + coalesce((select ordinal from run
			where project_id = ${run.projectId} order by ordinal desc limit 1), 0) as ordinal) next
		on conflict (project_id, name) do update set ${sql.join(assignments(update))} where r.deleted_at is null
		returning r.*`;
	const created = eventsFrom({
		type: "run.created",
		id: sql`${ctx.ids.uuid()}::uuid`,
		payload: { runId: run.id, projectId: run.projectId, name: run.name },
		from: sql`upserted where id = ${run.id}`,
	});
	const { rows } = await named(
		"run.upsert",
		sql<WrittenRow>`with upserted as (${upserted}), created as (${emitting(ctx, [created])})
			select ${runColumns(ctx)}, ${documentColumns} from upserted r`,
	).execute(ctx.db);
	return rows[0] === undefined ? undefined : { ...toWritten(rows[0]), inserted: rows[0].id === run.id };
}

function toWritten({ config, summaryMetrics, systemMetrics, ...run }: WrittenRow): WrittenRun {
	return { run, documents: { id: run.id, config, summaryMetrics, systemMetrics } };
}

function assignments({ changes, course, startedAt, now }: RunUpdate): Array<RawBuilder<unknown>> {
	return [
		sql`updated_at = ${now}`,
		...(startedAt === undefined ? [] : [sql`created_at = least(r.created_at, ${startedAt}::timestamptz)`]),
		...columnValues(changes).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
		...courseAssignments(course, now),
	];
}

function columnValues(changes: RunChanges): Array<readonly [string, RawBuilder<unknown>]> {
	const all: ReadonlyArray<readonly [string, unknown, RawBuilder<unknown>]> = [
		["display_name", changes.displayName, sql`text`],
		["description", changes.description, sql`text`],
		["notes", changes.notes, sql`text`],
		["group_name", changes.groupName, sql`text`],
		["job_type", changes.jobType, sql`text`],
		["sweep_id", changes.sweepId, sql`uuid`],
		["tags", changes.tags === undefined ? undefined : [...changes.tags], sql`text[]`],
		["config", changes.config, sql`jsonb`],
		["summary_metrics", changes.summaryMetrics, sql`jsonb`],
		["commit", changes.commit, sql`text`],
		["host", changes.host, sql`text`],
		["program", changes.program, sql`text`],
		["repo", changes.repo, sql`text`],
	];
	return all.flatMap(([column, value, type]) => (value === undefined ? [] : [[column, sql`${value}::${type}`]]));
}

function courseAssignments(course: UpsertCourse, now: Date): Array<RawBuilder<unknown>> {
	if (course === "leave") return [];
	if (course === "restart") {
		return [
			sql`state = 'running', heartbeat_at = ${now}, exit_code = null, finished_at = null, stop_requested = false`,
		];
	}
	if (course === "start") {
		return [
			sql`heartbeat_at = case when r.state = 'pending' then ${now}::timestamptz else r.heartbeat_at end`,
			sql`state = case when r.state = 'pending' then 'running' else r.state end`,
		];
	}
	return [sql`state = ${course.state}`, sql`heartbeat_at = ${now}`];
}
