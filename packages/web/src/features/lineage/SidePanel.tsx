import { Button, CloseButton, Group } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { iconOfCard, kindOfCard } from "./card-words.ts";
import { type Card, type DrawnGraph, linesOf } from "./drawn-graph.ts";
import { GroupMembers } from "./GroupMembers.tsx";
import type { LineageNode } from "./lineage-api.ts";
import { NodeButton } from "./NodeButton.tsx";
import { NodeFacts } from "./NodeFacts.tsx";

export type PanelActions = {
	onSelect: (card: number | undefined) => void;
	onExpand: (card: number) => void;
	onHide: (card: number) => void;
	onCentre: (node: LineageNode) => void;
	onPath: (node: LineageNode) => void;
	onPullOut: (node: LineageNode) => void;
};

type Props = PanelActions & { graph: DrawnGraph; selected: number; focus: string };

const mostListed = 12;

function Neighbours({
	graph,
	list,
	hidden,
	title,
	onSelect,
}: {
	graph: DrawnGraph;
	list: number[];
	hidden: number;
	title: string;
	onSelect: PanelActions["onSelect"];
}): ReactNode {
	const { t } = useTranslation();
	const rest = list.length - mostListed;
	return (
		<section className="lineage-neighbours">
			<h3>
				{title} <em>{hidden > 0 ? t("graph.countAndHidden", { shown: list.length, hidden }) : list.length}</em>
			</h3>
			<ul>
				{list.slice(0, mostListed).map((index) => {
					const card = graph.cards[index];
					return card ? (
						<li key={card.id}>
							{card.kind === "hidden" ? (
								<span className="quiet">{card.name}</span>
							) : (
								<NodeButton card={card} onPick={() => onSelect(index)} />
							)}
						</li>
					) : null;
				})}
				{rest > 0 ? <li className="quiet">{t("graph.andMore", { total: rest })}</li> : null}
			</ul>
		</section>
	);
}

function Actions({ card, focus, index, actions }: { card: Card; focus: string; index: number; actions: PanelActions }) {
	const { t } = useTranslation();
	const { node } = card;
	return (
		<Group gap="xs">
			{card.group ? (
				<Button size="compact-sm" onClick={() => actions.onExpand(index)}>
					{t("graph.expandCount", { total: card.group.count })}
				</Button>
			) : null}
			{node && node.id !== focus ? (
				<>
					<Button size="compact-sm" variant="default" onClick={() => actions.onCentre(node)}>
						{t("graph.centre")}
					</Button>
					<Button size="compact-sm" variant="default" onClick={() => actions.onPath(node)}>
						{t("graph.pathHere")}
					</Button>
				</>
			) : null}
			{card.hiddenUp + card.hiddenDown > 0 && node ? (
				<Button size="compact-sm" variant="default" onClick={() => actions.onExpand(index)}>
					{t("graph.showNeighbours")}
				</Button>
			) : null}
			{card.id !== focus ? (
				<Button
					size="compact-sm"
					variant="subtle"
					leftSection={<Icon name="hide" />}
					onClick={() => actions.onHide(index)}
				>
					{t("graph.hide")}
				</Button>
			) : null}
		</Group>
	);
}

/** What a selected run, version or group is, what it is tied to, and what can be done with it. */
export function SidePanel({ graph, selected, focus, ...actions }: Props): ReactNode {
	const { t } = useTranslation();
	const card = graph.cards[selected];
	const ends = useMemo(() => {
		const inputs = graph.edges.filter(({ to }) => to === selected).map(({ from }) => from);
		const outputs = graph.edges.filter(({ from }) => from === selected).map(({ to }) => to);
		return { inputs, outputs, lines: linesOf(graph, selected) };
	}, [graph, selected]);
	if (card === undefined) return null;
	return (
		<aside
			className="lineage-panel"
			aria-label={t("graph.details")}
			onKeyDown={({ key }) => (key === "Escape" ? actions.onSelect(undefined) : undefined)}
		>
			<header data-kind={card.kind}>
				<Icon name={iconOfCard(card)} />
				<span>{kindOfCard(card, t)}</span>
				<CloseButton aria-label={t("ui.close")} onClick={() => actions.onSelect(undefined)} />
			</header>
			<h2>
				{card.name}
				{card.suffix}
			</h2>
			{card.kind === "hidden" ? <p className="quiet">{t("graph.hiddenLong")}</p> : null}
			{card.node && card.kind !== "hidden" ? <NodeFacts node={card.node} lines={ends.lines} /> : null}
			{card.kind === "hidden" ? null : <Actions card={card} focus={focus} index={selected} actions={actions} />}
			{card.group ? <GroupMembers group={card.group} onPullOut={actions.onPullOut} /> : null}
			<Neighbours
				graph={graph}
				list={ends.inputs}
				hidden={card.hiddenUp}
				title={t("graph.inputs")}
				onSelect={actions.onSelect}
			/>
			<Neighbours
				graph={graph}
				list={ends.outputs}
				hidden={card.hiddenDown}
				title={t("graph.outputs")}
				onSelect={actions.onSelect}
			/>
		</aside>
	);
}
