import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FieldTable, fieldsOf } from "../filter/field-rules.ts";
import { type FilterField, parseFilter } from "../filter/filter-rules.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { type FieldsSql, filterSql } from "./filter-sql.ts";

// What PostgreSQL makes of a filter, beside what a plain reading of it in JavaScript leaves.

type Column = "name" | "size" | "at" | "tags" | "metadata";
const table: FieldTable<Column> = new Map<string, FilterField<Column>>([
	["name", { kind: "text", column: "name" }],
	["size", { kind: "number", column: "size" }],
	["at", { kind: "time", column: "at" }],
	["tags", { kind: "set", column: "tags" }],
	["metadata", { kind: "json", column: "metadata", paths: [[]] }],
]);
const fieldOf = fieldsOf("things", table);
const fields: FieldsSql<Column> = {
	column: (column) => sql.ref(`t.${column}`),
	elements: () => sql`select unnest(t.tags)`,
	document: () => sql`(t.metadata::jsonb)`,
};

type Thing = {
	readonly name: string | null;
	readonly size: number | null;
	readonly at: string | null;
	readonly tags: readonly string[];
	readonly metadata: unknown;
};

// ---- the plain reading

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
	typeof value === "object" && value !== null && !Array.isArray(value);
const unwrapped = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** What stands at a place: on the way lists are looked into. */
function found(value: unknown, steps: readonly string[]): unknown[] {
	const [step, ...rest] = steps;
	if (step === undefined) return [value];
	return unwrapped(value).flatMap((item) =>
		isObject(item) && Object.hasOwn(item, step) ? found(item[step], rest) : [],
	);
}

type Seen = { readonly whole: readonly unknown[]; readonly single: readonly unknown[] };

function seenAt(thing: Thing, key: string): Seen {
	if (key === "tags") return { whole: thing.tags.length === 0 ? [] : [[...thing.tags].sort()], single: thing.tags };
	if (key === "name" || key === "size" || key === "at") {
		const whole = thing[key] === null ? [] : [thing[key]];
		return { whole, single: whole };
	}
	const inner = key === "metadata" ? "" : key.slice("metadata.".length);
	const places = inner === "" ? [[]] : inner.includes(".") ? [inner.split("."), [inner]] : [[inner]];
	const whole = thing.metadata === null ? [] : places.flatMap((steps) => found(thing.metadata, steps));
	return { whole, single: whole.flatMap(unwrapped).flatMap(unwrapped) };
}

const byCode = (a: unknown, b: unknown): number | undefined => {
	if (typeof a === "string" && typeof b === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b));
	return typeof a === "number" && typeof b === "number" ? a - b : undefined;
};
const isNothing = ({ whole, single }: Seen) => whole.length === 0 || single.includes(null);

function isTrue(operator: string, operand: unknown, seen: Seen, key: string): boolean {
	const equals = (value: unknown) => (value === null ? isNothing(seen) : seen.single.includes(value));
	const compares = (is: (sign: number) => boolean) =>
		seen.single.some((value) => {
			const sign = byCode(value, operand);
			return sign !== undefined && is(sign);
		});
	const texts = (key.startsWith("metadata") ? seen.whole.flatMap(unwrapped) : seen.single).filter(
		(value) => typeof value === "string",
	);
	switch (operator) {
		case "$eq":
			if (!Array.isArray(operand)) return equals(operand);
			if (key === "tags") {
				return JSON.stringify(seen.whole[0] ?? []) === JSON.stringify([...new Set(operand)].sort());
			}
			return seen.whole.some((value) => JSON.stringify(value) === JSON.stringify(operand));
		case "$ne":
			return !isTrue("$eq", operand, seen, key);
		case "$in":
			return Array.isArray(operand) && operand.some(equals);
		case "$nin":
			return !isTrue("$in", operand, seen, key);
		case "$all":
			return Array.isArray(operand) && operand.length > 0 && operand.every(equals);
		case "$gt":
			return compares((sign) => sign > 0);
		case "$gte":
			return operand === null ? equals(null) : compares((sign) => sign >= 0);
		case "$lt":
			return compares((sign) => sign < 0);
		case "$lte":
			return operand === null ? equals(null) : compares((sign) => sign <= 0);
		case "$regex":
			return texts.some((text) => new RegExp(String(operand), "s").test(text));
		case "$contains":
			return texts.some((text) => text.includes(String(operand)));
		case "$size":
			if (key === "tags") return seen.single.length === operand;
			return seen.whole.some((value) => Array.isArray(value) && value.length === operand);
		case "$exists":
			return seen.whole.length > 0 === operand;
		case "$not":
			return isObject(operand) && !areTrue(operand, seen, key);
	}
	throw new Error(`no reading of ${operator}`);
}

