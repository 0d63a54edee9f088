import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../../ui/DataTable.tsx";
import { formatValue } from "../../../ui/format.ts";
import { LineSkeleton } from "../../../ui/LineSkeleton.tsx";

/** More rows of a table are not drawn. */
const mostRows = 500;

type Row = { at: number; cells: unknown[] };
type Table = { columns: string[]; rows: Row[]; total: number };

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}

function readTable(value: unknown): Table {
	if (!isRecord(value) || !Array.isArray(value.columns) || !Array.isArray(value.data)) {
		return { columns: [], rows: [], total: 0 };
	}
	const rows = value.data
		.slice(0, mostRows)
		.map((row: unknown, at) => ({ at, cells: Array.isArray(row) ? row : [row] }));
	return { columns: value.columns.map(String), rows, total: value.data.length };
}

function cellText(value: unknown, locale: string): string {
	if (value === null || value === undefined) return "";
	if (isRecord(value) && typeof value.path === "string") return value.path;
	return formatValue(value, locale);
}

/** A table that a script logged, as JSON of the client. */
export function TablePreview({ url, label }: { url: string; label: string }): ReactNode {
	const { t, i18n } = useTranslation();
	const { data, isPending, isError } = useQuery({
		queryKey: ["run-table", url],
		queryFn: async ({ signal }) => {
			const response = await fetch(url, { signal });
			if (!response.ok) throw new Error(String(response.status));
			return readTable(await response.json());
		},
		staleTime: 60_000,
	});
	if (isError) return <p className="quiet">{t("runFiles.unreadable")}</p>;
	if (isPending) return <LineSkeleton />;
	return (
		<div className="media-table">
			<DataTable
				label={label}
				rows={data.rows}
				rowKey={({ at }) => String(at)}
				columns={data.columns.map(
					(title, index): Column<Row> => ({
						id: `${index}`,
						title,
						cell: ({ cells }) => cellText(cells[index], i18n.language),
					}),
				)}
			/>
			{data.total > data.rows.length ? (
				<p className="quiet">{t("media.rows", { shown: data.rows.length, total: data.total })}</p>
			) : null}
		</div>
	);
}
