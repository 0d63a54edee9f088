function isBranch(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** A line of a nested document: a key with its value, or a key with lines below it. */
export type ValueRow = {
	/** The way there, with dots; the identity of the line. */
	path: string;
	key: string;
	depth: number;
	value: unknown;
	/** How many values lie below; undefined for a value. */
	below: number | undefined;
};

function matches(path: string, value: unknown, wanted: string): boolean {
	const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
	return path.toLowerCase().includes(wanted) || text.toLowerCase().includes(wanted);
}

function rowsBelow(values: Record<string, unknown>, at: { prefix: string; depth: number }, wanted: string): ValueRow[] {
	return Object.entries(values).flatMap(([key, value]): ValueRow[] => {
		const path = `${at.prefix}${key}`;
		const row = { path, key, depth: at.depth, value };
		if (!isBranch(value)) return matches(path, value, wanted) ? [{ ...row, below: undefined }] : [];
		const below = rowsBelow(value, { prefix: `${path}.`, depth: at.depth + 1 }, wanted);
		const count = below.filter((one) => one.below === undefined).length;
		return count === 0 ? [] : [{ ...row, below: count }, ...below];
	});
}

/** The lines of a document whose way or value holds a text, each with the lines that lead to it; nothing below those folded. */
export function valueRows(values: Record<string, unknown>, search: string, folded: ReadonlySet<string>): ValueRow[] {
	const rows = rowsBelow(values, { prefix: "", depth: 0 }, search.trim().toLowerCase());
	const hides = (path: string) => [...folded].some((branch) => path.startsWith(`${branch}.`));
	return folded.size === 0 ? rows : rows.filter(({ path }) => !hides(path));
}

const aggregates = ["last", "min", "max", "mean", "best", "first", "sum"] as const;
export type Aggregate = (typeof aggregates)[number];

/** A metric of the summary: what is known of it. */
export type Metric = { name: string; known: Partial<Record<Aggregate, unknown>> };

function isAggregate(key: string): key is Aggregate {
	return aggregates.some((known) => known === key);
}

/** The metrics of a summary; `define_metric(summary="min,max")` makes one of several values. */
export function readMetrics(summary: Record<string, unknown>, prefix = ""): Metric[] {
	return Object.entries(summary).flatMap(([key, value]): Metric[] => {
		const name = `${prefix}${key}`;
		if (!isBranch(value) || "_type" in value) return [{ name, known: { last: value } }];
		if (Object.keys(value).every(isAggregate)) return [{ name, known: value }];
		return readMetrics(value, `${name}.`);
	});
}

/** The aggregates that some metric has, in a fixed order. */
export function aggregatesOf(metrics: Metric[]): Aggregate[] {
	return aggregates.filter((aggregate) => metrics.some(({ known }) => aggregate in known));
}
