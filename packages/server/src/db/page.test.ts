import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { type CursorValue, decodeCursor, encodeCursor, pageOf, parseCursor } from "./page.ts";

const date = fc.date({
	min: new Date("0001-01-01T00:00:00.000Z"),
	max: new Date("9999-12-31T23:59:59.999Z"),
	noInvalidDate: true,
});
// JSON has no negative zero, and a sort key has no use for it.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\u0000"));
const values = fc.array(fc.oneof(text, number, date, fc.constant(null)), { maxLength: 5 });

function refusal(work: () => unknown): string | undefined {
	try {
		work();
	} catch (error) {
		if (error instanceof DomainError) return error.code;
		throw error;
	}
	return undefined;
}

describe("cursors", () => {
	it("give back what was put in, as text that a URL can carry", () => {
		fc.assert(
			fc.property(values, (key: CursorValue[]) => {
				const cursor = encodeCursor(key);
				expect(cursor).toMatch(/^[A-Za-z0-9_-]*$/);
				expect(decodeCursor(cursor)).toEqual(key);
			}),
		);
	});

	it("answer any text with a key or with INVALID_INPUT, never with another error", () => {
		const garbage = fc.oneof(
			fc.string(),
			fc.json().map((json) => Buffer.from(json).toString("base64url")),
			fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("base64url")),
		);
		fc.assert(
			fc.property(garbage, (cursor) => {
				expect(refusal(() => decodeCursor(cursor)) ?? "INVALID_INPUT").toBe("INVALID_INPUT");
			}),
		);
	});

	it.each([
		["nothing", ""],
		["no array", Buffer.from('{"t":1}').toString("base64url")],
		["a nested array", Buffer.from("[[1]]").toString("base64url")],
		["a date beyond all years", Buffer.from('[{"t":1e300}]').toString("base64url")],
		["a zero character, which PostgreSQL refuses", Buffer.from('["a\\u0000"]').toString("base64url")],
	])("refuse %s", (_, cursor) => {
		expect(refusal(() => decodeCursor(cursor))).toBe("INVALID_INPUT");
	});

	it("refuse a key of another list's shape", () => {
		const shape = z.tuple([z.date(), z.string()]);
		const when = new Date(0);
		expect(parseCursor(encodeCursor([when, "id"]), shape)).toEqual([when, "id"]);
		expect(refusal(() => parseCursor(encodeCursor(["id"]), shape))).toBe("INVALID_INPUT");
	});
});

describe("pageOf", () => {
	it("walks a whole list, each row once, whatever the limit", () => {
		const cases = fc.record({ total: fc.integer({ min: 0, max: 30 }), limit: fc.integer({ min: 1, max: 10 }) });
		fc.assert(
			fc.property(cases, ({ total, limit }) => {
				const list = Array.from({ length: total }, (_, index) => index);
				const seen: number[] = [];
				let after = -1;
				for (;;) {
					const from = after;
					const page = pageOf(list.filter((row) => row > from).slice(0, limit + 1), limit, (row) => [row]);
					seen.push(...page.rows);
					expect(page.hasNextPage).toBe(seen.length < total);
					if (!page.hasNextPage) break;
					[after] = parseCursor(page.endCursor ?? "", z.tuple([z.number()]));
				}
				expect(seen).toEqual(list);
			}),
		);
	});

	it("has no cursor for an empty page", () => {
		expect(pageOf([], 10, () => [])).toEqual({ rows: [], hasNextPage: false, endCursor: null });
	});
});
