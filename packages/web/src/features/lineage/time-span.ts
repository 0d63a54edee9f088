import type { Neighbourhood } from "./lineage-api.ts";

/** How much was made in each of equal parts of the time between the first and the last of an answer. */
export type Histogram = {
	/** Milliseconds. */
	readonly start: number;
	readonly end: number;
	readonly counts: readonly number[];
};

const bins = 60;

/** When what is in an answer was made; undefined where nothing says when. What a group holds is spread over its time. */
export function histogramOf({ nodes, groups }: Neighbourhood): Histogram | undefined {
	const parts = [
		...nodes.map(({ createdAt }) => ({ first: createdAt, last: createdAt, count: 1 })),
		...groups.map(({ first, last, count }) => ({ first, last, count })),
	].flatMap(({ first, last, count }) =>
		first && last ? [{ from: Date.parse(first), to: Date.parse(last), count }] : [],
	);
	if (parts.length === 0) return undefined;
	const start = parts.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY);
	const end = parts.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY);
	if (start === end) return { start, end, counts: [parts.reduce((sum, { count }) => sum + count, 0)] };
	const counts = Array.from({ length: bins }, () => 0);
	const binOf = (time: number) => Math.min(bins - 1, Math.floor(((time - start) / (end - start)) * bins));
	for (const { from, to, count } of parts) {
		const [first, last] = [binOf(from), binOf(to)];
		for (let bin = first; bin <= last; bin++) counts[bin] = (counts[bin] ?? 0) + count / (last - first + 1);
	}
	return { start, end, counts };
}

/** A part of the time, in hundredths and less of the whole: 0 is its start and 1 its end. */
export type Part = { readonly from: number; readonly until: number };

export const wholePart: Part = { from: 0, until: 1 };

function placeOf({ start, end }: Histogram, text: string | undefined, otherwise: number): number {
	if (text === undefined || start === end) return otherwise;
	return Math.min(1, Math.max(0, (Date.parse(text) - start) / (end - start)));
}

/** What an address says, as a part of the histogram's time. */
export function partOf(histogram: Histogram, span: { from?: string | undefined; until?: string | undefined }): Part {
	const from = placeOf(histogram, span.from, 0);
	return { from, until: Math.max(from, placeOf(histogram, span.until, 1)) };
}

/** The moment at a place of the time. */
export function momentAt({ start, end }: Histogram, place: number): Date {
	return new Date(start + (end - start) * place);
}

/** A part as an address says it; an end that leaves nothing out is not said. */
export function spanOf(
	histogram: Histogram,
	{ from, until }: Part,
): { from: string | undefined; until: string | undefined } {
	return {
		from: from <= 0 ? undefined : momentAt(histogram, from).toISOString(),
		until: until >= 1 ? undefined : momentAt(histogram, until).toISOString(),
	};
}

/** A handle moved by a step: it stops at the ends and at the other handle. */
export function moved(part: Part, end: "from" | "until", place: number): Part {
	const most = end === "from" ? part.until : 1;
	const least = end === "from" ? 0 : part.from;
	return { ...part, [end]: Math.min(most, Math.max(least, place)) };
}
