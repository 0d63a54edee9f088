import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { iconOfCard, kindOfCard, labelOfCard } from "./card-words.ts";
import type { Card } from "./drawn-graph.ts";
import { cardHeight, cardWidth } from "./scene.ts";

export type CardState = {
	isSelected: boolean;
	isFocus: boolean;
	/** On a line through the selected card, or on none of them. */
	line: "above" | "below" | "none" | undefined;
	/** The one card that Tab stops at. */
	isTabStop: boolean;
};

type Props = CardState & {
	card: Card;
	index: number;
	x: number;
	y: number;
	onSelect: (index: number) => void;
	onExpand: (index: number) => void;
};

function tone(card: Card): string {
	if (card.kind !== "group") return card.kind;
	const kinds = new Set(card.group?.mix.map(({ kind }) => kind));
	if (kinds.size > 1) return "mixed";
	return kinds.has("run") ? "run" : "artifact";
}

function Composition({ card }: { card: Card }): ReactNode {
	const { mix } = card.group ?? {};
	if (mix === undefined || mix.length < 2) return null;
	return (
		<span className="lineage-mix" aria-hidden="true">
			{mix.map(({ kind, type, count }) => (
				<i key={`${kind}/${type}`} data-kind={kind} style={{ flexGrow: count }} />
			))}
		</span>
	);
}

function Aliases({ card }: { card: Card }): ReactNode {
	const { node } = card;
	const linked = node?.links?.some(({ isRegistry }) => isRegistry);
	const [first, ...rest] = node?.aliases ?? [];
	return (
		<>
			{linked ? <Icon name="registry" size={12} /> : null}
			{first ? (
				<i className="chip alias">
					{first}
					{rest.length > 0 ? ` +${rest.length}` : ""}
				</i>
			) : null}
		</>
	);
}

function MoreChip({
	card,
	index,
	side,
	onExpand,
}: Pick<Props, "card" | "index" | "onExpand"> & { side: "up" | "down" }) {
	const { t } = useTranslation();
	const count = side === "up" ? card.hiddenUp : card.hiddenDown;
	if (count === 0 || card.kind === "group") return null;
	const title = t(side === "up" ? "graph.showInputs" : "graph.showOutputs", { count });
	return (
		<button
			type="button"
			className={`lineage-more ${side}`}
			tabIndex={-1}
			title={title}
			onClick={() => onExpand(index)}
		>
			+{count}
		</button>
	);
}

/** A run, a version or a group of them as an element of the page: for what is near enough to be read. */
export const LineageCard = memo(function LineageCard(props: Props): ReactNode {
	const { card, index, x, y, isSelected, isFocus, line, isTabStop, onSelect, onExpand } = props;
	const { t } = useTranslation();
	const label = labelOfCard(card, t);
	return (
		<div
			className="lineage-card"
			data-tone={tone(card)}
			data-line={line}
			data-selected={isSelected || undefined}
			data-focus={isFocus || undefined}
			data-deleted={card.node?.isDeleted || undefined}
			data-state={card.node?.state}
			style={{ transform: `translate(${x - cardWidth / 2}px, ${y - cardHeight / 2}px)` }}
		>
			<button
				type="button"
				className="lineage-hit"
				data-card={index}
				tabIndex={isTabStop ? 0 : -1}
				aria-label={label}
				aria-pressed={isSelected}
				onClick={() => onSelect(index)}
				onDoubleClick={() => onExpand(index)}
			/>
			<span className="lineage-icon">
				<Icon name={iconOfCard(card)} />
			</span>
			<span className="lineage-words">
				<b title={`${card.name}${card.suffix}`}>
					<span className="lineage-name">{card.name}</span>
					<em className="lineage-suffix">{card.suffix}</em>
				</b>
				<small>
					<span>{kindOfCard(card, t)}</span>
					<Aliases card={card} />
				</small>
				<Composition card={card} />
			</span>
			{card.group ? (
				<button type="button" className="lineage-open" tabIndex={-1} onClick={() => onExpand(index)}>
					{t("graph.expand")}
				</button>
			) : null}
			<MoreChip card={card} index={index} side="up" onExpand={onExpand} />
			<MoreChip card={card} index={index} side="down" onExpand={onExpand} />
		</div>
	);
});
