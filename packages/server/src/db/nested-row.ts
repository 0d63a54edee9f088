import { type RawBuilder, sql } from "kysely";

/** The SQL of each field that every row of this kind has; it is ours, never a caller's. */
export type Columns<R> = { readonly [K in keyof R as undefined extends R[K] ? never : K]: string };
type AnyColumns = Readonly<Record<string, string>>;

/** A list for `select` of these columns. */
export function columnsAs(columns: AnyColumns): RawBuilder<unknown> {
	return sql.raw(
		Object.entries(columns)
			.map(([name, text]) => `${text} as "${name}"`)
			.join(", "),
	);
}

/** A list for `select` that puts these columns into an object of the row: `nestRow` makes it. */
export function columnsIn(group: string, columns: AnyColumns): RawBuilder<unknown> {
	return columnsAs(Object.fromEntries(Object.entries(columns).map(([name, text]) => [`${group}.${name}`, text])));
}

/**
 * Makes one object for each group of columns named `group.column`, so that a join brings several things whole. A group
 * without an `id` is null: the outer join found nothing. Columns without a group stay where they are.
 */
export function nestRow<T>(row: object): T {
	const nested: Record<string, unknown> = {};
	const groups: Record<string, Record<string, unknown>> = {};
	for (const [key, value] of Object.entries(row)) {
		const dot = key.indexOf(".");
		if (dot < 0) {
			nested[key] = value;
			continue;
		}
		const name = key.slice(0, dot);
		groups[name] ??= {};
		groups[name][key.slice(dot + 1)] = value;
	}
	for (const [name, group] of Object.entries(groups)) nested[name] = group.id === null ? null : group;
	// As with every query, the shape is what the caller says that it selected.
	return nested as T;
}
