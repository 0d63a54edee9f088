import type { Card } from "./drawn-graph.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

type Unit = {
	/** The beginning of the column that a moment lies in, by the reader's clock. */
	readonly start: (date: Date) => Date;
	readonly format: Intl.DateTimeFormatOptions;
};

const day = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
const steps = (milliseconds: number) => (date: Date) => {
	const midnight = day(date).getTime();
	return new Date(midnight + Math.floor((date.getTime() - midnight) / milliseconds) * milliseconds);
};
const clock: Intl.DateTimeFormatOptions = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" };
const date: Intl.DateTimeFormatOptions = { year: "numeric", month: "short", day: "numeric" };

/** From the finest to the coarsest. */
const units: readonly Unit[] = [
	{ start: steps(second), format: { ...clock, second: "2-digit" } },
	{ start: steps(minute), format: clock },
	{ start: steps(10 * minute), format: clock },
	{ start: steps(hour), format: clock },
	{ start: steps(6 * hour), format: clock },
	{ start: day, format: date },
	{
		start: (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate() - ((at.getDay() + 6) % 7)),
		format: date,
	},
	{ start: (at) => new Date(at.getFullYear(), at.getMonth(), 1), format: { year: "numeric", month: "short" } },
	{
		start: (at) => new Date(at.getFullYear(), at.getMonth() - (at.getMonth() % 3), 1),
		format: { year: "numeric", month: "short" },
	},
	{ start: (at) => new Date(at.getFullYear(), 0, 1), format: { year: "numeric" } },
];

/** More columns than these are not looked over. */
const mostBands = 12;

export type TimeBands = {
	/** Of each card its column; -1 where its time is not known. */
	readonly of: number[];
	readonly starts: readonly number[];
	readonly format: Intl.DateTimeFormatOptions;
};

/** Columns by seconds, hours, days, … or years: as fine as leaves no more of them than one can look over. */
export function bandsOf(cards: readonly Pick<Card, "at">[]): TimeBands {
	const [coarsest = { start: day, format: date }] = units.slice(-1);
	const startsOf = ({ start }: Unit) =>
		[...new Set(cards.flatMap(({ at }) => (at === undefined ? [] : [start(new Date(at)).getTime()])))].sort(
			(a, b) => a - b,
		);
	const unit = units.find((each) => startsOf(each).length <= mostBands) ?? coarsest;
	const starts = startsOf(unit);
	const places = new Map(starts.map((start, place) => [start, place]));
	const of = cards.map(({ at }) => (at === undefined ? -1 : (places.get(unit.start(new Date(at)).getTime()) ?? -1)));
	return { of, starts, format: unit.format };
}
