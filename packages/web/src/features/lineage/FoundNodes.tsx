import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { useDebounced } from "../../ui/use-debounced.ts";
import { lineageSearchQuery } from "./lineage.queries.ts";
import type { Focus, LineageNode } from "./lineage-api.ts";

type Props = { focus: Focus; text: string; onPick: (node: LineageNode) => void };

/** What has a text in its name, in the picture or not. */
export function FoundNodes({ focus, text, onPick }: Props): ReactNode {
	const { t } = useTranslation();
	const { data } = useQuery(lineageSearchQuery(focus, useDebounced(text, 150)));
	if (data === undefined) return null;
	return (
		<ul className="lineage-found">
			{data.found.map((node) => (
				<li key={node.id}>
					<button type="button" className="lineage-pick" data-kind={node.kind} onClick={() => onPick(node)}>
						<Icon name={node.kind === "run" ? "run" : "artifact"} size={14} />
						<span>{node.name}</span>
						<em className="lineage-hint">{t("graph.hops", { count: node.distance })}</em>
					</button>
				</li>
			))}
			{data.found.length === 0 ? <li className="quiet">{t("graph.nothingFound")}</li> : null}
		</ul>
	);
}
