import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
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
	/** Its neighbours were asked for. */
	isExtra: boolean;
};

type Props = CardState & {
	card: Card;
	index: number;
	x: number;
	y: number;
	onSelect: (index: number) => void;
	onExpand: (index: number) => void;
	onFold: (id: string) => void;
};

/** Of which of the two that are compared it is an ancestor, where colours are not seen. */
const sideLetters = { first: "A", second: "B", both: "A B" } as const;

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
	const { t } = useTranslation();
	const { node, latest } = card;
	const linked = node?.links?.some(({ isRegistry }) => isRegistry);
	const [first, ...rest] = node?.aliases ?? [];
	return (
		<>
			{linked ? <Icon name="registry" size={12} /> : null}
			{latest && !first ? <i className="lineage-state">{t("graph.latestIs", { version: latest })}</i> : null}
			{first ? (
				<i className="chip alias">
					{first}
					{rest.length > 0 ? ` +${rest.length}` : ""}
				</i>
			) : null}
		</>
	);
}

/** A run that did not end well or has not ended, and what is no more: said in words, not by a colour alone. */
function State({ card }: { card: Card }): ReactNode {
	const { t } = useTranslation();
	const { node } = card;
	if (node?.isDeleted) return <i className="lineage-state">{t("graph.deleted")}</i>;
	return card.kind === "run" && node?.state !== "finished" ? <StateBadge state={node?.state ?? null} /> : null;
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
	const { card, index, x, y, isSelected, isFocus, isExtra, line, isTabStop, onSelect, onExpand, onFold } = props;
	const { t } = useTranslation();
	const kind = kindOfCard(card, t);
	const label = labelOfCard(card, kind, t);
	return (
		<div
			className="lineage-card"
			data-tone={tone(card)}
			data-line={line}
			data-selected={isSelected || undefined}
			data-focus={isFocus || undefined}
			data-deleted={card.node?.isDeleted || undefined}
			data-state={card.node?.state}
			data-side={card.side}
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
					<span>{kind}</span>
					<State card={card} />
					<Aliases card={card} />
				</small>
				<Composition card={card} />
			</span>
			{card.side ? <i className="lineage-side">{sideLetters[card.side]}</i> : null}
			{card.group ? (
				<button type="button" className="lineage-open" tabIndex={-1} onClick={() => onExpand(index)}>
					{t("graph.expand")}
				</button>
			) : null}
			<MoreChip card={card} index={index} side="up" onExpand={onExpand} />
			<MoreChip card={card} index={index} side="down" onExpand={onExpand} />
			{isExtra ? (
				<button
					type="button"
					className="lineage-more fold"
					tabIndex={-1}
					aria-label={t("graph.fold")}
					title={t("graph.fold")}
					onClick={() => onFold(card.id)}
				>
					<Icon name="minus" size={10} />
				</button>
			) : null}
		</div>
	);
});
