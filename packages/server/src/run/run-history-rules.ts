import { isJsonObject } from "./run-json-rules.ts";

/** The step of a history row; a row that does not say counts as its line number. */
export function stepOf(row: unknown, lineNumber: number): number {
	const step = isJsonObject(row) ? row._step : undefined;
	return typeof step === "number" && Number.isSafeInteger(step) ? step : lineNumber;
}

/** A row with nested objects written as `outer.inner`; media and other objects with a `_type` stay whole. */
export function flattenRow(row: Readonly<Record<string, unknown>>): Map<string, unknown> {
	const flat = new Map<string, unknown>();
	addFlat(flat, "", row);
	return flat;
}

function addFlat(flat: Map<string, unknown>, prefix: string, row: Readonly<Record<string, unknown>>): void {
	for (const [key, value] of Object.entries(row)) {
		if (isJsonObject(value) && !("_type" in value)) addFlat(flat, `${prefix}${key}.`, value);
		else flat.set(`${prefix}${key}`, value);
	}
}

/** At most `most` of the numbers 0 … count-1, evenly spaced, with the first and the last among them. */
export function evenlySpaced(count: number, most: number): number[] {
	if (most <= 0 || count <= 0) return [];
	if (count <= most) return Array.from({ length: count }, (_, index) => index);
	if (most === 1) return [count - 1];
	return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)));
}

/** At most `most` of the items, evenly spaced. */
export function sample<T>(items: readonly T[], most: number): T[] {
	if (items.length <= most) return [...items];
	return evenlySpaced(items.length, most).flatMap((index) => items.slice(index, index + 1));
}

/** Takes in any number of items and keeps at most a few more than twice `most` of them, evenly spaced. */
export type Thinner<T> = {
	add(item: T): void;
	/** At most `most`, with the first and the last among them. */
	result(): T[];
};

export function createThinner<T>(most: number): Thinner<T> {
	let kept: T[] = [];
	let every = 1;
	let count = 0;
	let skipped: T[] = [];
	return {
		add(item) {
			skipped = count % every === 0 ? [] : [item];
			if (skipped.length === 0) kept.push(item);
			count += 1;
			if (kept.length <= 2 * most + 1) return;
			skipped = kept.length % 2 === 0 ? kept.slice(-1) : [];
			kept = kept.filter((_, index) => index % 2 === 0);
			every *= 2;
		},
		result: () => sample([...kept, ...skipped], most),
	};
}

type KeyFacts = { readonly counts: Map<string, number>; monotonic: boolean; previousValue: unknown };

export type HistoryKeys = {
	readonly keys: Readonly<Record<string, HistoryKey>>;
	readonly sets: readonly string[];
	readonly lastStep: number;
};

export type HistoryKey = {
	readonly typeCounts: ReadonlyArray<{ readonly type: string; readonly count: number }>;
	readonly monotonic: boolean;
	readonly previousValue: unknown;
};

/** Gathers what `historyKeys` tells of a history, row by row; goes on from what is `known` of the rows before. */
export function createHistoryKeyCounter(known?: HistoryKeys): {
	add(row: Readonly<Record<string, unknown>>, step: number): void;
	result(): HistoryKeys;
} {
	const facts = new Map(Object.entries(known?.keys ?? {}).map(([key, fact]) => [key, readFacts(fact)]));
	let lastStep = known?.lastStep ?? -1;
	return {
		add(row, step) {
			lastStep = Math.max(lastStep, step);
			for (const [key, value] of flattenRow(row)) note(facts, key, value);
		},
		result: () => ({
			keys: Object.fromEntries([...facts].map(([key, fact]) => [key, printFacts(fact)])),
			sets: [],
			lastStep,
		}),
	};
}

function note(facts: Map<string, KeyFacts>, key: string, value: unknown): void {
	const type = typeName(value);
	const known = facts.get(key);
	if (known === undefined) {
		facts.set(key, { counts: new Map([[type, 1]]), monotonic: typeof value === "number", previousValue: value });
		return;
	}
	known.counts.set(type, (known.counts.get(type) ?? 0) + 1);
	known.monotonic &&=
		typeof value === "number" && typeof known.previousValue === "number" && value >= known.previousValue;
	known.previousValue = value;
}

function readFacts(key: HistoryKey): KeyFacts {
	const { typeCounts, monotonic, previousValue } = key;
	return { counts: new Map(typeCounts.map(({ type, count }) => [type, count])), monotonic, previousValue };
}

function printFacts(fact: KeyFacts): HistoryKey {
	const typeCounts = [...fact.counts].map(([type, count]) => ({ type, count }));
	return { typeCounts, monotonic: fact.monotonic, previousValue: fact.previousValue };
}

function typeName(value: unknown): string {
	if (value === null) return "nil";
	if (Array.isArray(value)) return "list";
	if (isJsonObject(value)) return typeof value._type === "string" ? value._type : "map";
	return typeof value;
}
