import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { impactQuery } from "./lineage.queries.ts";
import type { Focus } from "./lineage-api.ts";
import { NodeLink } from "./NodeLink.tsx";

/** All that came of a run or version: what to look at before it is changed or withdrawn. */
export function ImpactList({ focus }: { focus: Focus }): ReactNode {
	const { t } = useTranslation();
	const impact = useInfiniteQuery(impactQuery(focus));
	const [first] = impact.data?.pages ?? [];
	const rows = impact.data?.pages.flatMap(({ items }) => items) ?? [];
	if (first === undefined) return <p className="quiet">{t("ui.loading")}</p>;
	const counts = t("graph.impactCounts", { runs: first.runs, versions: first.versions });
	return (
		<>
			<p className="quiet" role="status">
				{counts} {first.hidden > 0 ? t("graph.impactHidden", { total: first.hidden }) : null}
			</p>
			<DataTable
				label={t("graph.as.impact")}
				rows={rows}
				rowKey={({ id }) => id}
				more={impact}
				columns={[
					{
						id: "hops",
						title: t("graph.where"),
						kind: "number",
						cell: ({ distance }) => t("graph.hops", { count: distance }),
					},
					{ id: "name", title: t("ui.name"), kind: "main", cell: (node) => <NodeLink node={node} /> },
					{
						id: "type",
						title: t("graph.type"),
						cell: ({ kind, type }) => (kind === "run" ? t("graph.runOf", { type }) : type),
					},
					{
						id: "aliases",
						title: t("artifact.aliases"),
						cell: ({ aliases }) => <Chips kind="alias" texts={aliases ?? []} />,
					},
					{
						id: "links",
						title: t("graph.link"),
						wideOnly: true,
						cell: ({ links }) =>
							links?.map(({ project, collection, version }) => `${project}/${collection}:v${version}`).join(", "),
					},
					{
						id: "consumers",
						title: t("graph.consumers"),
						kind: "number",
						cell: ({ kind, consumers }) => (kind === "run" ? "" : consumers),
					},
					{
						id: "created",
						title: t("ui.created"),
						kind: "tight",
						wideOnly: true,
						cell: ({ createdAt }) => <TimeText at={createdAt ?? null} />,
					},
				]}
			/>
		</>
	);
}
