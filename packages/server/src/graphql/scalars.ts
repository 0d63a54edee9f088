import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from "graphql";
import { parseLenientJson, quoteBareNumbers } from "../lenient-json.ts";

function shown(value: unknown): string {
	const text = typeof value === "string" ? JSON.stringify(value) : String(value);
	return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function parseJsonString(value: unknown): string {
	if (typeof value !== "string") throw new GraphQLError(`expected text that holds JSON, not ${shown(value)}`);
	try {
		JSON.parse(value);
		return value;
	} catch {
		return parseJsonStringLeniently(value);
	}
}

function parseJsonStringLeniently(value: string): string {
	try {
		parseLenientJson(value);
	} catch {
		throw new GraphQLError(`expected text that holds JSON, not ${shown(value)}`);
	}
	return quoteBareNumbers(value);
}

const jsonString = new GraphQLScalarType<string, string>({
	name: "JSONString",
	serialize(value) {
		if (typeof value !== "string") throw new TypeError(`JSONString needs text, got ${typeof value}`);
		return value;
	},
	parseValue: parseJsonString,
	parseLiteral: (node) => parseJsonString(node.kind === Kind.STRING ? node.value : undefined),
});

const json = new GraphQLScalarType<unknown, unknown>({
	name: "JSON",
	serialize: (value) => value,
	parseValue: (value) => value,
	parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

function toInt64(value: unknown): number {
	const number = typeof value === "string" && /^[+-]?\d+$/.test(value) ? Number(value) : value;
	const whole = typeof number === "bigint" ? Number(number) : number;
	if (typeof whole !== "number" || !Number.isInteger(whole) || Math.abs(whole) > 2 ** 63) {
		throw new GraphQLError(`expected a whole number of at most 64 bits, not ${shown(value)}`);
	}
	return whole;
}

function printInt64(value: unknown): number {
	try {
		return toInt64(value);
	} catch (cause) {
		// Not the caller's mistake but ours: it must not read like one.
		throw new TypeError(`a whole number was to be answered, not ${shown(value)}`, { cause });
	}
}

function numberLiteral(node: ValueNode): number {
	return toInt64(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined);
}

const int64 = new GraphQLScalarType<number, number>({
	name: "Int64",
	serialize: printInt64,
	parseValue: toInt64,
	parseLiteral: numberLiteral,
});

const duration = new GraphQLScalarType<number, number>({
	name: "Duration",
	serialize: printInt64,
	parseValue: toInt64,
	parseLiteral: numberLiteral,
});

const isoInstant = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

function parseDateTime(value: unknown): Date {
	if (typeof value === "string" && isoInstant.test(value)) {
		const zoned = value.length === 10 || /(Z|[+-]\d\d:?\d\d)$/.test(value.slice(10)) ? value : `${value}Z`;
		const instant = new Date(zoned);
		if (!Number.isNaN(instant.getTime())) return instant;
	}
	throw new GraphQLError(`expected an instant like 2026-11-21T05:09:57Z, not ${shown(value)}`);
}

/**
 * An instant as the client gets it: UTC, whole seconds.
 * wire: the client keeps the text as it is and its users parse it with one fixed format, so it must never vary in
 * length; the fraction of a second is cut off, not rounded, so that nothing seems to lie in the future.
 */
export function printDateTime(instant: Date): string {
	return `${instant.toISOString().slice(0, -5)}Z`;
}

const dateTime = new GraphQLScalarType<Date, string>({
	name: "DateTime",
	serialize(value) {
		if (value instanceof Date) return printDateTime(value);
		if (typeof value === "string" && !Number.isNaN(Date.parse(value))) return printDateTime(new Date(value));
		throw new TypeError(`DateTime needs a Date, got ${typeof value}`);
	},
	parseValue: parseDateTime,
	parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

/** The implementations of the scalars that `base.graphql` declares. */
export const scalars: readonly GraphQLScalarType[] = [jsonString, json, int64, duration, dateTime];
