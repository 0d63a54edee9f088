import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import "./tree.css";

/** A row of a tree as it is drawn: what is below it comes after it, one level deeper. */
export type TreeRow = {
	key: string;
	/** From 0. */
	level: number;
	/** What typing finds it by. */
	label: string;
	content: ReactNode;
	/** Undefined: nothing can be below it. */
	isOpen?: boolean;
	/** What Enter and a click do; without it the row opens and closes. */
	onChoose?: () => void;
	/** Said of the row that the page is about. */
	isCurrent?: boolean;
	/** A note such as "loading": no row to stand on. */
	isNote?: boolean;
};

type Props = {
	label: string;
	rows: readonly TreeRow[];
	onToggle: (key: string, open: boolean) => void;
	/** The last row came into sight. */
	onEnd?: () => void;
	rowHeight?: number;
};

const typedTogetherMs = 700;

/** The row that Left goes to: the nearest above that is one level up. */
function parentOf(rows: readonly TreeRow[], index: number): number {
	const level = rows[index]?.level ?? 0;
	for (let at = index - 1; at >= 0; at -= 1) if ((rows[at]?.level ?? 0) < level) return at;
	return index;
}

function nextStanding(rows: readonly TreeRow[], from: number, step: 1 | -1): number {
	for (let at = from + step; at >= 0 && at < rows.length; at += step) if (!rows[at]?.isNote) return at;
	return from;
}

/** The next row whose label begins with what was typed, from the one below on and around. */
export function findTyped(rows: readonly TreeRow[], from: number, typed: string): number {
	const start = typed.length > 1 ? from : from + 1;
	for (let step = 0; step < rows.length; step += 1) {
		const at = (start + step) % rows.length;
		const row = rows[at];
		if (row && !row.isNote && row.label.toLowerCase().startsWith(typed)) return at;
	}
	return from;
}

/** What has been typed lately, as one text. */
function useTyped(): (letter: string) => string {
	const typed = useRef({ text: "", at: 0 });
	return (letter) => {
		const now = performance.now();
		const before = now - typed.current.at < typedTogetherMs ? typed.current.text : "";
		const text = before === letter ? letter : `${before}${letter}`;
		typed.current = { text, at: now };
		return text;
	};
}

type Keys = {
	rows: readonly TreeRow[];
	active: number;
	goTo: (index: number) => void;
	choose: (row: TreeRow) => void;
	onToggle: Props["onToggle"];
};

function useTreeKeys({ rows, active, goTo, choose, onToggle }: Keys): (event: KeyboardEvent) => void {
	const type = useTyped();
	return (event) => {
		const activeRow = rows[active];
		if (!activeRow || event.ctrlKey || event.metaKey || event.altKey) return;
		const { key } = event;
		const move = keyMoves[key];
		if (move) goTo(move(rows, active));
		else if (key === "ArrowRight") {
			if (activeRow.isOpen === false) onToggle(activeRow.key, true);
			else if (activeRow.isOpen) goTo(nextStanding(rows, active, 1));
		} else if (key === "ArrowLeft") {
			if (activeRow.isOpen) onToggle(activeRow.key, false);
			else goTo(parentOf(rows, active));
		} else if (key === "Enter" || key === " ") choose(activeRow);
		else if (key.length === 1) goTo(findTyped(rows, active, type(key.toLowerCase())));
		else return;
		event.preventDefault();
	};
}

