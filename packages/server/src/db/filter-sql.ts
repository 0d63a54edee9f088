import { type RawBuilder, sql } from "kysely";
import type { Filter, FilterComparison, FilterField, FilterScalar } from "../filter/filter-rules.ts";

/** Where the fields of a list are, in its query. */
export type FieldsSql<C extends string> = {
	/** Of a text, time, number or id. */
	column(column: C): RawBuilder<unknown>;
	/** A query of the texts of a set. */
	elements(column: C): RawBuilder<unknown>;
	/** A document as jsonb. */
	document(column: C): RawBuilder<unknown>;
};

type FieldOf<C extends string, K extends FilterField["kind"]> = Extract<FilterField<C>, { kind: K }>;
type Condition = RawBuilder<boolean>;

const never = sql<boolean>`false`;
const always = sql<boolean>`true`;
const operatorSql = { eq: sql`=`, gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` } as const;
const operatorPath = { eq: "==", gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;

/**
 * The condition that a filter sets, never null, so that `not` means what it says. Tests that an index can serve are
 * written as it can: bare, beside `is not null`.
 */
export function filterSql<C extends string>(filter: Filter<FilterField<C>>, fields: FieldsSql<C>): Condition {
	switch (filter.kind) {
		case "all":
			return junction(
				filter.of.map((inner) => filterSql(inner, fields)),
				{ word: sql` and `, empty: always },
			);
		case "any":
			return anyOf(filter.of.map((inner) => filterSql(inner, fields)));
		case "not":
			return sql<boolean>`not (${filterSql(filter.of, fields)})`;
		case "exists": {
			const exists = existsSql(filter.field, fields);
			return filter.exists ? exists : sql<boolean>`not (${exists})`;
		}
		default:
			return testSql(filter, fields);
	}
}

type LeafTest<C extends string> = Exclude<Filter<FilterField<C>>, { kind: "all" | "any" | "not" | "exists" }>;

function testSql<C extends string>(test: LeafTest<C>, fields: FieldsSql<C>): Condition {
	const { field } = test;
	if (field.kind === "json") return jsonTest(test, fields.document(field.column), field.paths);
	if (field.kind === "set") return setTest(test, fields.elements(field.column));
	return columnTest(test, field.kind, fields.column(field.column));
}

function anyOf(of: readonly Condition[]): Condition {
	return junction(of, { word: sql` or `, empty: never });
}

function junction(
	of: readonly Condition[],
	how: { readonly word: RawBuilder<unknown>; readonly empty: Condition },
): Condition {
	return of.length === 0 ? how.empty : sql<boolean>`(${sql.join([...of], how.word)})`;
}

function existsSql<C extends string>(field: FilterField<C>, fields: FieldsSql<C>): Condition {
	if (field.kind === "set") return sql<boolean>`exists (${fields.elements(field.column)})`;
	if (field.kind === "json") return someIn(fields.document(field.column), field.paths, "");
	return sql<boolean>`(${fields.column(field.column)}) is not null`;
}

// ---- columns

type ColumnKind = "text" | "time" | "number" | "id";

function columnTest(test: LeafTest<string>, kind: ColumnKind, column: RawBuilder<unknown>): Condition {
	const known = (condition: RawBuilder<unknown>) => sql<boolean>`(${column} is not null and ${condition})`;
	switch (test.kind) {
		case "compare":
			if (test.value === null) return sql<boolean>`${column} is null`;
			return known(compareColumn(column, kind, { operator: test.operator, value: test.value }));
		case "in": {
			const values = test.values.filter((value) => value !== null);
			const isNull = values.length < test.values.length ? [sql<boolean>`${column} is null`] : [];
			return anyOf([...isNull, known(sql`${column} = any(${values.map(textOf)}::text[]::${arrayType[kind]})`)]);
		}
		case "regex":
			return known(sql`${column} ~ ${test.pattern}`);
		case "contains":
			return known(sql`${column} like ${`%${escapeLike(test.text)}%`}`);
		default:
			return never;
	}
}

function textOf(value: string | number | boolean | Date): string {
	return value instanceof Date ? value.toISOString() : String(value);
}

const arrayType = { text: sql`text[]`, time: sql`timestamptz[]`, number: sql`float8[]`, id: sql`uuid[]` } as const;

function compareColumn(
	column: RawBuilder<unknown>,
	kind: ColumnKind,
	{ operator, value }: { readonly operator: FilterComparison; readonly value: Exclude<FilterScalar, null> | Date },
): RawBuilder<unknown> {
	if (kind === "number") return sql`${column} ${operatorSql[operator]} ${value}::float8`;
	// In the order of the characters' codes, whatever the database's language.
	if (kind === "text" && operator !== "eq") return sql`${column} collate "C" ${operatorSql[operator]} ${value}`;
	return sql`${column} ${operatorSql[operator]} ${value}`;
}

/** Text for a `like` pattern, standing for itself. */
export function escapeLike(text: string): string {
	return text.replaceAll(/[\\%_]/g, "\\$&");
}

// ---- sets of texts

function setTest(test: LeafTest<string>, elements: RawBuilder<unknown>): Condition {
	const some = (condition: RawBuilder<unknown>) =>
		sql<boolean>`exists (select from (${elements}) held(element) where ${condition})`;
	const isEmpty = sql<boolean>`not exists (${elements})`;
	const size = (count: number) => sql<boolean>`(select count(*) from (${elements}) held) = ${count}::int8`;
	switch (test.kind) {
		case "compare":
			return test.value === null ? isEmpty : some(sql`element = ${String(test.value)}::text`);
		case "in": {
			const values = test.values.filter((value) => value !== null).map(String);
			const holds = some(sql`element = any(${values}::text[])`);
			return values.length < test.values.length ? anyOf([isEmpty, holds]) : holds;
		}
		case "equalsList": {
			const values = [...new Set(test.values.map(String))];
			return junction([size(values.length), ...values.map((value) => some(sql`element = ${value}::text`))], {
				word: sql` and `,
				empty: always,
			});
		}
		case "regex":
			return some(sql`element ~ ${test.pattern}`);
		case "contains":
			return some(sql`element like ${`%${escapeLike(test.text)}%`}`);
		case "size":
			return size(test.size);
	}
}

// ---- documents

type Paths = FieldOf<string, "json">["paths"];

function jsonTest(test: LeafTest<string>, document: RawBuilder<unknown>, paths: Paths): Condition {
	switch (test.kind) {
		case "compare":
			if (test.value === null) return isNothing(document, paths);
			return someIn(document, paths, ` ? (@ ${operatorPath[test.operator]} ${literal(test.value)})`);
		case "in": {
			const values = test.values.filter((value) => value !== null);
			const isNull = values.length < test.values.length ? [isNothing(document, paths)] : [];
			const equals = values.map((value) => `@ == ${literal(value)}`).join(" || ");
			return anyOf([...isNull, ...(equals === "" ? [] : [someIn(document, paths, ` ? (${equals})`)])]);
		}
		case "equalsList":
			return someFound(document, paths, sql`found = ${JSON.stringify(test.values)}::jsonb`);
		case "regex":
			return someText(document, paths, sql`found #>> '{}' ~ ${test.pattern}`);
		case "contains":
			return someText(document, paths, sql`found #>> '{}' like ${`%${escapeLike(test.text)}%`}`);
		case "size":
			return someFound(
				document,
				paths,
				sql`case when jsonb_typeof(found) = 'array' then jsonb_array_length(found) = ${test.size} else false end`,
			);
	}
}

