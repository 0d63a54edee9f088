import { TextInput } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { arrangeRows, cellText, type GridColumn, type GridOrder } from "./grid-rows.ts";
import "./grid.css";

type Props = {
	label: string;
	columns: readonly GridColumn[];
	rows: readonly (readonly unknown[])[];
	/** How many rows the file has, where that is known and more than are here. */
	total?: number | undefined;
	/** Draws a cell that is more than its text; undefined for all others. */
	drawCell?: (value: unknown) => ReactNode | undefined;
	rowHeight?: number;
};

/** More columns than this are not drawn. */
const mostColumns = 80;
const longestCell = 300;

function nextGridOrder(order: GridOrder | undefined, column: number): GridOrder | undefined {
	if (order?.column !== column) return { column, direction: "asc" };
	return order.direction === "asc" ? { column, direction: "desc" } : undefined;
}

function Cell({ value, drawCell }: { value: unknown; drawCell: Props["drawCell"] }): ReactNode {
	const drawn = drawCell?.(value);
	if (drawn !== undefined) return <td>{drawn}</td>;
	if (value === null || value === undefined) return <td className="nothing">–</td>;
	const text = cellText(value);
	const shown = text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
	const isNumber = typeof value === "number" || typeof value === "bigint";
	return (
		<td className={isNumber ? "number" : undefined} title={shown.length > 24 ? shown : undefined}>
			{shown}
		</td>
	);
}

type HeadProps = {
	columns: readonly GridColumn[];
	order: GridOrder | undefined;
	onOrder: (order: GridOrder | undefined) => void;
};

function Head({ columns, order, onOrder }: HeadProps): ReactNode {
	return (
		<thead>
			<tr>
				<th scope="col" className="row-number">
					#
				</th>
				{columns.map(({ name, type }, column) => {
					const sorted = order?.column === column ? order.direction : undefined;
					const sort = sorted === undefined ? "none" : sorted === "asc" ? "ascending" : "descending";
					return (
						// biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
						<th key={column} scope="col" aria-sort={sort}>
							<button type="button" className="sort" onClick={() => onOrder(nextGridOrder(order, column))}>
								<span>{name === "" ? "–" : name}</span>
								{type ? <small>{type}</small> : null}
							</button>
						</th>
					);
				})}
			</tr>
		</thead>
	);
}

/** The rows of a table file: searched and ordered here, drawn where they are in sight. */
export function Grid({ label, columns, rows, total, drawCell, rowHeight = 28 }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const box = useRef<HTMLDivElement>(null);
	const [search, setSearch] = useState("");
	const [order, setOrder] = useState<GridOrder>();
	const wanted = useDeferredValue(search);
	const places = useMemo(() => arrangeRows(rows, { search: wanted, order }), [rows, wanted, order]);
	const shown = columns.slice(0, mostColumns);
	const virtualizer = useVirtualizer({
		count: places.length,
		getScrollElement: () => box.current,
		estimateSize: () => rowHeight,
		overscan: 10,
	});
	const items = virtualizer.getVirtualItems();
	const before = items[0]?.start ?? 0;
	const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
	const number = (value: number) => value.toLocaleString(i18n.language);
	const counts = { shown: number(places.length), total: number(total ?? rows.length) };
	return (
		<div className="grid-preview">
			<div className="preview-note">
				<TextInput
					size="xs"
					w={190}
					placeholder={t("files.searchRows")}
					aria-label={t("files.searchRows")}
					value={search}
					onChange={({ currentTarget }) => setSearch(currentTarget.value)}
				/>
				<span role="status">
					{places.length === (total ?? rows.length)
						? t("files.rowCount", { count: places.length, number: counts.total })
						: t("files.someRows", counts)}
				</span>
				<span>{t("files.columnCount", { count: columns.length })}</span>
				{columns.length > mostColumns ? <span>{t("files.firstColumns", { count: mostColumns })}</span> : null}
			</div>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<section className="grid-box" ref={box} tabIndex={0} aria-label={label}>
				<table className="grid" aria-label={label} aria-rowcount={places.length + 1}>
					<Head columns={shown} order={order} onOrder={setOrder} />
					<tbody>
						{before > 0 ? <tr style={{ height: before }} /> : null}
						{items.map(({ index }) => {
							const place = places[index] ?? 0;
							const row = rows[place] ?? [];
							return (
								<tr key={place} aria-rowindex={index + 2} style={{ height: rowHeight }}>
									<th scope="row" className="row-number">
										{place + 1}
									</th>
									{shown.map((_, column) => (
										// biome-ignore lint/suspicious/noArrayIndexKey: a cell's column is its identity
										<Cell key={column} value={row[column]} drawCell={drawCell} />
									))}
								</tr>
							);
						})}
						{after > 0 ? <tr style={{ height: after }} /> : null}
					</tbody>
				</table>
			</section>
		</div>
	);
}
