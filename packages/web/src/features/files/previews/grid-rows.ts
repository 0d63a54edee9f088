/** A column of a table file. */
export type GridColumn = { name: string; type?: string | undefined };

/** By which column rows are ordered. */
export type GridOrder = { column: number; direction: "asc" | "desc" };

function isNumber(value: unknown): value is number | bigint {
	return typeof value === "number" || typeof value === "bigint";
}

/** A cell as text: what one searches in, and sees. */
export function cellText(value: unknown): string {
	if (value === null || value === undefined) return "";
	if (typeof value === "string") return value;
	if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
	if (value instanceof Uint8Array) return `${value.length} B`;
	try {
		return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? String(inner) : inner)) ?? "";
	} catch {
		return "…";
	}
}

/** Numbers before texts, nothing last, whatever the direction. */
function compareCells(left: unknown, right: unknown, direction: 1 | -1): number {
	const isEmpty = (value: unknown) => value === null || value === undefined || value === "";
	if (isEmpty(left) || isEmpty(right)) return Number(isEmpty(left)) - Number(isEmpty(right));
	if (isNumber(left) && isNumber(right)) return direction * (left < right ? -1 : left > right ? 1 : 0);
	if (isNumber(left) !== isNumber(right)) return direction * (isNumber(left) ? -1 : 1);
	const [a, b] = [cellText(left), cellText(right)];
	return direction * (a < b ? -1 : a > b ? 1 : 0);
}

/** The places of the rows to show, in order. Only texts and numbers that the rows hold are compared: nothing is run. */
export function arrangeRows(
	rows: readonly (readonly unknown[])[],
	{ search, order }: { search: string; order: GridOrder | undefined },
): number[] {
	const wanted = search.trim().toLowerCase();
	const places = rows.flatMap((row, at) =>
		wanted === "" || row.some((cell) => cellText(cell).toLowerCase().includes(wanted)) ? [at] : [],
	);
	if (order === undefined) return places;
	const direction = order.direction === "asc" ? 1 : -1;
	return places.sort((a, b) => compareCells(rows[a]?.[order.column], rows[b]?.[order.column], direction) || a - b);
}

/** Texts of a column as numbers where all of them are, so that they are ordered like numbers. */
export function readNumbers(rows: readonly (readonly string[])[], columns: number): unknown[][] {
	const numeric = Array.from({ length: columns }, (_, column) => {
		const texts = rows.map((row) => row[column] ?? "").filter((text) => text !== "");
		return (
			texts.length > 0 && texts.every((text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && text.length < 16)
		);
	});
	return rows.map((row) => row.map((text, column) => (numeric[column] && text !== "" ? Number(text) : text)));
}
