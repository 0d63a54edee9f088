import type { GridColumn } from "./grid-rows.ts";

/** A W&B Table as the client writes it. */
export type WandbTable = { columns: GridColumn[]; rows: unknown[][] };

/** A media file that a cell stands for: where its bytes are in the version. */
export type MediaCell = { type: string; path: string; caption: string | undefined };

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}

/** wire: an optional type is a union of itself and none. */
function typeName(type: unknown): string | undefined {
	if (!isRecord(type)) return undefined;
	const params = isRecord(type.params) ? type.params : {};
	const members = Array.isArray(params.allowed_types) ? params.allowed_types : undefined;
	if (type.wb_type !== "union" || members === undefined) return textOf(type.wb_type);
	const names = members.map(typeName).filter((name) => name !== undefined && name !== "none");
	return names.length > 0 ? names.join(" | ") : undefined;
}

function typeMap(value: Record<string, unknown>): Record<string, unknown> {
	const types = isRecord(value.column_types) ? value.column_types : {};
	const params = isRecord(types.params) ? types.params : {};
	return isRecord(params.type_map) ? params.type_map : {};
}

/** Reads `NAME.table.json`; undefined where it is none. */
export function readWandbTable(value: unknown): WandbTable | undefined {
	if (!isRecord(value) || !Array.isArray(value.columns) || !Array.isArray(value.data)) return undefined;
	const types = typeMap(value);
	const columns = value.columns.map((name: unknown) => {
		const text = String(name);
		return { name: text, type: Object.hasOwn(types, text) ? typeName(types[text]) : undefined };
	});
	return { columns, rows: value.data.map((row: unknown) => (Array.isArray(row) ? row : [row])) };
}

/** The media file that a cell stands for, if it does. */
export function readMediaCell(value: unknown): MediaCell | undefined {
	if (!isRecord(value)) return undefined;
	const [type, path] = [textOf(value._type), textOf(value.path)];
	if (type === undefined || path === undefined || !type.endsWith("-file")) return undefined;
	return { type, path, caption: textOf(value.caption) };
}

/** What `NAME.joined-table.json` names: paths of two tables, and the column of each by which they are joined. */
export type JoinedTable = { paths: [string, string]; keys: [string, string] };

export function readJoinedTable(value: unknown): JoinedTable | undefined {
	if (!isRecord(value)) return undefined;
	const [left, right] = [textOf(value.table1), textOf(value.table2)];
	const key = value.join_key;
	const keys: unknown[] = Array.isArray(key) ? key : [key, key];
	const [first, second] = [textOf(keys[0]), textOf(keys[1])];
	if (left === undefined || right === undefined || first === undefined || second === undefined) return undefined;
	return { paths: [left, right], keys: [first, second] };
}

/** Rows of both tables side by side where their keys are equal; those of one alone stay, with nothing beside them. */
export function joinTables(left: WandbTable, right: WandbTable, [leftKey, rightKey]: [string, string]): WandbTable {
	const at = [
		left.columns.findIndex(({ name }) => name === leftKey),
		right.columns.findIndex(({ name }) => name === rightKey),
	];
	const [leftAt = -1, rightAt = -1] = at;
	const keyOf = (row: unknown[] | undefined, place: number) => JSON.stringify(row?.[place]) ?? "";
	const byKey = new Map<string, unknown[][]>();
	for (const row of right.rows) byKey.set(keyOf(row, rightAt), [...(byKey.get(keyOf(row, rightAt)) ?? []), row]);
	const used = new Set<unknown[]>();
	const without = (row: unknown[] | undefined) =>
		right.columns.flatMap((_, column) => (column === rightAt ? [] : [row?.[column]]));
	const joined = left.rows.flatMap((row) => {
		const partners = byKey.get(keyOf(row, leftAt)) ?? [undefined];
		return partners.map((partner) => {
			if (partner) used.add(partner);
			return [...left.columns.map((_, column) => row[column]), ...without(partner)];
		});
	});
	const alone = right.rows
		.filter((row) => !used.has(row))
		.map((row) => [
			...left.columns.map((_, column) => (column === leftAt ? row[rightAt] : undefined)),
			...without(row),
		]);
	const names = new Set(left.columns.map(({ name }) => name));
	const others = right.columns.filter((_, column) => column !== rightAt);
	return {
		columns: [
			...left.columns,
			...others.map((column) => (names.has(column.name) ? { ...column, name: `${column.name} (2)` } : column)),
		],
		rows: [...joined, ...alone],
	};
}

/** Parts of one table one after the other, as far as their columns are the same. */
export function chainTables(parts: readonly WandbTable[]): WandbTable {
	const [first = { columns: [], rows: [] }] = parts;
	const names = (table: WandbTable) => JSON.stringify(table.columns.map(({ name }) => name));
	return {
		columns: first.columns,
		rows: parts.filter((part) => names(part) === names(first)).flatMap(({ rows }) => rows),
	};
}
