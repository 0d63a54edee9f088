import { type RawBuilder, sql } from "kysely";
import type { z } from "zod";
import { DomainError } from "../errors.ts";

/** What a keyset cursor is made of: the sort key of the last row of a page, the unique column last. */
export type CursorValue = string | number | Date | null;

/** One page of a longer list. */
export type Page<R> = {
	readonly rows: readonly R[];
	readonly hasNextPage: boolean;
	readonly endCursor: string | null;
};

/** One page, and how many rows there are on all pages. */
export type CountedPage<R> = Page<R> & { readonly total: number };

/** Which page of a list is asked for. */
export type PageWanted = { readonly limit: number; readonly after: string | null };

/** A list that is short enough to be one page; without rows, the page of one who may see nothing. */
export function onlyPage<R>(rows: readonly R[]): CountedPage<R> {
	return { rows, hasNextPage: false, endCursor: null, total: rows.length };
}

/** PostgreSQL's `timestamptz` and ISO 8601 agree between these years without further thought. */
const earliest = Date.parse("0001-01-01T00:00:00.000Z");
const latest = Date.parse("9999-12-31T23:59:59.999Z");

/** Packs a sort key into the opaque text that the client hands back as `after`. */
export function encodeCursor(values: readonly CursorValue[]): string {
	const packed = values.map((value) => {
		if (value instanceof Date) return { t: checkedTime(value.getTime()) };
		if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`${value} cannot be in a cursor`);
		return value;
	});
	return Buffer.from(JSON.stringify(packed), "utf8").toString("base64url");
}

/** Unpacks a cursor; text that `encodeCursor` cannot have made is refused as the caller's mistake. */
export function decodeCursor(text: string): CursorValue[] {
	const packed = parseJson(text);
	if (!Array.isArray(packed)) throw badCursor();
	return packed.map(unpack);
}

/** `decodeCursor` with the shape the query needs: `parseCursor(after, z.tuple([z.date(), z.uuid()]))`. */
export function parseCursor<T>(text: string, shape: z.ZodType<T>): T {
	const parsed = shape.safeParse(decodeCursor(text));
	if (!parsed.success) throw badCursor(parsed.error);
	return parsed.data;
}

/** Makes a page of rows that were read with `limit + 1`. */
export function pageOf<R>(rows: readonly R[], limit: number, keyOf: (row: R) => readonly CursorValue[]): Page<R> {
	const kept = rows.slice(0, limit);
	const last = kept.at(-1);
	return {
		rows: kept,
		hasNextPage: rows.length > limit,
		endCursor: last === undefined ? null : encodeCursor(keyOf(last)),
	};
}

/**
 * `(a, b) > ($1, $2)` (or `<` for a descending list), for `where()`. The columns must be those of `order by`,
 * all in one direction, not null, the unique one last.
 */
export function afterKey(
	columns: readonly string[],
	values: readonly CursorValue[],
	direction: "asc" | "desc" = "asc",
): RawBuilder<boolean> {
	if (columns.length === 0 || columns.length !== values.length) throw badCursor();
	const left = sql.join(columns.map((column) => sql.ref(column)));
	const right = sql.join(values.map((value) => sql.val(value)));
	return direction === "asc" ? sql<boolean>`(${left}) > (${right})` : sql<boolean>`(${left}) < (${right})`;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(text, "base64url")));
	} catch (error) {
		throw badCursor(error);
	}
}

function unpack(value: unknown): CursorValue {
	if (value === null || typeof value === "number") return value;
	// PostgreSQL refuses the zero character in text: without this line a made-up cursor would be an internal error.
	if (typeof value === "string" && !value.includes("\u0000")) return value;
	if (typeof value === "object" && "t" in value && typeof value.t === "number") {
		if (value.t >= earliest && value.t <= latest) return new Date(value.t);
	}
	throw badCursor();
}

function checkedTime(time: number): number {
	if (time >= earliest && time <= latest) return time;
	throw new RangeError("a date outside the years 1 to 9999 cannot be in a cursor");
}

function badCursor(cause?: unknown): DomainError {
	return new DomainError(
		"INVALID_INPUT",
		"The page cursor is not one this server gave out. Leave `after` empty to start from the first page.",
		{ cause },
	);
}
