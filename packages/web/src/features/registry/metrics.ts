import { parseRecord, readSummary } from "../../ui/json.ts";

/** What a version says in numbers: in its metadata, and in the summary of the run that logged it. */
export type Metered = {
	metadata?: string | null;
	createdBy: { summaryMetrics?: string | null } | object | null;
};

export type Metric = {
	/** `summary.acc` or `metadata.rows`: one key may stand in both. */
	id: string;
	name: string;
	source: "summary" | "metadata";
};

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The finite numbers in a document, nested keys joined by dots. */
function numbersIn(value: Record<string, unknown>, prefix: string): [string, number][] {
	return Object.entries(value).flatMap(([key, item]): [string, number][] => {
		if (typeof item === "number" && Number.isFinite(item)) return [[`${prefix}${key}`, item]];
		return isRecord(item) ? numbersIn(item, `${prefix}${key}.`) : [];
	});
}

/** The numbers of a version by the id of their metric. */
export function metricsOf({ metadata, createdBy }: Metered): Map<string, number> {
	const summary =
		createdBy !== null && "summaryMetrics" in createdBy ? readSummary(createdBy.summaryMetrics) : undefined;
	return new Map([...numbersIn(summary ?? {}, "summary."), ...numbersIn(parseRecord(metadata), "metadata.")]);
}

/** Every metric that some version has: those of runs first, then by name. */
export function allMetrics(values: readonly ReadonlyMap<string, number>[]): Metric[] {
	const ids = [...new Set(values.flatMap((each) => [...each.keys()]))];
	return ids
		.map((id): Metric => {
			const source = id.startsWith("summary.") ? "summary" : "metadata";
			return { id, name: id.slice(source.length + 1), source };
		})
		.sort((a, b) => b.source.localeCompare(a.source) || a.name.localeCompare(b.name));
}

/** The metric that the most versions have, the first of equals: what a chart of them shows unasked. */
export function commonestMetric(
	metrics: readonly Metric[],
	values: readonly ReadonlyMap<string, number>[],
): Metric | undefined {
	const countOf = ({ id }: Metric) => values.filter((each) => each.has(id)).length;
	const counted = metrics.map((metric) => ({ metric, count: countOf(metric) }));
	const most = Math.max(...counted.map(({ count }) => count));
	return counted.find(({ count }) => count === most)?.metric;
}

/** `+metric:summary.acc` → which metric, which way; undefined for an order of the server's. */
export function metricOrder(order: string | undefined): { id: string; ascending: boolean } | undefined {
	const id = /^[+-]?metric:(.+)$/.exec(order ?? "")?.[1];
	return id === undefined ? undefined : { id, ascending: !order?.startsWith("-") };
}

/** Rows by a number of theirs; those without it stand last, either way. */
export function sortByMetric<Row>(
	rows: readonly Row[],
	numberOf: (row: Row) => number | undefined,
	ascending: boolean,
): Row[] {
	const sign = ascending ? 1 : -1;
	return [...rows].sort((a, b) => {
		const [first, second] = [numberOf(a), numberOf(b)];
		if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
		return sign * (first - second);
	});
}
