import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export type Column<Row> = {
	id: string;
	title: string;
	cell: (row: Row) => ReactNode;
	/** number: right-aligned figures; tight: never wrapped; main: what the row is about. */
	kind?: "number" | "tight" | "main";
	/** Left out where the screen is narrow. */
	wideOnly?: boolean;
};

export type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

type Props<Row> = {
	label: string;
	columns: Column<Row>[];
	rows: Row[];
	rowKey: (row: Row) => string;
	more?: More;
};

function classOf<Row>({ kind, wideOnly }: Column<Row>): string {
	return [kind, wideOnly ? "wide" : undefined].filter(Boolean).join(" ");
}

/** The one table of the app; `more` adds the button for the next page. */
export function DataTable<Row>({ label, columns, rows, rowKey, more }: Props<Row>): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="table-box">
			<table className="table" aria-label={label}>
				<thead>
					<tr>
						{columns.map((column) => (
							<th key={column.id} scope="col" className={classOf(column)}>
								{column.title}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={rowKey(row)}>
							{columns.map((column) => (
								<td key={column.id} className={classOf(column)}>
									{column.cell(row)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
			{more?.hasNextPage ? (
				<div className="more">
					<Button
						variant="subtle"
						size="compact-sm"
						loading={more.isFetchingNextPage}
						onClick={() => void more.fetchNextPage()}
					>
						{t("ui.loadMore")}
					</Button>
				</div>
			) : null}
		</div>
	);
}
