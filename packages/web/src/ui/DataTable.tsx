import { Button } from "@mantine/core";
import { type ColumnDef, type Row as TableRow, tableFeatures, useTable } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { lazyPart } from "./lazy-part.tsx";

const ColumnChooser = lazyPart(async () => (await import("./ColumnChooser.tsx")).ColumnChooser);

export type Column<Row> = {
	id: string;
	title: string;
	cell: (row: Row) => ReactNode;
	/** number: right-aligned figures; tight: never wrapped; main: what the row is about; menu: what can be done with it. */
	kind?: "number" | "tight" | "main" | "menu";
	/** Left out where the screen is narrow. */
	wideOnly?: boolean;
	/** The key by which the server orders rows after this column; without it the heading is no button. */
	order?: string;
};

export type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** The order of rows as the server's `order` argument has it: `+key` ascending, `-key` descending. */
export type Sorting = { order: string | undefined; onOrder: (order: string) => void };

/** Columns that the reader has put away; kept by whoever shows the table, best in the address. */
export type Hiding = { hidden: readonly string[]; onHidden: (hidden: string[]) => void };

/** Rows that the reader has ticked, by their keys. */
export type Selecting<Row> = {
	selected: ReadonlySet<string>;
	onSelected: (selected: Set<string>) => void;
	/** What a row is called, for its tick box. */
	nameOf: (row: Row) => string;
};

type Props<Row> = {
	label: string;
	columns: Column<Row>[];
	rows: Row[];
	rowKey: (row: Row) => string;
	more?: More;
	sorting?: Sorting;
	hiding?: Hiding;
	selecting?: Selecting<Row>;
};

const features = tableFeatures({});
type Features = typeof features;

/** Rows beyond this are drawn only where they can be seen; of a list that goes on it is less, it is not whole anyway. */
const drawnWhole = { ended: 80, going: 30 };
const rowHeight = 33;

function classOf<Row>(column: Column<Row> | undefined): string {
	return [column?.kind, column?.wideOnly ? "wide" : undefined].filter(Boolean).join(" ");
}

/** The order after a press on a heading: ascending, then descending, and so on. */
export function nextOrder(order: string | undefined, key: string): string {
	return order === `+${key}` || order === key ? `-${key}` : `+${key}`;
}

function ariaSort(order: string | undefined, key: string): "ascending" | "descending" | "none" {
	if (order === `-${key}`) return "descending";
	return order === `+${key}` || order === key ? "ascending" : "none";
}

function Heading<Row>({ column, sorting }: { column: Column<Row>; sorting: Sorting | undefined }): ReactNode {
	const { order: key } = column;
	if (sorting === undefined || key === undefined) {
		return (
			<th scope="col" className={classOf(column)}>
				{column.kind === "menu" ? <span className="unseen">{column.title}</span> : column.title}
			</th>
		);
	}
	return (
		<th scope="col" className={classOf(column)} aria-sort={ariaSort(sorting.order, key)}>
			<button type="button" className="sort" onClick={() => sorting.onOrder(nextOrder(sorting.order, key))}>
				{column.title}
			</button>
		</th>
	);
}

/** Which rows to draw, and how much empty space stands for the rest. */
function useDrawnRows(count: number, more: More | undefined) {
	const body = useRef<HTMLTableSectionElement>(null);
	const [top, setTop] = useState(0);
	useLayoutEffect(() => {
		if (body.current) setTop(body.current.getBoundingClientRect().top + window.scrollY);
	}, []);
	const virtual = count > (more?.hasNextPage ? drawnWhole.going : drawnWhole.ended);
	const virtualizer = useWindowVirtualizer({
		count,
		enabled: virtual,
		estimateSize: () => rowHeight,
		overscan: 6,
		// Rows come as soon as they can, not in the middle of what tells that they are wanted: that drew them twice.
		useFlushSync: false,
		scrollMargin: top,
	});
	const items = virtualizer.getVirtualItems();
	const last = items.at(-1)?.index ?? -1;
	useEffect(() => {
		if (virtual && last >= count - 1 && more?.hasNextPage && !more.isFetchingNextPage) void more.fetchNextPage();
	}, [virtual, last, count, more]);
	if (!virtual) return { body, items: undefined, before: 0, after: 0, measure: undefined };
	const before = (items[0]?.start ?? top) - top;
	const after = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? top) - top);
	return { body, items: items.map(({ index }) => index), before, after, measure: virtualizer.measureElement };
}

function Gap({ height }: { height: number }): ReactNode {
	return height > 0 ? <tr className="gap" style={{ height }} /> : null;
}

type TickProps = { label: string; checked: boolean; isPart?: boolean; onTick: (checked: boolean) => void };

/** The browser's own: there may be hundreds in a table. */
function Tick({ label, checked, isPart = false, onTick }: TickProps): ReactNode {
	return (
		<input
			type="checkbox"
			aria-label={label}
			checked={checked}
			ref={(box) => {
				if (box) box.indeterminate = isPart;
			}}
			onChange={({ currentTarget }) => onTick(currentTarget.checked)}
		/>
	);
}

