import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { RunAlertRow } from "./run-alert-reader.ts";

/** Locks the run against others' alerts and says when one of that title came last; undefined without such a run. */
export async function lockLastAlert(
	db: Database,
	alert: { readonly runId: string; readonly title: string },
): Promise<{ readonly at: Date | null } | undefined> {
	const locked = await named(
		"run.lockForAlert",
		sql`select id from run where id = ${alert.runId} and deleted_at is null for no key update`,
	).execute(db);
	if (locked.rows.length === 0) return undefined;
	const { rows } = await named(
		"run.findLastAlert",
		sql<{ at: Date | null }>`select max(at) as at from run_alert
			where run_id = ${alert.runId} and title = ${alert.title}`,
	).execute(db);
	return rows[0];
}

export async function insertAlert(db: Database, runId: string, alert: RunAlertRow): Promise<void> {
	const { id, title, text, level, at } = alert;
	await named(
		"run.insertAlert",
		sql`insert into run_alert (id, run_id, title, text, level, at)
			values (${id}, ${runId}, ${title}, ${text}, ${level}, ${at})`,
	).execute(db);
}