/** A tree that may have very many rows: those in sight are drawn. One stop of the Tab key; arrows, Home, End and typing move in it. */
export function Tree({ label, rows, onToggle, onEnd, rowHeight = 28 }: Props): ReactNode {
	const id = useId();
	const scroller = useRef<HTMLDivElement>(null);
	const [activeKey, setActiveKey] = useState<string>();
	const virtualizer = useVirtualizer({
		count: rows.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowHeight,
		overscan: 8,
		getItemKey: (index) => rows[index]?.key ?? index,
	});
	const items = virtualizer.getVirtualItems();
	const last = items.at(-1)?.index ?? -1;
	useEffect(() => {
		if (last >= rows.length - 1) onEnd?.();
	}, [last, rows.length, onEnd]);
	const currentIndex = rows.findIndex(({ isCurrent }) => isCurrent);
	const known = activeKey === undefined ? -1 : rows.findIndex(({ key }) => key === activeKey);
	const active = known >= 0 ? known : Math.max(currentIndex, 0);
	const currentKey = rows[currentIndex]?.key;
	// Once for each thing that the page is about: whoever scrolls away is left alone.
	// biome-ignore lint/correctness/useExhaustiveDependencies: the row's place changes as others come
	useEffect(() => {
		if (currentIndex < 0) return;
		setActiveKey(currentKey);
		virtualizer.scrollToIndex(currentIndex, { align: "auto" });
	}, [currentKey]);

	const goTo = (index: number) => {
		const row = rows[index];
		if (!row) return;
		setActiveKey(row.key);
		virtualizer.scrollToIndex(index, { align: "auto" });
	};
	const choose = (row: TreeRow) => {
		setActiveKey(row.key);
		if (row.onChoose) row.onChoose();
		else if (row.isOpen !== undefined) onToggle(row.key, !row.isOpen);
	};
	const onKeyDown = useTreeKeys({ rows, active, goTo, choose, onToggle });
	return (
		<div
			ref={scroller}
			className="tree"
			role="tree"
			aria-label={label}
			tabIndex={0}
			aria-activedescendant={items.some(({ index }) => index === active) ? `${id}-${active}` : undefined}
			onKeyDown={onKeyDown}
		>
			<div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
				{items.map(({ index, start }) => {
					const row = rows[index];
					if (!row) return null;
					return (
						<TreeItem
							key={row.key}
							id={`${id}-${index}`}
							row={row}
							isActive={index === active}
							top={start}
							height={rowHeight}
							onToggle={onToggle}
							onChoose={choose}
						/>
					);
				})}
			</div>
		</div>
	);
}

const keyMoves: Readonly<Record<string, (rows: readonly TreeRow[], at: number) => number>> = {
	ArrowDown: (rows, at) => nextStanding(rows, at, 1),
	ArrowUp: (rows, at) => nextStanding(rows, at, -1),
	Home: (rows) => nextStanding(rows, -1, 1),
	End: (rows) => nextStanding(rows, rows.length, -1),
	PageDown: (rows, at) => nextStanding(rows, Math.min(at + 14, rows.length - 2), 1),
	PageUp: (rows, at) => nextStanding(rows, Math.max(at - 14, 1), -1),
};

type ItemProps = {
	id: string;
	row: TreeRow;
	isActive: boolean;
	top: number;
	height: number;
	onToggle: (key: string, open: boolean) => void;
	onChoose: (row: TreeRow) => void;
};

function TreeItem({ id, row, isActive, top, height, onToggle, onChoose }: ItemProps): ReactNode {
	const { key, level, isOpen, isNote, isCurrent, content } = row;
	const style = { transform: `translateY(${top}px)`, height, paddingLeft: 6 + level * 14 };
	if (isNote) {
		return (
			<div className="tree-row note" role="presentation" style={style}>
				{content}
			</div>
		);
	}
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself listens to the keys
		<div
			id={id}
			className="tree-row"
			role="treeitem"
			tabIndex={-1}
			aria-level={level + 1}
			aria-expanded={isOpen}
			aria-selected={isCurrent === true}
			data-active={isActive || undefined}
			style={style}
			onClick={() => onChoose(row)}
		>
			{isOpen === undefined ? (
				<span className="tree-twist" />
			) : (
				// biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; keys have their own way
				// biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys open and close
				<span
					className="tree-twist"
					data-open={isOpen}
					onClick={(event) => {
						event.stopPropagation();
						onToggle(key, !isOpen);
					}}
				/>
			)}
			{content}
		</div>
	);
}