const areTrue = (tests: Json, seen: Seen, key: string): boolean =>
	Object.entries(tests).every(([operator, operand]) => isTrue(operator, operand, seen, key));

function leaves(filter: unknown, thing: Thing): boolean {
	if (!isObject(filter)) throw new Error("no filter");
	return Object.entries(filter).every(([key, value]) => {
		const items = Array.isArray(value) ? value : [];
		if (key === "$and") return items.every((item) => leaves(item, thing));
		if (key === "$or") return items.some((item) => leaves(item, thing));
		if (key === "$nor") return !items.some((item) => leaves(item, thing));
		if (key === "$not") return !leaves(value, thing);
		const seen = seenAt(thing, key);
		return isObject(value) ? areTrue(value, seen, key) : isTrue("$eq", value, seen, key);
	});
}

// ---- things and filters at random, from few values so that they meet

const words = ["a", "b", "ab", "Ab", "a.b", "a%b", "a_b", 'q"', "back\\slash", ""];
const word = fc.constantFrom(...words);
const number = fc.constantFrom(-1, 0, 0.5, 1, 2, 1e10);
const time = fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z", "2026-02-01T12:00:00.000Z");
const key = fc.constantFrom("a", "b", "a.b", 'q"');
const single = fc.oneof(word, number, fc.boolean(), fc.constant(null));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
	json: fc.oneof(
		{ maxDepth: 3 },
		single,
		fc.array(tie("json"), { maxLength: 3 }),
		fc.dictionary(key, tie("json"), { maxKeys: 3 }),
	),
}));
const thing: fc.Arbitrary<Thing> = fc.record({
	name: fc.option(word),
	size: fc.option(number),
	at: fc.option(time),
	tags: fc.uniqueArray(word, { maxLength: 3 }),
	metadata: fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 5, arbitrary: fc.dictionary(key, json) }),
});

const pattern = fc.constantFrom(
	"a",
	"^a",
	"b$",
	"a.b",
	"[ab]+",
	"^(a|b)$",
	"\\bb",
	"^$",
	"A",
	"(?:ab)",
	"a\\.b",
	"[^a]",
);
function operand(value: fc.Arbitrary<unknown>, more: Readonly<Record<string, fc.Arbitrary<unknown>>>) {
	const list = fc.array(value, { maxLength: 3 });
	const plain = { $eq: value, $ne: value, $in: list, $nin: list, $all: list, $exists: fc.boolean(), ...more };
	const one = fc.oneof(
		...Object.entries(plain).map(([operator, arbitrary]) => arbitrary.map((found) => ({ [operator]: found }))),
	);
	return fc.oneof(
		value,
		one,
		fc.tuple(one, one).map(([a, b]) => ({ ...a, ...b })),
		one.map((found) => ({ $not: found })),
	);
}
const compare = (value: fc.Arbitrary<unknown>) => ({ $gt: value, $gte: value, $lt: value, $lte: value });
const textual = { $regex: pattern, $contains: word };
const nullable = (value: fc.Arbitrary<unknown>) => fc.option(value, { freq: 6 });
const place = fc.constantFrom("metadata.a", "metadata.b", "metadata.a.b", 'metadata.q"', "metadata.a.a");
const comparable = fc.oneof(word, number, fc.constant(null));
const test_ = fc.oneof(
	operand(nullable(word), { ...compare(nullable(word)), ...textual }).map((name) => ({ name })),
	operand(nullable(number), compare(nullable(number))).map((size) => ({ size })),
	operand(nullable(time), compare(nullable(time))).map((at) => ({ at })),
	operand(nullable(word), { ...textual, $size: fc.nat(3), $eq: fc.array(word, { maxLength: 2 }) }).map((tags) => ({
		tags,
	})),
	fc
		.tuple(
			place,
			operand(single, {
				...compare(comparable),
				...textual,
				$size: fc.nat(3),
				$eq: fc.array(single, { maxLength: 2 }),
			}),
		)
		.map(([at, value]) => ({ [at]: value })),
);
const { filter } = fc.letrec<{ filter: object }>((tie) => ({
	filter: fc.oneof(
		{ maxDepth: 3, depthSize: "small" },
		{ weight: 4, arbitrary: test_ },
		fc.array(tie("filter"), { maxLength: 3 }).map(($and) => ({ $and })),
		fc.array(tie("filter"), { maxLength: 3 }).map(($or) => ({ $or })),
		fc.array(tie("filter"), { maxLength: 3 }).map(($nor) => ({ $nor })),
		tie("filter").map(($not) => ({ $not })),
		fc.tuple(test_, test_).map(([a, b]) => ({ ...a, ...b })),
	),
}));

