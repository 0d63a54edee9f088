import { DomainError } from "../errors.ts";
import { parseRunField, type RunField } from "./run-field-rules.ts";
import { isJsonObject, normaliseJson } from "./run-json-rules.ts";

export type FilterScalar = string | number | boolean | null;
export type FilterComparison = "eq" | "gt" | "gte" | "lt" | "lte";

/** A filter on runs, checked: every leaf fits the kind of its field. */
export type RunFilter =
	| { readonly kind: "all"; readonly of: readonly RunFilter[] }
	| { readonly kind: "any"; readonly of: readonly RunFilter[] }
	| { readonly kind: "not"; readonly of: RunFilter }
	| {
			readonly kind: "compare";
			readonly field: RunField;
			readonly operator: FilterComparison;
			readonly value: FilterScalar | Date;
	  }
	| { readonly kind: "in"; readonly field: RunField; readonly values: ReadonlyArray<FilterScalar | Date> }
	| { readonly kind: "regex"; readonly field: RunField; readonly pattern: string }
	| { readonly kind: "exists"; readonly field: RunField; readonly exists: boolean };

const deepest = 10;
const mostTerms = 100;
const longestPattern = 200;
const comparisons: ReadonlyMap<string, FilterComparison> = new Map<string, FilterComparison>([
	["$eq", "eq"],
	["$gt", "gt"],
	["$gte", "gte"],
	["$lt", "lt"],
	["$lte", "lte"],
]);
const operators = "$eq, $ne, $in, $nin, $gt, $gte, $lt, $lte, $regex, $exists, $not; $and, $or, $nor, $not around them";

type Budget = { terms: number };
type Place = { readonly depth: number; readonly budget: Budget };

/** Reads a Mongo-like filter as the client sends it; whatever is not understood is refused in a sentence. */
export function parseRunFilter(text: string | null | undefined): RunFilter {
	if (text === null || text === undefined || text.trim() === "") return { kind: "all", of: [] };
	const value = parse(text);
	if (value === null) return { kind: "all", of: [] };
	return parseDocument(value, { depth: 1, budget: { terms: 0 } });
}

/** Whether it holds a pattern, whose cost nobody can foresee. */
export function hasPattern(filter: RunFilter): boolean {
	if (filter.kind === "all" || filter.kind === "any") return filter.of.some(hasPattern);
	return filter.kind === "not" ? hasPattern(filter.of) : filter.kind === "regex";
}

function parse(text: string): unknown {
	try {
		return normaliseJson(text).value;
	} catch (cause) {
		throw refusal("The filter is not valid JSON", cause);
	}
}

function parseDocument(value: unknown, place: Place): RunFilter {
	if (!isJsonObject(value))
		throw refusal(`A filter must be a JSON object like {"state": "finished"}, not ${show(value)}`);
	if (place.depth > deepest) throw refusal(`The filter is nested more than ${deepest} levels deep`);
	const of = Object.entries(value).map(([key, inner]) =>
		key.startsWith("$") ? parseJunction(key, inner, place) : parseField(parseRunField(key), inner, place),
	);
	return of.length === 1 && of[0] !== undefined ? of[0] : { kind: "all", of };
}

function parseJunction(key: string, value: unknown, place: Place): RunFilter {
	const inner = { ...place, depth: place.depth + 1 };
	if (key === "$not") return { kind: "not", of: parseDocument(value, inner) };
	if (key !== "$and" && key !== "$or" && key !== "$nor") throw unknownOperator(key);
	if (!Array.isArray(value)) throw refusal(`${key} takes a list of filters, not ${show(value)}`);
	const of = value.map((item: unknown) => parseDocument(item, inner));
	if (key === "$and") return { kind: "all", of };
	return key === "$or" ? { kind: "any", of } : { kind: "not", of: { kind: "any", of } };
}

function parseField(field: RunField, value: unknown, place: Place): RunFilter {
	if (!isJsonObject(value)) return count(place, { kind: "compare", field, operator: "eq", value: leaf(field, value) });
	if (place.depth > deepest) throw refusal(`The filter is nested more than ${deepest} levels deep`);
	const of = Object.entries(value).map(([operator, operand]) => parseOperator({ field, operator, operand }, place));
	if (of.length === 0) throw refusal(`{} says nothing about a field; the operators are ${operators}`);
	return of.length === 1 && of[0] !== undefined ? of[0] : { kind: "all", of };
}

type Test = { readonly field: RunField; readonly operator: string; readonly operand: unknown };

function parseOperator({ field, operator, operand }: Test, place: Place): RunFilter {
	const comparison = comparisons.get(operator);
	if (comparison !== undefined) {
		if (field.kind === "tags" && comparison !== "eq") throw refusal(`${operator} does not apply to tags`);
		return count(place, { kind: "compare", field, operator: comparison, value: leaf(field, operand) });
	}
	switch (operator) {
		case "$ne":
			return { kind: "not", of: parseOperator({ field, operator: "$eq", operand }, place) };
		case "$in":
			if (!Array.isArray(operand)) throw refusal(`$in takes a list, not ${show(operand)}`);
			place.budget.terms += operand.length;
			return count(place, { kind: "in", field, values: operand.map((item: unknown) => leaf(field, item)) });
		case "$nin":
			return { kind: "not", of: parseOperator({ field, operator: "$in", operand }, place) };
		case "$regex":
			return count(place, { kind: "regex", field, pattern: checkPattern(field, operand) });
		case "$exists":
			if (typeof operand !== "boolean") throw refusal(`$exists takes true or false, not ${show(operand)}`);
			return count(place, { kind: "exists", field, exists: operand });
		case "$not":
			return { kind: "not", of: parseField(field, operand, { ...place, depth: place.depth + 1 }) };
		default:
			throw unknownOperator(operator);
	}
}

function count(place: Place, filter: RunFilter): RunFilter {
	place.budget.terms += 1;
	if (place.budget.terms > mostTerms) throw refusal(`The filter has more than ${mostTerms} terms`);
	return filter;
}

function leaf(field: RunField, value: unknown): FilterScalar | Date {
	if (field.kind === "time") return parseTime(value);
	if (value === null || typeof value === "string") return value;
	if (field.kind === "json" && (typeof value === "number" || typeof value === "boolean")) return value;
	throw refusal(
		`${show(value)} cannot be compared with this field: it wants ${field.kind === "json" ? "a single value" : "text"}`,
	);
}

function parseTime(value: unknown): FilterScalar | Date {
	if (value === null) return null;
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

function checkPattern(field: RunField, value: unknown): string {
	if (field.kind === "time") throw refusal("$regex does not apply to times");
	if (typeof value !== "string") throw refusal(`$regex takes text, not ${show(value)}`);
	if (value.length > longestPattern) throw refusal(`The pattern of $regex has more than ${longestPattern} characters`);
	return value;
}

function unknownOperator(operator: string): DomainError {
	return refusal(`The filter has no operator ${show(operator)}; the operators are ${operators}`);
}

function refusal(sentence: string, cause?: unknown): DomainError {
	return new DomainError("INVALID_INPUT", `${sentence}.`, { cause });
}

function show(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
