import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { afterKey } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import type { SweepFilter } from "./sweep-filter-rules.ts";
import type { SweepState } from "./sweep-rules.ts";

export type SweepRow = {
	readonly id: string;
	readonly projectId: string;
	/** The sweep id in addresses. */
	readonly name: string;
	readonly displayName: string | null;
	readonly description: string | null;
	readonly state: SweepState;
	readonly method: string;
	/** YAML or JSON, as it was sent. */
	readonly config: string;
	readonly controller: string | null;
	readonly scheduler: string | null;
	readonly createdBy: string | null;
	readonly createdAt: Date;
	readonly updatedAt: Date;
};

const columns = sql`id, project_id as "projectId", name, display_name as "displayName", description, state, method,
	config, controller, scheduler, created_by as "createdBy", created_at as "createdAt", updated_at as "updatedAt"`;

/** The sweeps with these ids that exist, in no order. Asks no policy. */
export async function findSweepsByIds(db: Database, ids: readonly string[]): Promise<SweepRow[]> {
	const { rows } = await named(
		"sweep.findByIds",
		sql<SweepRow>`select ${columns} from sweep where id = any(${[...ids]}::uuid[])`,
	).execute(db);
	return rows;
}

/** The sweep of that name in a project. Asks no policy. */
export async function findSweepInProject(db: Database, projectId: string, name: string): Promise<SweepRow | null> {
	const { rows } = await named(
		"sweep.findByName",
		sql<SweepRow>`select ${columns} from sweep where project_id = ${projectId} and name = ${name}`,
	).execute(db);
	return rows[0] ?? null;
}

export type SweepSearch = { readonly projectId: string; readonly filter: SweepFilter };

function condition({ projectId, filter }: SweepSearch): RawBuilder<boolean> {
	const name = filter.name === undefined ? sql`` : sql` and name = ${filter.name}`;
	const state = filter.state === undefined ? sql`` : sql` and state = ${filter.state}`;
	return sql<boolean>`project_id = ${projectId}${name}${state}`;
}

/** Sweeps of a project, newest first. */
export async function listSweepRows(
	db: Database,
	search: SweepSearch,
	page: { readonly limit: number; readonly after: readonly [Date, string] | null },
): Promise<SweepRow[]> {
	const after = page.after === null ? sql`` : sql` and ${afterKey(["created_at", "id"], page.after, "desc")}`;
	const { rows } = await named(
		"sweep.list",
		sql<SweepRow>`select ${columns} from sweep where ${condition(search)}${after}
			order by created_at desc, id desc limit ${page.limit}`,
	).execute(db);
	return rows;
}

export async function countSweepRows(db: Database, search: SweepSearch): Promise<number> {
	const { rows } = await named(
		"sweep.count",
		sql<{ count: number }>`select count(*)::int as count from sweep where ${condition(search)}`,
	).execute(db);
	return rows[0]?.count ?? 0;
}
