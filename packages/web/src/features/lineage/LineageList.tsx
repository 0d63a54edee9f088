import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { kindOfCard } from "./card-words.ts";
import type { Card, DrawnGraph } from "./drawn-graph.ts";
import { NodeButton } from "./NodeButton.tsx";
import { NodeLink } from "./NodeLink.tsx";

type Props = { graph: DrawnGraph; focus: string; onSelect: (card: number) => void };

/** Upstream first, the furthest on top, then the focus, then what came of it. */
function distanceOf({ node }: Card): number {
	if (node?.above) return -node.above;
	return node?.below ?? 0;
}

/** The same graph to be read: every card of the picture with its distance, its inputs and its outputs by name. */
export function LineageList({ graph, focus, onSelect }: Props): ReactNode {
	const { t } = useTranslation();
	const names = graph.cards.map((card) => card.name + card.suffix);
	const ends = (index: number, side: "from" | "to") =>
		graph.edges.flatMap((edge) => (edge[side === "from" ? "to" : "from"] === index ? [names[edge[side]] ?? ""] : []));
	const rows = graph.cards
		.map((card, index) => ({ card, index, distance: distanceOf(card) }))
		.sort((a, b) => a.distance - b.distance || a.index - b.index);
	type Row = (typeof rows)[number];
	const whereIs = ({ card, distance }: Row) => {
		if (card.id === focus) return t("graph.thisOne");
		if (card.node?.above === null && card.node.below === null) return "–";
		if (distance === 0) return "–";
		return distance < 0 ? t("graph.up", { hops: -distance }) : t("graph.down", { hops: distance });
	};
	const columns: Column<Row>[] = [
		{ id: "distance", title: t("graph.where"), kind: "tight", cell: whereIs },
		{
			id: "name",
			title: t("ui.name"),
			kind: "main",
			cell: ({ card, index }) => {
				if (card.kind === "hidden") return <span className="quiet">{card.name}</span>;
				return card.node ? <NodeLink node={card.node} /> : <NodeButton card={card} onPick={() => onSelect(index)} />;
			},
		},
		{ id: "kind", title: t("graph.type"), kind: "tight", cell: ({ card }) => kindOfCard(card, t) },
		{
			id: "state",
			title: t("run.state"),
			wideOnly: true,
			cell: ({ card }) => {
				if (card.node?.isDeleted) return t("graph.deleted");
				return card.kind === "run" ? <StateBadge state={card.node?.state ?? null} /> : null;
			},
		},
		{
			id: "aliases",
			title: t("artifact.aliases"),
			cell: ({ card }) => <Chips kind="alias" texts={card.node?.aliases ?? []} />,
		},
		{ id: "inputs", title: t("graph.inputs"), wideOnly: true, cell: ({ index }) => shorten(ends(index, "from")) },
		{ id: "outputs", title: t("graph.outputs"), wideOnly: true, cell: ({ index }) => shorten(ends(index, "to")) },
		{
			id: "created",
			title: t("ui.created"),
			kind: "tight",
			cell: ({ card }) => <TimeText at={card.node?.createdAt ?? null} />,
		},
	];
	return <DataTable label={t("graph.list")} rows={rows} rowKey={({ card }) => card.id} columns={columns} />;
}

const mostNamed = 4;

function shorten(names: string[]): string {
	const rest = names.length - mostNamed;
	return names.slice(0, mostNamed).join(", ") + (rest > 0 ? ` +${rest}` : "");
}
