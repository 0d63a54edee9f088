import { DomainError } from "../errors.ts";
import { parseLenientJson } from "../lenient-json.ts";
import { translatePattern } from "./pattern-rules.ts";

export type FilterScalar = string | number | boolean | null;
export type FilterComparison = "eq" | "gt" | "gte" | "lt" | "lte";

/** Something that a list can be filtered by; `column` is the reader's name for it. */
export type FilterField<C extends string = string> =
	| { readonly kind: "text" | "time"; readonly column: C }
	/** `read` takes further spellings: `v3` for 3. */
	| { readonly kind: "number"; readonly column: C; readonly read?: (value: string) => number | undefined }
	/** Compared for equality alone; `read` answers undefined for what no id can be, which nothing has. */
	| { readonly kind: "id"; readonly column: C; readonly read: (value: string) => string | undefined }
	/** Several texts without order: tags, aliases. */
	| { readonly kind: "set"; readonly column: C }
	/** What stands in a document, in any of these places. */
	| { readonly kind: "json"; readonly column: C; readonly paths: ReadonlyArray<readonly string[]> };

/** A filter, checked: every leaf fits the kind of its field. */
export type Filter<F extends FilterField = FilterField> =
	| { readonly kind: "all"; readonly of: ReadonlyArray<Filter<F>> }
	| { readonly kind: "any"; readonly of: ReadonlyArray<Filter<F>> }
	| { readonly kind: "not"; readonly of: Filter<F> }
	| {
			readonly kind: "compare";
			readonly field: F;
			readonly operator: FilterComparison;
			readonly value: FilterScalar | Date;
	  }
	| { readonly kind: "in"; readonly field: F; readonly values: ReadonlyArray<FilterScalar | Date> }
	/** The whole of a set or of a list in a document. */
	| { readonly kind: "equalsList"; readonly field: F; readonly values: readonly FilterScalar[] }
	| { readonly kind: "regex"; readonly field: F; readonly pattern: string }
	| { readonly kind: "contains"; readonly field: F; readonly text: string }
	| { readonly kind: "size"; readonly field: F; readonly size: number }
	| { readonly kind: "exists"; readonly field: F; readonly exists: boolean };

const deepest = 10;
const mostTerms = 100;
const mostValues = 1000;
const longestPattern = 200;
const longestText = 1_000_000;
const comparisons: ReadonlyMap<string, FilterComparison> = new Map<string, FilterComparison>([
	["$eq", "eq"],
	["$gt", "gt"],
	["$gte", "gte"],
	["$lt", "lt"],
	["$lte", "lte"],
]);
const operators =
	"$eq, $ne, $in, $nin, $gt, $gte, $lt, $lte, $regex, $contains, $exists, $size, $all, $not; $and, $or, $nor, $not around them";

type Budget = { terms: number; values: number };
type Place<F> = { readonly fieldOf: (key: string) => F; readonly depth: number; readonly budget: Budget };
type Test<F> = { readonly field: F; readonly operator: string; readonly operand: unknown };

/**
 * Reads a filter in the words of MongoDB, as the client sends it; whatever is not understood is refused in a sentence.
 * `fieldOf` finds the field of a key, or refuses it.
 */
export function parseFilter<F extends FilterField>(
	text: string | null | undefined,
	fieldOf: (key: string) => F,
): Filter<F> {
	if (text === null || text === undefined || text.trim() === "") return everything;
	if (text.length > longestText) throw refusal(`The filter has more than ${longestText} characters`);
	const value = parse(text);
	if (value === null) return everything;
	return parseDocument(value, { fieldOf, depth: 1, budget: { terms: 0, values: 0 } });
}

/** The filter that leaves all. */
export const everything = { kind: "all", of: [] } as const;

/** The patterns in it, whose cost nobody can foresee. */
export function patternsOf(filter: Filter): string[] {
	if (filter.kind === "all" || filter.kind === "any") return filter.of.flatMap(patternsOf);
	if (filter.kind === "not") return patternsOf(filter.of);
	return filter.kind === "regex" ? [filter.pattern] : [];
}

/** Whether it leaves all, whatever there is. */
export function isEverything(filter: Filter): boolean {
	return filter.kind === "all" && filter.of.every(isEverything);
}

