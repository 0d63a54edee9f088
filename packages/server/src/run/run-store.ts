import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { RunState } from "./run-rules.ts";

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

/** Makes all runs of a project unseen by every read; unlike ghosts, they keep what they hold. */
export async function markRunsOfProjectDeleted(db: Database, projectId: string, at: Date): Promise<void> {
	const query = sql`update run set deleted_at = ${at}, updated_at = ${at} where project_id = ${projectId} and deleted_at is null`;
	await named("run.markDeletedOfProject", query).execute(db);
}
