import { expect, test } from "vitest";
import { chainTables, joinTables, readJoinedTable, readMediaCell, readWandbTable } from "./wandb-table.ts";

const image = { _type: "image-file", path: "media/images/a.png", width: 2, height: 2 };
const optional = { wb_type: "union", params: { allowed_types: [{ wb_type: "none" }, { wb_type: "number" }] } };

test("a table comes with its columns, their types and its rows", () => {
	const table = readWandbTable({
		_type: "table",
		columns: ["id", "score", 3],
		data: [["a", 0.5, image]],
		column_types: { wb_type: "typedDict", params: { type_map: { id: { wb_type: "string" }, score: optional } } },
	});
	expect(table).toEqual({
		columns: [
			{ name: "id", type: "string" },
			{ name: "score", type: "number" },
			{ name: "3", type: undefined },
		],
		rows: [["a", 0.5, image]],
	});
	expect([null, [], {}, { columns: 1, data: [] }].map(readWandbTable)).toEqual(new Array(4).fill(undefined));
});

test("a cell of a media file names its bytes", () => {
	expect(readMediaCell(image)).toEqual({ type: "image-file", path: "media/images/a.png", caption: undefined });
	expect([null, "a", { _type: "table", path: "x" }, { _type: "image-file" }].map(readMediaCell)).toEqual(
		new Array(4).fill(undefined),
	);
});

test("two tables are joined by a key; rows without a partner stay", () => {
	const left = {
		columns: [{ name: "id" }, { name: "x" }],
		rows: [
			[1, "a"],
			[2, "b"],
		],
	};
	const right = {
		columns: [{ name: "x" }, { name: "key" }],
		rows: [
			["A", 1],
			["AA", 1],
			["C", 3],
		],
	};
	expect(joinTables(left, right, ["id", "key"])).toEqual({
		columns: [{ name: "id" }, { name: "x" }, { name: "x (2)" }],
		rows: [
			[1, "a", "A"],
			[1, "a", "AA"],
			[2, "b", undefined],
			[3, undefined, "C"],
		],
	});
	const said = { table1: "a.table.json", table2: "b.table.json", join_key: "id" };
	expect(readJoinedTable(said)).toEqual({ paths: ["a.table.json", "b.table.json"], keys: ["id", "id"] });
	expect(readJoinedTable({ ...said, join_key: ["i", "j"] })?.keys).toEqual(["i", "j"]);
	expect(readJoinedTable({ ...said, join_key: 1 })).toBeUndefined();
});

test("parts of a table are chained; one of other columns is left out", () => {
	const part = (name: string, row: unknown) => ({ columns: [{ name }], rows: [[row]] });
	expect(chainTables([part("a", 1), part("b", 2), part("a", 3)]).rows).toEqual([[1], [3]]);
	expect(chainTables([])).toEqual({ columns: [], rows: [] });
});