function parse(text: string): unknown {
	try {
		return parseLenientJson(text);
	} catch (cause) {
		throw refusal("The filter is not valid JSON", cause);
	}
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkDepth({ depth }: { readonly depth: number }): void {
	if (depth > deepest) throw refusal(`The filter is nested more than ${deepest} levels deep`);
}

function allOf<F extends FilterField>(of: ReadonlyArray<Filter<F>>): Filter<F> {
	return of.length === 1 && of[0] !== undefined ? of[0] : { kind: "all", of };
}

function parseDocument<F extends FilterField>(value: unknown, place: Place<F>): Filter<F> {
	if (!isObject(value)) throw refusal(`A filter must be a JSON object like {"name": "x"}, not ${show(value)}`);
	checkDepth(place);
	return allOf(
		Object.entries(value).map(([key, inner]) =>
			key.startsWith("$") ? parseJunction(key, inner, place) : parseField(place.fieldOf(key), inner, place),
		),
	);
}

function parseJunction<F extends FilterField>(key: string, value: unknown, place: Place<F>): Filter<F> {
	const inner = { ...place, depth: place.depth + 1 };
	if (key === "$not") return { kind: "not", of: parseDocument(value, inner) };
	if (key !== "$and" && key !== "$or" && key !== "$nor") throw unknownOperator(key);
	if (!Array.isArray(value)) throw refusal(`${key} takes a list of filters, not ${show(value)}`);
	for (const _ of value) count(place);
	const of = value.map((item: unknown) => parseDocument(item, inner));
	if (key === "$and") return { kind: "all", of };
	return key === "$or" ? { kind: "any", of } : { kind: "not", of: { kind: "any", of } };
}

function parseField<F extends FilterField>(field: F, value: unknown, place: Place<F>): Filter<F> {
	if (!isObject(value)) return parseOperator({ field, operator: "$eq", operand: value }, place);
	checkDepth(place);
	const of = Object.entries(value).map(([operator, operand]) => parseOperator({ field, operator, operand }, place));
	if (of.length === 0) throw refusal(`{} says nothing about a field; the operators are ${operators}`);
	return allOf(of);
}

function parseOperator<F extends FilterField>(test: Test<F>, place: Place<F>): Filter<F> {
	const { field, operator, operand } = test;
	const comparison = comparisons.get(operator);
	if (comparison !== undefined) return parseComparison(test, comparison, place);
	switch (operator) {
		case "$ne":
			return { kind: "not", of: parseOperator({ field, operator: "$eq", operand }, place) };
		case "$in":
			return parseIn(field, listOf(test, place), place);
		case "$nin":
			return { kind: "not", of: parseOperator({ field, operator: "$in", operand }, place) };
		case "$all": {
			const of = listOf(test, place).map((item) => parseOperator({ field, operator: "$eq", operand: item }, place));
			// As in MongoDB: all of nothing is nothing.
			return of.length === 0 ? { kind: "any", of } : { kind: "all", of };
		}
		case "$regex":
			return counted(place, { kind: "regex", field, pattern: readPattern(test) });
		case "$contains":
			return counted(place, { kind: "contains", field, text: readText(test) });
		case "$size":
			return counted(place, { kind: "size", field, size: readSize(test) });
		case "$exists":
			if (typeof operand !== "boolean") throw refusal(`$exists takes true or false, not ${show(operand)}`);
			return counted(place, { kind: "exists", field, exists: operand });
		case "$not":
			return { kind: "not", of: parseField(field, operand, { ...place, depth: place.depth + 1 }) };
		default:
			throw operator.startsWith("$") || field.kind !== "json" ? unknownOperator(operator) : writePath(operator);
	}
}

function parseComparison<F extends FilterField>(
	{ field, operator: name, operand }: Test<F>,
	operator: FilterComparison,
	place: Place<F>,
): Filter<F> {
	if (operator === "eq" && Array.isArray(operand) && (field.kind === "set" || field.kind === "json")) {
		const values = listOf({ operator: name, operand }, place).map((item) => wholeItem(field, item));
		return counted(place, { kind: "equalsList", field, values });
	}
	if (operator !== "eq" && (field.kind === "set" || field.kind === "id")) throw doesNotApply(name, field);
	const value = leaf(field, operand);
	if (value === undefined) return counted<F>(place, { kind: "any", of: [] });
	// As in MongoDB: what is not there is neither more nor less than what is not there, and equal to it.
	if (value === null && operator !== "eq") {
		const isEqual = operator === "gte" || operator === "lte";
		return counted<F>(place, isEqual ? { kind: "compare", field, operator: "eq", value } : { kind: "any", of: [] });
	}
	return counted(place, { kind: "compare", field, operator, value });
}

function parseIn<F extends FilterField>(field: F, items: readonly unknown[], place: Place<F>): Filter<F> {
	const values = items.flatMap((item) => {
		const value = leaf(field, item);
		return value === undefined ? [] : [value];
	});
	return counted(place, { kind: "in", field, values });
}

function listOf(
	{ operator, operand }: { readonly operator: string; readonly operand: unknown },
	place: { readonly budget: Budget },
): readonly unknown[] {
	if (!Array.isArray(operand)) throw refusal(`${operator} takes a list, not ${show(operand)}`);
	place.budget.values += operand.length;
	if (place.budget.values > mostValues) throw refusal(`The lists of the filter hold more than ${mostValues} values`);
	return operand;
}

function counted<F extends FilterField>(place: Place<F>, filter: Filter<F>): Filter<F> {
	count(place);
	return filter;
}

function count({ budget }: { readonly budget: Budget }): void {
	budget.terms += 1;
	if (budget.terms > mostTerms) throw refusal(`The filter has more than ${mostTerms} terms`);
}

/** What no database text can hold is left out. */
function storable(text: string): string {
	return text.replaceAll("\u0000", "").toWellFormed();
}

function leaf(field: FilterField, value: unknown): FilterScalar | Date | undefined {
	if (value === null) return null;
	switch (field.kind) {
		case "time":
			return parseTime(value);
		case "number":
			if (typeof value === "number") return value;
			return (typeof value === "string" ? field.read?.(value) : undefined) ?? fail(field, value);
		case "id":
			if (typeof value === "string") return field.read(storable(value));
			return typeof value === "number" ? undefined : fail(field, value);
		case "json":
			if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
			return typeof value === "string" ? storable(value) : fail(field, value);
		default:
			return typeof value === "string" ? storable(value) : fail(field, value);
	}
}

function wholeItem(field: FilterField, value: unknown): FilterScalar {
	const item = leaf(field, value);
	return item === undefined || item instanceof Date ? fail(field, value) : item;
}

const wants = {
	text: "text",
	set: "text",
	id: "an id",
	number: "a number",
	json: "a single value",
	time: "a time",
} as const;

function fail(field: FilterField, value: unknown): never {
	throw refusal(`${show(value)} cannot be compared with this field: it wants ${wants[field.kind]}`);
}

function doesNotApply(operator: string, field: FilterField): DomainError {
	const what =
		field.kind === "set"
			? field.column
			: { ...wants, text: "texts", number: "numbers", time: "times", id: "ids" }[field.kind];
	return refusal(`${operator} does not apply to ${what}`);
}

function parseTime(value: unknown): Date {
	const time = typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? new Date(zoned(value)) : undefined;
	const year = time?.getUTCFullYear() ?? Number.NaN;
	if (time !== undefined && year >= 1 && year <= 9999) return time;
	throw refusal(`${show(value)} is no time; write it like 2026-11-21T05:09:57Z`);
}

/** wire: times without a zone are meant in UTC. */
function zoned(text: string): string {
	const withT = text.trim().replace(" ", "T");
	return withT.includes("T") && !/(Z|[+-]\d\d:?\d\d)$/i.test(withT) ? `${withT}Z` : withT;
}

function readPattern({ field, operand }: Test<FilterField>): string {
	if (field.kind === "time" || field.kind === "number" || field.kind === "id") throw doesNotApply("$regex", field);
	if (typeof operand !== "string") throw refusal(`$regex takes text, not ${show(operand)}`);
	if (operand.length > longestPattern)
		throw refusal(`The pattern of $regex has more than ${longestPattern} characters`);
	return translatePattern(storable(operand));
}

function readText({ field, operand }: Test<FilterField>): string {
	if (field.kind === "time" || field.kind === "number" || field.kind === "id") throw doesNotApply("$contains", field);
	if (typeof operand !== "string") throw refusal(`$contains takes text, not ${show(operand)}`);
	return storable(operand);
}

function readSize({ field, operand }: Test<FilterField>): number {
	if (field.kind !== "set" && field.kind !== "json") throw doesNotApply("$size", field);
	if (typeof operand === "number" && Number.isInteger(operand) && operand >= 0 && operand < 2 ** 31) return operand;
	throw refusal(`$size takes a whole number from 0 on, not ${show(operand)}`);
}

function unknownOperator(operator: string): DomainError {
	return refusal(`The filter has no operator ${show(operator)}; the operators are ${operators}`);
}

function writePath(key: string): DomainError {
	return refusal(
		`${show(key)} is no operator: what stands inside a document is named with dots, like {"metadata.accuracy": 0.9}`,
	);
}

function refusal(sentence: string, cause?: unknown): DomainError {
	return new DomainError("INVALID_INPUT", `${sentence}.`, { cause });
}

function show(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