type TickAllProps<Row> = { rows: Row[]; rowKey: (row: Row) => string; selecting: Selecting<Row> };

function TickAll<Row>({ rows, rowKey, selecting }: TickAllProps<Row>): ReactNode {
	const { t } = useTranslation();
	const { selected, onSelected } = selecting;
	const all = rows.length > 0 && rows.every((row) => selected.has(rowKey(row)));
	return (
		<th scope="col" className="tick">
			<Tick
				label={t("ui.selectAll")}
				checked={all}
				isPart={!all && selected.size > 0}
				onTick={() => onSelected(all ? new Set() : new Set(rows.map(rowKey)))}
			/>
		</th>
	);
}

/** The tick box of a row: what it is called, and what to do with it. Absent where rows cannot be ticked. */
type TickBox = { name: string; checked: boolean; onTick: (id: string, checked: boolean) => void };

function TickRow({ id, name, checked, onTick }: TickBox & { id: string }): ReactNode {
	const { t } = useTranslation();
	return (
		<td className="tick">
			<Tick label={t("ui.selectRow", { name })} checked={checked} onTick={(on) => onTick(id, on)} />
		</td>
	);
}

/** Ticks and unticks; always the same function, so that rows need not be drawn again for it. */
function useTicking<Row>(selecting: Selecting<Row> | undefined): TickBox["onTick"] {
	const latest = useRef(selecting);
	useEffect(() => {
		latest.current = selecting;
	});
	return useCallback((id, checked) => {
		const ticked = new Set(latest.current?.selected);
		if (checked) ticked.add(id);
		else ticked.delete(id);
		latest.current?.onSelected(ticked);
	}, []);
}

function MoreButton({ more }: { more: More }): ReactNode {
	const { t } = useTranslation();
	return (
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
	);
}

type BodyRowProps<Row> = {
	id: string;
	row: Row;
	index: number;
	columns: readonly Column<Row>[];
	counted: boolean;
	measure: ((row: HTMLTableRowElement | null) => void) | undefined;
} & (TickBox | { name?: never; checked?: never; onTick?: never });

function PlainBodyRow<Row>(props: BodyRowProps<Row>): ReactNode {
	const { id, row, index, columns, counted, measure, name, checked, onTick } = props;
	return (
		<tr data-index={index} ref={measure} aria-rowindex={counted ? index + 2 : undefined}>
			{onTick ? <TickRow {...{ id, name, checked, onTick }} /> : null}
			{columns.map((column) => (
				<td key={column.id} className={classOf(column)}>
					{column.cell(row)}
				</td>
			))}
		</tr>
	);
}

/** A row stays as it is while others come into sight. */
// `memo` forgets that the component is generic.
const BodyRow = memo(PlainBodyRow) as typeof PlainBodyRow;

/** The one table of the app; `more` fetches the next page, by its button or when the end of many rows is reached. */
export function DataTable<Row>(props: Props<Row>): ReactNode {
	const { label, columns, rows, rowKey, more, sorting, hiding, selecting } = props;
	const definitions = useMemo(
		() => columns.map(({ id, title }): ColumnDef<Features, Row & object> => ({ id, header: title })),
		[columns],
	);
	const table = useTable<Features, Row & object>({
		features,
		columns: definitions,
		// Rows are objects wherever this is used; the library asks to be told so.
		data: rows as (Row & object)[],
		getRowId: rowKey,
	});
	const model = table.getRowModel().rows;
	const { body, items, before, after, measure } = useDrawnRows(model.length, more);
	const hidden = hiding?.hidden;
	const shown = useMemo(() => columns.filter(({ id }) => !hidden?.includes(id)), [columns, hidden]);
	// -1 tells that there are more than the page knows of.
	const rowCount = more?.hasNextPage ? -1 : items === undefined ? undefined : model.length + 1;
	const onTick = useTicking(selecting);
	const drawn = items === undefined ? model : items.flatMap((index) => model[index] ?? []);
	return (
		<div className="table-box">
			{hiding ? (
				<div className="table-tools">
					<ColumnChooser columns={columns} {...hiding} />
				</div>
			) : null}
			<table className="table" aria-label={label} aria-rowcount={rowCount}>
				<thead>
					<tr>
						{selecting ? <TickAll rows={rows} rowKey={rowKey} selecting={selecting} /> : null}
						{shown.map((column) => (
							<Heading key={column.id} column={column} sorting={sorting} />
						))}
					</tr>
				</thead>
				<tbody ref={body}>
					<Gap height={before} />
					{drawn.map((row: TableRow<Features, Row & object>) => (
						<BodyRow<Row & object>
							key={row.id}
							id={row.id}
							row={row.original}
							index={row.index}
							columns={shown}
							{...(selecting && {
								name: selecting.nameOf(row.original),
								checked: selecting.selected.has(row.id),
								onTick,
							})}
							// Rows are counted for a screen reader where not all are there.
							counted={items !== undefined}
							measure={measure}
						/>
					))}
					<Gap height={after} />
				</tbody>
			</table>
			{more?.hasNextPage ? <MoreButton more={more} /> : null}
		</div>
	);
}