function literal(value: FilterScalar | Date): string {
	return JSON.stringify(value);
}

/** Steps into lists on the way look at each of their items, as in MongoDB: that is what `lax`, the default, does. */
function pathText(steps: readonly string[]): string {
	return ["$", ...steps.map((step) => `.${JSON.stringify(step)}`)].join("");
}

/** Whether one of the places has something, and the rest of the path finds something in it. */
function someIn(document: RawBuilder<unknown>, paths: Paths, rest: string): Condition {
	const tests = paths.map((steps) => sql<boolean>`${document} @? ${`${pathText(steps)}${rest}`}::jsonpath`);
	return sql<boolean>`(${document} is not null and ${anyOf(tests)})`;
}

/** Nothing there, or null. */
function isNothing(document: RawBuilder<unknown>, paths: Paths): Condition {
	return sql<boolean>`(not ${someIn(document, paths, "")} or ${someIn(document, paths, " ? (@ == null)")})`;
}

function someFound(document: RawBuilder<unknown>, paths: Paths, condition: RawBuilder<unknown>, rest = ""): Condition {
	return anyOf(
		paths.map(
			(steps) => sql<boolean>`exists (
				select from jsonb_path_query(${document}, ${`${pathText(steps)}${rest}`}::jsonpath) found where ${condition})`,
		),
	);
}

function someText(document: RawBuilder<unknown>, paths: Paths, condition: RawBuilder<unknown>): Condition {
	return someFound(document, paths, sql`jsonb_typeof(found) = 'string' and ${condition}`, "[*]");
}
