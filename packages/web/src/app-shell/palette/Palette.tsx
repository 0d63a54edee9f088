import { useRouter } from "@tanstack/react-router";
import { Fragment, type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import "./palette.css";
import { markWords, type PaletteItem } from "./palette-items.ts";
import { usePaletteItems } from "./use-palette-items.ts";

function Marked({ text, typed }: { text: string; typed: string }): ReactNode {
	return markWords(text, typed).map(({ text: piece, marked }, index) =>
		// biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text; the place is the identity
		marked ? <mark key={index}>{piece}</mark> : <Fragment key={index}>{piece}</Fragment>,
	);
}

type OptionProps = { item: PaletteItem; id: string; typed: string; active: boolean; choose: (newTab: boolean) => void };

function Option({ item, id, typed, active, choose }: OptionProps): ReactNode {
	const { title, detail, matched, icon, keys, group } = item;
	const row = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		if (active) row.current?.scrollIntoView({ block: "nearest" });
	}, [active]);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which holds the focus
		<div
			ref={row}
			id={id}
			role="option"
			tabIndex={-1}
			aria-selected={active}
			className="palette-option"
			data-group={group}
			onMouseDown={(event) => event.preventDefault()}
			onClick={(event) => choose(event.metaKey || event.ctrlKey)}
		>
			<Icon name={icon} />
			<span className="palette-title">
				<Marked text={title} typed={typed} />
			</span>
			{matched === undefined ? null : (
				<span className="palette-matched">
					<Marked text={matched} typed={typed} />
				</span>
			)}
			{detail === undefined ? null : (
				<span className="palette-detail">
					<Marked text={detail} typed={typed} />
				</span>
			)}
			{keys === undefined ? null : <kbd>{keys}</kbd>}
		</div>
	);
}

/** Moves by keys over a list whose focus stays in the input. */
function moveBy(event: KeyboardEvent, index: number, count: number): number | undefined {
	if (count === 0) return undefined;
	const steps: Readonly<Record<string, number>> = {
		ArrowDown: (index + 1) % count,
		ArrowUp: (index - 1 + count) % count,
		PageDown: Math.min(index + 6, count - 1),
		PageUp: Math.max(index - 6, 0),
	};
	return steps[event.key];
}

type ResultsProps = {
	id: string;
	groups: ReturnType<typeof usePaletteItems>["groups"];
	optionId: (item: PaletteItem) => string;
	typed: string;
	current: PaletteItem | undefined;
	choose: (item: PaletteItem, newTab: boolean) => void;
};

function Results({ id, groups, optionId, typed, current, choose }: ResultsProps): ReactNode {
	const { t } = useTranslation();
	return (
		<div id={id} role="listbox" aria-label={t("palette.results")} className="palette-list" tabIndex={-1}>
			{groups.map(({ group, items: own }) => (
				// biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox
				<div key={group} role="group" aria-labelledby={`${id}-${group}`}>
					<p id={`${id}-${group}`} className="palette-group" role="presentation">
						{t(`palette.group.${group}`)}
					</p>
					{own.map((item) => (
						<Option
							key={item.id}
							item={item}
							id={optionId(item)}
							typed={typed}
							active={item === current}
							choose={(newTab) => choose(item, newTab)}
						/>
					))}
				</div>
			))}
		</div>
	);
}

/** The way to everywhere, and to what can be done, by typing. */
export function Palette({ onClose }: { onClose: () => void }): ReactNode {
	const { t } = useTranslation();
	const router = useRouter();
	const dialog = useRef<HTMLDialogElement>(null);
	const [typed, setTyped] = useState("");
	const [index, setIndex] = useState(0);
	const { groups, isBusy, error } = usePaletteItems(typed);
	const id = useId();
	const items = groups.flatMap((group) => group.items);
	const at = Math.min(index, items.length - 1);
	const current = items[at];
	const optionId = (item: PaletteItem) => `${id}-${items.indexOf(item)}`;
	useLayoutEffect(() => dialog.current?.showModal(), []);

	const choose = (item: PaletteItem, newTab: boolean) => {
		// Closed by hand: the browser gives the focus back to where it was.
		dialog.current?.close();
		if (item.href !== undefined && newTab) window.open(item.href, "_blank", "noopener");
		else if (item.href !== undefined) router.history.push(item.href);
		else item.run?.();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		// The Enter that ends a conversion from kana chooses nothing here.
		if (event.nativeEvent.isComposing) return;
		const next = moveBy(event, at, items.length);
		if (next !== undefined) setIndex(next);
		else if (event.key === "Enter" && current) choose(current, event.metaKey || event.ctrlKey);
		else return;
		event.preventDefault();
	};
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; this is the press beside it
		<dialog
			ref={dialog}
			className="palette"
			aria-label={t("palette.title")}
			onClose={onClose}
			onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
		>
			<div className="palette-head" data-busy={isBusy}>
				<Icon name="search" />
				<input
					type="text"
					role="combobox"
					aria-label={t("palette.title")}
					aria-expanded="true"
					aria-controls={id}
					aria-activedescendant={current ? optionId(current) : undefined}
					aria-autocomplete="list"
					placeholder={t("palette.placeholder")}
					autoComplete="off"
					spellCheck={false}
					value={typed}
					onChange={({ currentTarget }) => {
						setTyped(currentTarget.value);
						setIndex(0);
					}}
					onKeyDown={onKeyDown}
				/>
				<button type="button" className="palette-close" title={t("ui.close")} onClick={() => dialog.current?.close()}>
					<kbd>esc</kbd>
				</button>
			</div>
			<Results {...{ id, groups, optionId, current, choose }} typed={typed.trim()} />
			<p className="palette-foot" role="status">
				{error ? error.message : items.length === 0 && !isBusy ? t("palette.nothing") : t("palette.hint")}
			</p>
		</dialog>
	);
}