let database: TestDatabase;
const things = fc.sample(thing, { seed: 20261121, numRuns: 300 });

beforeAll(async () => {
	database = await createTestDatabase();
	await sql`create table thing (id int, name text, size float8, at timestamptz, tags text[], metadata json)`.execute(
		database.db,
	);
	for (const [id, each] of things.entries()) {
		const metadata = each.metadata === null ? null : JSON.stringify(each.metadata);
		await sql`insert into thing values (${id}, ${each.name}, ${each.size}, ${each.at}, ${[...each.tags]}::text[],
			${metadata}::json)`.execute(database.db);
	}
});
afterAll(async () => {
	await database?.drop();
});

async function kept(value: unknown): Promise<number[]> {
	const condition = filterSql(parseFilter(JSON.stringify(value), fieldOf), fields);
	const query = sql<{ id: number; is: boolean | null }>`select id, ${condition} as is from thing t order by id`;
	const { rows } = await query.execute(database.db);
	// Neither true nor false would be false and its negation, too.
	expect(rows.filter(({ is }) => is === null)).toEqual([]);
	return rows.filter(({ is }) => is).map(({ id }) => id);
}

const expected = (value: unknown) => things.flatMap((each, id) => (leaves(value, each) ? [id] : []));

describe("a filter in SQL", () => {
	test("leaves what a plain reading leaves", async () => {
		await fc.assert(
			fc.asyncProperty(filter, async (value) => {
				expect(await kept(value)).toEqual(expected(value));
			}),
			{ seed: 20261121, numRuns: 600 },
		);
	});

	test.each<[string, readonly string[], readonly string[]]>([
		["^a\\b", ["a", "a b", "a-b"], ["ab", "ba"]],
		["a\\B", ["ab"], ["a"]],
		["(?i)^AB$", ["ab", "AB"], ["abc"]],
		["(?P<first>a)(?<second>b)", ["ab"], ["a"]],
		["[][x]", ["]", "[", "x"], ["a"]],
		["[^[]", ["a"], ["["]],
		["\\x41\\u0042", ["AB"], ["ab"]],
		["[[:digit:]]+", ["1"], ["a"]],
		["a{2}", ["aa"], ["a"]],
		["^(?!a)", ["b"], ["a"]],
	])("reads the pattern %j as Python does", async (pattern, matching, others) => {
		const condition = (text: string) => {
			const { column, elements, document } = { ...fields, column: () => sql`${text}::text` };
			return filterSql(parseFilter(JSON.stringify({ name: { $regex: pattern } }), fieldOf), {
				column,
				elements,
				document,
			});
		};
		for (const text of [...matching, ...others]) {
			const { rows } = await sql<{ is: boolean }>`select ${condition(text)} as is`.execute(database.db);
			expect([text, rows[0]?.is]).toEqual([text, matching.includes(text)]);
		}
	});
});
