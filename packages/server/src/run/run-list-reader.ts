import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { type FieldsSql, filterSql } from "../db/filter-sql.ts";
import { type CursorValue, encodeCursor, parseCursor } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import type { Filter } from "../filter/filter-rules.ts";
import type { RunColumn, RunField, RunOrder } from "./run-field-rules.ts";
import { type RunReading, type RunRow, runColumns, shownState } from "./run-reader.ts";

export type RunFilter = Filter<RunField>;

export type RunScope = { readonly projectId: string } | { readonly sweepId: string };

export type RunSearch = { readonly scope: RunScope; readonly filter: RunFilter };

export type ListedRun = { readonly run: RunRow; readonly cursor: string };

type SortedRow = RunRow & { readonly sortRank: number; readonly sortValue: string };

/** One more run than `limit` where there are more, in the order asked for; those without the value come last. */
export async function listRunRows(
	reading: RunReading,
	search: RunSearch,
	page: { readonly order: RunOrder; readonly limit: number; readonly after: string | null },
): Promise<ListedRun[]> {
	const { order, after } = page;
	const sort = sortOf(reading, order.field);
	const direction = order.direction === "asc" ? sql`asc` : sql`desc`;
	const beyond = after === null ? sql`` : sql` and ${beyondCursor(sort, order.direction, after)}`;
	const { rows } = await named(
		"run.list",
		sql<SortedRow>`select ${runColumns(reading)}, ${sort.rank} as "sortRank", (${sort.value})::text as "sortValue"
			from ${source} where ${condition(reading, search)}${beyond}
			order by ${sort.ranked ? sql`${sort.rank},` : sql``} ${sort.value} ${direction}, r.id ${direction}
			limit ${page.limit + 1}`,
	).execute(reading.db);
	return rows.map((row) => ({ run: row, cursor: encodeCursor(sortKey(row)) }));
}

export async function countRunRows(reading: RunReading, search: RunSearch): Promise<number> {
	const { rows } = await named(
		"run.count",
		sql<{ count: number }>`select count(*)::int as count from ${source} where ${condition(reading, search)}`,
	).execute(reading.db);
	return rows[0]?.count ?? 0;
}

// Each joins at most one row by its key, so that the planner leaves out those that nothing asks for.
const source = sql`run r left join sweep s on s.id = r.sweep_id left join user_account u on u.id = r.created_by`;

function condition(reading: RunReading, { scope, filter }: RunSearch): RawBuilder<boolean> {
	const inScope = "projectId" in scope ? sql`r.project_id = ${scope.projectId}` : sql`r.sweep_id = ${scope.sweepId}`;
	return sql<boolean>`${inScope} and r.deleted_at is null and ${filterSql(filter, fieldsSql(reading))}`;
}

function fieldsSql(reading: RunReading): FieldsSql<RunColumn> {
	return {
		column: (column) => columnSql(reading, column),
		elements: () => sql`select unnest(r.tags)`,
		document: (column) => (column === "config" ? sql`r.config` : sql`r.summary_metrics`),
	};
}

function columnSql(reading: RunReading, column: RunColumn): RawBuilder<unknown> {
	switch (column) {
		case "state":
			return sql`(${shownState(reading)})`;
		case "name":
			return sql`r.name`;
		case "displayName":
			return sql`r.display_name`;
		case "group":
			return sql`r.group_name`;
		case "jobType":
			return sql`r.job_type`;
		case "sweep":
			return sql`s.name`;
		case "username":
			return sql`u.username`;
		case "createdAt":
			return sql`r.created_at`;
		case "heartbeatAt":
			return sql`r.heartbeat_at`;
		case "duration":
			return sql`extract(epoch from r.heartbeat_at - r.created_at)::float8`;
		case "tags":
			return sql`r.tags`;
		case "config":
			return sql`r.config`;
		case "summary":
			return sql`r.summary_metrics`;
	}
}

function jsonSql(field: Extract<RunField, { kind: "json" }>): RawBuilder<unknown> {
	const document = field.column === "config" ? sql`r.config` : sql`r.summary_metrics`;
	return sql`coalesce(${sql.join(field.paths.map((path) => sql`${document} #> ${[...path]}::text[]`))})`;
}

type Sort = {
	/** Whether some runs have no value: those come last, whatever the direction. */
	readonly ranked: boolean;
	readonly rank: RawBuilder<unknown>;
	readonly value: RawBuilder<unknown>;
	readonly cast: RawBuilder<unknown>;
};

function sortOf(reading: RunReading, field: RunField): Sort {
	switch (field.kind) {
		case "time":
			return { ranked: false, rank: sql`0`, value: columnSql(reading, field.column), cast: sql`timestamptz` };
		case "number":
			return { ranked: false, rank: sql`0`, value: columnSql(reading, field.column), cast: sql`float8` };
		case "json": {
			const found = jsonSql(field);
			// Texts like "NaN" after the numbers: the first run of a list by a metric is the best one.
			const rank = sql`case coalesce(jsonb_typeof(${found}), 'null') when 'number' then 0 when 'null' then 2 else 1 end`;
			return { ranked: true, rank, value: sql`coalesce(${found}, 'null'::jsonb)`, cast: sql`jsonb` };
		}
		default: {
			const column = columnSql(reading, field.column);
			const rank = sql`case when ${column} is null then 1 else 0 end`;
			return { ranked: true, rank, value: sql`coalesce(${column}, '')`, cast: sql`text` };
		}
	}
}

function sortKey(row: SortedRow): CursorValue[] {
	return [row.sortRank, row.sortValue, row.id];
}

function beyondCursor(sort: Sort, direction: "asc" | "desc", after: string): RawBuilder<boolean> {
	const [rank, value, id] = parseCursor(after, z.tuple([z.int().min(0).max(2), z.string(), z.uuid()]));
	const compare = direction === "asc" ? sql`>` : sql`<`;
	const within = sql<boolean>`(${sort.value}, r.id) ${compare} (${value}::text::${sort.cast}, ${id}::uuid)`;
	if (!sort.ranked) return within;
	return sql<boolean>`(${sort.rank} > ${rank} or (${sort.rank} = ${rank} and ${within}))`;
}
