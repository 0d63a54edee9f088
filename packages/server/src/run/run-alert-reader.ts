import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { afterKey } from "../db/page.ts";
import { named } from "../db/query-name.ts";

export type AlertLevel = "INFO" | "WARN" | "ERROR";

export type RunAlertRow = {
	readonly id: string;
	readonly title: string;
	readonly text: string;
	readonly level: AlertLevel;
	readonly at: Date;
};

/** Alerts of a run, oldest first. */
export async function listAlertRows(
	db: Database,
	runId: string,
	page: { readonly limit: number; readonly after: readonly [Date, string] | null },
): Promise<RunAlertRow[]> {
	const after = page.after === null ? sql`` : sql` and ${afterKey(["at", "id"], page.after)}`;
	const { rows } = await named(
		"run.listAlerts",
		sql<RunAlertRow>`select id, title, text, level, at from run_alert where run_id = ${runId}${after}
			order by at, id limit ${page.limit}`,
	).execute(db);
	return rows;
}

export async function countAlertRows(db: Database, runId: string): Promise<number> {
	const { rows } = await named(
		"run.countAlerts",
		sql<{ count: number }>`select count(*)::int as count from run_alert where run_id = ${runId}`,
	).execute(db);
	return rows[0]?.count ?? 0;
}
