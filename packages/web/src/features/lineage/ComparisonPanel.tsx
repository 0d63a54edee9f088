import { Button, CloseButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import type { Comparison, LineageNode } from "./lineage-api.ts";
import { NodeLink } from "./NodeLink.tsx";

type Props = { comparison: Comparison; first: string; second: string; onClose: () => void };
type Side = "first" | "second" | "both";

const mostAtFirst = 15;
const letters: Readonly<Record<Side, string>> = { first: "A", second: "B", both: "A B" };

type PartProps = {
	side: Side;
	title: string;
	nodes: readonly LineageNode[];
	count: number;
	near?: ReadonlySet<string>;
};

function Part({ side, title, nodes, count, near }: PartProps): ReactNode {
	const { t } = useTranslation();
	const [isWhole, setWhole] = useState(false);
	const shown = isWhole ? nodes : nodes.slice(0, mostAtFirst);
	return (
		<section className="lineage-compared" data-side={side}>
			<h3>
				<i className="lineage-side">{letters[side]}</i> {title} <em>{count}</em>
			</h3>
			<ul>
				{shown.map((node) => (
					<li key={node.id}>
						<Icon name={node.kind === "run" ? "run" : "artifact"} size={14} />
						<NodeLink node={node} />
						{near?.has(node.id) ? <em className="quiet">{t("graph.parted")}</em> : null}
					</li>
				))}
			</ul>
			{count === 0 ? <p className="quiet">{t("graph.nothingOfIt")}</p> : null}
			{nodes.length > shown.length ? (
				<Button size="compact-xs" variant="subtle" onClick={() => setWhole(true)}>
					{t("graph.andMore", { total: nodes.length - shown.length })}
				</Button>
			) : null}
			{isWhole && count > nodes.length ? (
				<p className="quiet">{t("graph.andMore", { total: count - nodes.length })}</p>
			) : null}
		</section>
	);
}

/** What two nodes came of, side by side: what only one of them did, and what both share. */
export function ComparisonPanel({ comparison, first, second, onClose }: Props): ReactNode {
	const { t } = useTranslation();
	const { counts, common, nearest, onlyFirst, onlySecond } = comparison;
	const hidden = counts.hiddenFirst + counts.hiddenSecond;
	return (
		<aside className="lineage-panel" aria-label={t("graph.compared")}>
			<header>
				<Icon name="compare" />
				<span>{t("graph.compared")}</span>
				<CloseButton aria-label={t("ui.close")} onClick={onClose} />
			</header>
			<Part side="first" title={t("graph.onlyOf", { name: first })} nodes={onlyFirst} count={counts.onlyFirst} />
			<Part side="second" title={t("graph.onlyOf", { name: second })} nodes={onlySecond} count={counts.onlySecond} />
			<Part side="both" title={t("graph.ofBoth")} nodes={common} count={counts.common} near={new Set(nearest)} />
			{hidden > 0 ? <p className="quiet">{t("graph.impactHidden", { total: hidden })}</p> : null}
		</aside>
	);
}
