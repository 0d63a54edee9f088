import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { type CursorValue, encodeCursor, parseCursor } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import type { RunField, RunOrder } from "./run-field-rules.ts";
import type { FilterScalar, RunFilter } from "./run-filter-rules.ts";
import { type RunReading, type RunRow, runColumns, shownState } from "./run-reader.ts";

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

/** A bound for the queries of the running transaction. */
export async function limitQueryTime(reading: Pick<RunReading, "db">, milliseconds: number): Promise<void> {
	await named("run.limitQueryTime", sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`).execute(
		reading.db,
	);
}

// Each joins at most one row by its key, so that the planner leaves out those that nothing asks for.
const source = sql`run r left join sweep s on s.id = r.sweep_id left join user_account u on u.id = r.created_by`;

function condition(reading: RunReading, { scope, filter }: RunSearch): RawBuilder<boolean> {
	const inScope = "projectId" in scope ? sql`r.project_id = ${scope.projectId}` : sql`r.sweep_id = ${scope.sweepId}`;
	return sql<boolean>`${inScope} and r.deleted_at is null and ${filterSql(reading, filter)}`;
}

/** Never null, so that `not` means what it says. */
function filterSql(reading: RunReading, filter: RunFilter): RawBuilder<boolean> {
	switch (filter.kind) {
		case "all":
			return junction(reading, filter.of, { word: sql` and `, empty: sql<boolean>`true` });
		case "any":
			return junction(reading, filter.of, { word: sql` or `, empty: sql<boolean>`false` });
		case "not":
			return sql<boolean>`not (${filterSql(reading, filter.of)})`;
		case "compare":
			return compareSql(reading, filter);
		case "in": {
			const tests = filter.values.map((value) =>
				compareSql(reading, { kind: "compare", field: filter.field, operator: "eq", value }),
			);
			return tests.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(tests, sql` or `)})`;
		}
		case "regex":
			return regexSql(reading, filter.field, filter.pattern);
		case "exists": {
			const exists = existsSql(reading, filter.field);
			return filter.exists ? exists : sql<boolean>`not (${exists})`;
		}
	}
}

function junction(
	reading: RunReading,
	of: readonly RunFilter[],
	how: { readonly word: RawBuilder<unknown>; readonly empty: RawBuilder<boolean> },
): RawBuilder<boolean> {
	if (of.length === 0) return how.empty;
	return sql<boolean>`(${sql.join(
		of.map((inner) => filterSql(reading, inner)),
		how.word,
	)})`;
}

const operatorSql = { gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` } as const;

function compareSql(reading: RunReading, filter: Extract<RunFilter, { kind: "compare" }>): RawBuilder<boolean> {
	const { field, operator, value } = filter;
	if (field.kind === "tags") {
		return value === null ? sql<boolean>`cardinality(r.tags) = 0` : sql<boolean>`${String(value)}::text = any(r.tags)`;
	}
	if (field.kind === "json") return compareJson(jsonSql(field), operator, value);
	const column = columnSql(reading, field);
	if (operator === "eq") {
		return value === null ? sql<boolean>`${column} is null` : sql<boolean>`coalesce(${column} = ${value}, false)`;
	}
	return sql<boolean>`coalesce(${column} ${operatorSql[operator]} ${value}, false)`;
}

function compareJson(
	found: RawBuilder<unknown>,
	operator: "eq" | "gt" | "gte" | "lt" | "lte",
	value: FilterScalar | Date,
): RawBuilder<boolean> {
	if (operator === "eq" && value === null) return sql<boolean>`coalesce(${found}, 'null'::jsonb) = 'null'::jsonb`;
	const wanted = sql`${JSON.stringify(value)}::jsonb`;
	if (operator === "eq") return sql<boolean>`coalesce(${found} = ${wanted}, false)`;
	// jsonb orders values of different types, too; a filter means values of its own type.
	return sql<boolean>`(coalesce(jsonb_typeof(${found}) = ${jsonType(value)}, false) and ${found} ${operatorSql[operator]} ${wanted})`;
}

function jsonType(value: FilterScalar | Date): string {
	return value === null ? "null" : typeof value;
}

function regexSql(reading: RunReading, field: RunField, pattern: string): RawBuilder<boolean> {
	if (field.kind === "tags") return sql<boolean>`exists (select from unnest(r.tags) tag where tag ~ ${pattern})`;
	const text = field.kind === "json" ? sql`${jsonSql(field)} #>> '{}'` : sql`(${columnSql(reading, field)})::text`;
	return sql<boolean>`coalesce(${text} ~ ${pattern}, false)`;
}

function existsSql(reading: RunReading, field: RunField): RawBuilder<boolean> {
	if (field.kind === "tags") return sql<boolean>`cardinality(r.tags) > 0`;
	const value = field.kind === "json" ? jsonSql(field) : columnSql(reading, field);
	return sql<boolean>`(${value}) is not null`;
}

function columnSql(reading: RunReading, field: Extract<RunField, { kind: "text" | "time" }>): RawBuilder<unknown> {
	switch (field.column) {
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
	}
}

function jsonSql(field: Extract<RunField, { kind: "json" }>): RawBuilder<unknown> {
	const document = field.document === "config" ? sql`r.config` : sql`r.summary_metrics`;
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
			return { ranked: false, rank: sql`0`, value: columnSql(reading, field), cast: sql`timestamptz` };
		case "json": {
			const found = jsonSql(field);
			// Texts like "NaN" after the numbers: the first run of a list by a metric is the best one.
			const rank = sql`case coalesce(jsonb_typeof(${found}), 'null') when 'number' then 0 when 'null' then 2 else 1 end`;
			return { ranked: true, rank, value: sql`coalesce(${found}, 'null'::jsonb)`, cast: sql`jsonb` };
		}
		case "tags":
			return { ranked: false, rank: sql`0`, value: sql`r.tags`, cast: sql`text[]` };
		case "text": {
			const column = columnSql(reading, field);
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
