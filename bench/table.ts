import type { JudgedRow, Target, Unit } from "./row.ts";

const heads = ["work", "keifu", "floor or limit", "ratio", "target", "held"];

/** The rows as a Markdown table, padded for a terminal. */
export function renderTable(rows: readonly JudgedRow[]): string {
	const cells = [heads, ...rows.map(toCells)];
	const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
	const lines = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
	const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
	return [lines[0], rule, ...lines.slice(1)].join("\n");
}

function toCells(row: JudgedRow): string[] {
	return [
		row.work,
		row.value === null ? "failed" : `${figure(row.value)} ${row.unit}`,
		row.beside === null ? "–" : `${figure(row.beside.value)} ${row.unit} (${row.beside.what})`,
		row.ratio === null ? "–" : row.ratio.toFixed(2),
		row.target === null ? "–" : target(row.target, row.unit),
		row.held === null ? "–" : row.held ? "yes" : "NO",
	];
}

function target({ of, atMost, atLeast }: Target, unit: Unit): string {
	const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
	return of === "ratio" ? `${bound} ×` : `${bound} ${unit}`;
}

function figure(value: number): string {
	if (Math.abs(value) >= 100) return value.toFixed(0);
	return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}
