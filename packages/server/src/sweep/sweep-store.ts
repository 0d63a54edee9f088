import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { SweepState } from "./sweep-rules.ts";

/** Undefined leaves a thing as it is. */
export type SweepChanges = {
	readonly displayName?: string | undefined;
	readonly description?: string | undefined;
	readonly state?: SweepState | undefined;
	readonly method?: string | undefined;
	readonly config?: string | undefined;
	readonly controller?: string | undefined;
	readonly scheduler?: string | undefined;
};

export type NewSweep = {
	readonly id: string;
	readonly projectId: string;
	readonly name: string;
	readonly createdBy: string | null;
	readonly now: Date;
	readonly changes: SweepChanges & { readonly state: SweepState; readonly method: string; readonly config: string };
};

/** Makes a sweep; false where its name is taken. */
export async function insertSweep(db: Database, sweep: NewSweep): Promise<boolean> {
	const { changes, now } = sweep;
	const { rows } = await named(
		"sweep.insert",
		sql`insert into sweep (id, project_id, name, display_name, description, state, method, config, controller,
				scheduler, created_by, created_at, updated_at)
			values (${sweep.id}, ${sweep.projectId}, ${sweep.name}, ${changes.displayName ?? null},
				${changes.description ?? null}, ${changes.state}, ${changes.method}, ${changes.config},
				${changes.controller ?? null}, ${changes.scheduler ?? null}, ${sweep.createdBy}, ${now}, ${now})
			on conflict (project_id, name) do nothing returning id`,
	).execute(db);
	return rows.length > 0;
}

export async function updateSweep(
	db: Database,
	id: string,
	changes: SweepChanges & { readonly now: Date },
): Promise<void> {
	const kept: ReadonlyArray<readonly [string, string | undefined]> = [
		["display_name", changes.displayName],
		["description", changes.description],
		["state", changes.state],
		["method", changes.method],
		["config", changes.config],
		["controller", changes.controller],
		["scheduler", changes.scheduler],
	];
	const sets = kept
		.filter(([, value]) => value !== undefined)
		.map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
	await named(
		"sweep.update",
		sql`update sweep set ${sql.join([sql`updated_at = ${changes.now}`, ...sets])} where id = ${id}`,
	).execute(db);
}

/** The state of a sweep, its row locked until the transaction ends. */
export async function lockSweepState(db: Database, id: string): Promise<SweepState | undefined> {
	const { rows } = await named(
		"sweep.lock",
		sql<{ state: SweepState }>`select state from sweep where id = ${id} for update`,
	).execute(db);
	return rows[0]?.state;
}
