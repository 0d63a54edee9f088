import fc from "fast-check";
import { execute, parse } from "graphql";
import { expect, it } from "vitest";
import { buildSchema } from "./build-schema.ts";
import { printDateTime } from "./scalars.ts";

const sdl = `
	scalar JSONString
	scalar JSON
	scalar Int64
	scalar Duration
	scalar DateTime
	type Query {
		jsonString(value: JSONString): JSONString
		json(value: JSON): JSON
		int64(value: Int64): Int64
		duration(value: Duration): Duration
		dateTime(value: DateTime): DateTime
	}`;

function echo(_parent: unknown, { value }: { value: unknown }): unknown {
	return value;
}

const schema = buildSchema({
	sdl,
	resolvers: [{ Query: { jsonString: echo, json: echo, int64: echo, duration: echo, dateTime: echo } }],
});

async function roundTrip(field: string, type: string, value: unknown): Promise<unknown> {
	const document = parse(`query ($value: ${type}) { ${field}(value: $value) }`);
	const { data, errors } = await execute({ schema, document, variableValues: { value } });
	return errors === undefined ? data?.[field] : errors[0]?.message;
}

it("passes JSON text through as it is, both ways", async () => {
	await fc.assert(
		fc.asyncProperty(fc.json(), async (text) => {
			expect(await roundTrip("jsonString", "JSONString", text)).toBe(text);
		}),
		{ numRuns: 50 },
	);
});

it("makes JSON text with bare NaN storable", async () => {
	expect(await roundTrip("jsonString", "JSONString", '{"loss": NaN}')).toBe('{"loss": "NaN"}');
});

it.each([
	["JSONString", "jsonString", "{no"],
	["JSONString", "jsonString", 5],
	["Int64", "int64", "1.5"],
	["DateTime", "dateTime", "yesterday"],
	["DateTime", "dateTime", "2026-13-01T00:00:00Z"],
])("refuses as %s for %s: %s", async (type, field, value) => {
	expect(await roundTrip(field, type, value)).toMatch(/expected/);
});

it("takes whole numbers as numbers and as text", async () => {
	expect(await roundTrip("int64", "Int64", 2 ** 40)).toBe(2 ** 40);
	expect(await roundTrip("int64", "Int64", "1099511627776")).toBe(2 ** 40);
	expect(await roundTrip("duration", "Duration", 1500)).toBe(1500);
	expect(await roundTrip("json", "JSON", { a: [1, null] })).toEqual({ a: [1, null] });
});

it("prints instants in one form only", async () => {
	expect(await roundTrip("dateTime", "DateTime", "2026-11-21T14:09:57.999+09:00")).toBe("2026-11-21T05:09:57Z");
	expect(await roundTrip("dateTime", "DateTime", "2026-11-21T05:09:57")).toBe("2026-11-21T05:09:57Z");
	fc.assert(
		fc.property(fc.date({ min: new Date(0), max: new Date("2999-01-01"), noInvalidDate: true }), (date) => {
			expect(printDateTime(date)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		}),
	);
});
