/** A version on the chart: its value, and where it stands between 0 and 1. */
export type Point = { id: string; version: number; value: number; x: number; y: number };

type Row = { id: string; versionIndex: number | null; metrics: ReadonlyMap<string, number> };

/** The lowest and the highest value. */
export function rangeOf(points: readonly { value: number }[]): { lowest: number; highest: number } {
	return points.reduce(
		({ lowest, highest }, { value }) => ({ lowest: Math.min(lowest, value), highest: Math.max(highest, value) }),
		{ lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY },
	);
}

/** The versions that have a metric, oldest first; equal values stand in the middle. */
export function chartPoints(rows: readonly Row[], metric: string): Point[] {
	const values = rows
		.flatMap(({ id, versionIndex, metrics }) => {
			const value = metrics.get(metric);
			return value === undefined || versionIndex === null ? [] : [{ id, version: versionIndex, value }];
		})
		.sort((a, b) => a.version - b.version);
	const { lowest, highest } = rangeOf(values);
	const [from, to] = [values[0]?.version ?? 0, values.at(-1)?.version ?? 0];
	return values.map((point) => ({
		...point,
		x: to === from ? 0.5 : (point.version - from) / (to - from),
		y: highest === lowest ? 0.5 : (point.value - lowest) / (highest - lowest),
	}));
}

/** Where a key leads to on the line; undefined for keys that are not about it. */
export function stepTo(key: string, at: number, count: number): number | undefined {
	const steps: Readonly<Record<string, number>> = {
		ArrowLeft: at - 1,
		ArrowDown: at - 1,
		ArrowRight: at + 1,
		ArrowUp: at + 1,
		PageDown: at - 10,
		PageUp: at + 10,
		Home: 0,
		End: count - 1,
	};
	const next = Object.hasOwn(steps, key) ? steps[key] : undefined;
	return next === undefined ? undefined : Math.min(Math.max(next, 0), count - 1);
}
