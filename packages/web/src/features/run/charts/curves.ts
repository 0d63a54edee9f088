/** What a curve runs along. */
export const axes = ["step", "relative", "time"] as const;
export type Axis = (typeof axes)[number];

/** The client's own keys in each row of a history. */
export const axisKeys: Readonly<Record<Axis, string>> = { step: "_step", relative: "_runtime", time: "_timestamp" };

export function readAxis(text: string | undefined): Axis {
	return axes.find((axis) => axis === text) ?? "step";
}

export type Curve = { xs: number[]; ys: number[] };

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The points of one key, in the order of the axis; rows without a number for both are left out. */
export function curveOf(rows: unknown, axisKey: string, key: string): Curve {
	const points = (Array.isArray(rows) ? rows : []).flatMap((row: unknown): [number, number][] => {
		if (!isRecord(row)) return [];
		const x = row[axisKey];
		const y = row[key];
		return typeof x === "number" && typeof y === "number" ? [[x, y]] : [];
	});
	points.sort(([a], [b]) => a - b);
	// Of several values at one place the last one stands: uPlot wants places that grow.
	const last = points.filter(([x], index) => points[index + 1]?.[0] !== x);
	return { xs: last.map(([x]) => x), ys: last.map(([, y]) => y) };
}

/** A running mean that forgets: 0 leaves values as they are, 0.99 hardly follows them. Starts without a bias towards 0. */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
	if (weight <= 0) return [...values];
	let mean = 0;
	let bias = 1;
	return values.map((value) => {
		if (value === null) return null;
		mean = mean * weight + (1 - weight) * value;
		bias *= weight;
		return mean / (1 - bias);
	});
}

export type Aligned = { xs: number[]; ys: (number | null)[][] };

/** Several curves over all of their places; null where one has no value. */
export function align(curves: readonly Curve[]): Aligned {
	const xs = [...new Set(curves.flatMap((curve) => curve.xs))].sort((a, b) => a - b);
	const ys = curves.map((curve) => {
		const known = new Map(curve.xs.map((x, index) => [x, curve.ys[index] ?? null]));
		return xs.map((x) => known.get(x) ?? null);
	});
	return { xs, ys };
}

/** A span of the axis, as the address has it: `from-to`. */
export type Span = { from: number; to: number };

export function readSpan(text: string | undefined): Span | undefined {
	const match = /^(-?[\d.]+(?:e[+-]?\d+)?)~(-?[\d.]+(?:e[+-]?\d+)?)$/.exec(text ?? "");
	if (match === null) return undefined;
	const span = { from: Number(match[1]), to: Number(match[2]) };
	return Number.isFinite(span.from) && Number.isFinite(span.to) && span.from < span.to ? span : undefined;
}

export function printSpan({ from, to }: Span): string {
	const short = (value: number) => String(Number(value.toPrecision(13)));
	return `${short(from)}~${short(to)}`;
}

export function readSmoothing(text: string | undefined): number {
	const value = Number(text ?? 0);
	return value >= 0 && value <= 0.99 ? value : 0;
}
