export type Unit =
	| "s"
	| "ms"
	| "MB"
	| "%"
	| "runs/s"
	| "requests"
	| "errors"
	| "queries"
	| "CPU s"
	| "CPU ms"
	| "kB"
	| "elements";

export type Beside = {
	readonly what:
		| "client floor"
		| "limit in Node"
		| "limit in the browser"
		| "the least"
		| "one statement"
		| "MLflow"
		| "ML Metadata"
		| "among 1,000";
	readonly value: number;
};

/** What a figure is held to: the ratio to what stands beside it, or the figure itself. */
export type Target = { readonly of: "ratio" | "value"; readonly atMost?: number; readonly atLeast?: number };

export type Row = {
	readonly work: string;
	readonly unit: Unit;
	/** Null: it could not be measured, `note` says why. */
	readonly value: number | null;
	readonly beside: Beside | null;
	readonly target: Target | null;
	readonly note?: string;
};

export type JudgedRow = Row & { readonly ratio: number | null; readonly held: boolean | null };

export const floor = (value: number): Beside => ({ what: "client floor", value });
export const limit = (value: number): Beside => ({ what: "limit in Node", value });

/** Adds the ratio, and whether the target was held; null where there is none. */
export function judge(row: Row): JudgedRow {
	const ratio =
		row.beside === null || row.beside.value === 0 || row.value === null ? null : row.value / row.beside.value;
	if (row.target === null) return { ...row, ratio, held: row.value === null ? false : null };
	const measured = row.target.of === "ratio" ? ratio : row.value;
	const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = row.target;
	return { ...row, ratio, held: measured !== null && measured <= atMost && measured >= atLeast };
}
