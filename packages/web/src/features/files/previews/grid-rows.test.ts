import { expect, test } from "vitest";
import { arrangeRows, cellText, readNumbers } from "./grid-rows.ts";

const rows = [
	["b", 10],
	["a", 9],
	["c", null],
	["B", 2n],
];

test("rows are ordered by number or text, nothing last, equal ones as they stood", () => {
	const by = (column: number, direction: "asc" | "desc") =>
		arrangeRows(rows, { search: "", order: { column, direction } });
	expect(by(1, "asc")).toEqual([3, 1, 0, 2]);
	expect(by(1, "desc")).toEqual([0, 1, 3, 2]);
	expect(by(0, "asc")).toEqual([3, 1, 0, 2]);
	expect(arrangeRows(rows, { search: "", order: undefined })).toEqual([0, 1, 2, 3]);
});

test("rows are found by any cell, whatever the case", () => {
	expect(arrangeRows(rows, { search: "B", order: undefined })).toEqual([0, 3]);
	expect(arrangeRows(rows, { search: " 10 ", order: undefined })).toEqual([0]);
});

test("a column of numbers is read as such; formulas and long digits stay text", () => {
	expect(
		readNumbers(
			[
				["1", "=1+1", "12345678901234567890"],
				["", "2", "1"],
				["-2.5e3", "3", "2"],
			],
			3,
		),
	).toEqual([
		[1, "=1+1", "12345678901234567890"],
		["", "2", "1"],
		[-2500, "3", "2"],
	]);
});

test("every value has a text, also one that goes around in a circle", () => {
	const circle: unknown[] = [];
	circle.push(circle);
	expect([null, 1n, new Date(0), new Uint8Array(3), { a: 1n }, circle, new Date("x")].map(cellText)).toEqual([
		"",
		"1",
		"1970-01-01T00:00:00.000Z",
		"3 B",
		'{"a":"1"}',
		"…",
		"",
	]);
});
