import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
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

export type RunKey = { readonly id: string } | { readonly projectId: string; readonly name: string };

/** Changes a run; answers with its id, or undefined where there is none. */
export async function updateRun(
	db: Database,
	key: RunKey,
	update: { readonly changes: RunChanges; readonly course: UpsertCourse; readonly now: Date },
): Promise<string | undefined> {
	const { changes, course, now } = update;
	const sets = [
		sql`updated_at = ${now}`,
		...columnValues(changes).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
		...courseAssignments(course, now),
	];
	const where = "id" in key ? sql`id = ${key.id}` : sql`project_id = ${key.projectId} and name = ${key.name}`;
	const { rows } = await named(
		"run.update",
		sql<{ id: string }>`update run set ${sql.join(sets)} where ${where} and deleted_at is null returning id`,
	).execute(db);
	return rows[0]?.id;
}

export type NewRun = {
	readonly id: string;
	readonly projectId: string;
	readonly name: string;
	readonly state: RunState;
	readonly changes: RunChanges & { readonly displayName: string };
	readonly createdBy: string | null;
	readonly now: Date;
};

/** Makes a run; false where one of that name is there already (made by a request at the same time). */
export async function insertRun(db: Database, run: NewRun): Promise<boolean> {
	const columns: Array<readonly [string, unknown]> = [
		["id", run.id],
		["project_id", run.projectId],
		["name", run.name],
		["state", run.state],
		["created_by", run.createdBy],
		["created_at", run.now],
		["updated_at", run.now],
		["heartbeat_at", run.now],
		...columnValues(run.changes),
	];
	const { rows } = await named(
		"run.insert",
		sql`insert into run (${sql.join(columns.map(([column]) => sql.ref(column)))})
			values (${sql.join(columns.map(([, value]) => sql`${value}`))})
			on conflict (project_id, name) do nothing returning id`,
	).execute(db);
	return rows.length > 0;
}

export async function countRuns(db: Database, projectId: string): Promise<number> {
	const { rows } = await named(
		"run.countOfProject",
		sql<{ count: number }>`select count(*)::int as count from run where project_id = ${projectId}`,
	).execute(db);
	return rows[0]?.count ?? 0;
}

/** Notes that somebody wants the run to stop; false where there is no such live run. */
export async function requestStop(db: Database, runId: string): Promise<boolean> {
	const { rows } = await named(
		"run.requestStop",
		sql`update run set stop_requested = true where id = ${runId} and deleted_at is null and state in ('pending', 'running', 'preempting') returning id`,
	).execute(db);
	return rows.length > 0;
}

/** Sets a state where the run is stored in one of `from`, or in a live one that has gone silent. */
export async function changeState(
	db: Database,
	runId: string,
	change: { readonly state: RunState; readonly from: readonly RunState[]; readonly now: Date },
): Promise<boolean> {
	const { state, from, now } = change;
	const silent = from.includes("crashed") ? [...from, "preempting"] : [...from];
	const finishedAt = state === "failed" ? now : null;
	const { rows } = await named(
		"run.changeState",
		sql`update run set state = ${state}, heartbeat_at = ${now}, updated_at = ${now}, exit_code = null,
			finished_at = ${finishedAt}, stop_requested = false
			where id = ${runId} and deleted_at is null and state = any(${silent}::text[]) returning id`,
	).execute(db);
	return rows.length > 0;
}

/** Leaves of a run its name, its state and its times, unseen by every read. */
export async function makeGhost(db: Database, runId: string, now: Date): Promise<void> {
	await named(
		"run.makeGhost",
		sql`update run set deleted_at = ${now}, updated_at = ${now}, config = '{}', summary_metrics = '{}',
			system_metrics = '{}', description = null, notes = null, tags = '{}', history_line_count = 0,
			events_line_count = 0, log_line_count = 0, inherited_line_count = 0, history_rewrites = history_rewrites + 1
			where id = ${runId} and deleted_at is null`,
	).execute(db);
	await named("run.deleteLines", sql`delete from run_line_chunk where run_id = ${runId}`).execute(db);
	await named("run.deleteHistoryFacts", sql`delete from run_history_facts where run_id = ${runId}`).execute(db);
	await named("run.deleteAllFiles", sql`delete from run_file where run_id = ${runId}`).execute(db);
	await named("run.deleteAlerts", sql`delete from run_alert where run_id = ${runId}`).execute(db);
}

function columnValues(changes: RunChanges): Array<readonly [string, unknown]> {
	const all: ReadonlyArray<readonly [string, unknown]> = [
		["display_name", changes.displayName],
		["description", changes.description],
		["notes", changes.notes],
		["group_name", changes.groupName],
		["job_type", changes.jobType],
		["sweep_id", changes.sweepId],
		["tags", changes.tags === undefined ? undefined : [...changes.tags]],
		["config", changes.config],
		["summary_metrics", changes.summaryMetrics],
		["commit", changes.commit],
		["host", changes.host],
		["program", changes.program],
		["repo", changes.repo],
	];
	return all.filter(([, value]) => value !== undefined);
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
			sql`heartbeat_at = case when state = 'pending' then ${now}::timestamptz else heartbeat_at end`,
			sql`state = case when state = 'pending' then 'running' else state end`,
		];
	}
	return [sql`state = ${course.state}`, sql`heartbeat_at = ${now}`];
}
