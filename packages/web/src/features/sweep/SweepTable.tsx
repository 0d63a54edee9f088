import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DataTable, type More } from "../../ui/DataTable.tsx";
import { formatValue } from "../../ui/format.ts";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import type { SweepRow } from "./sweep.queries.ts";

type Props = { entity: string; project: string; sweeps: SweepRow[]; more: More };

/** Sweeps of one project. */
export function SweepTable({ entity, project, sweeps, more }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	return (
		<DataTable
			label={t("project.sweeps")}
			rows={sweeps}
			rowKey={({ id }) => id}
			more={more}
			columns={[
				{
					id: "name",
					title: t("run.sweep"),
					kind: "main",
					cell: (sweep) => (
						<Link to="/$entity/$project/sweeps/$sweep" params={{ entity, project, sweep: sweep.name }} className="link">
							{sweep.displayName || sweep.name}
						</Link>
					),
				},
				{ id: "state", title: t("run.state"), kind: "tight", cell: ({ state }) => <StateBadge state={state} /> },
				{ id: "method", title: t("sweep.method"), wideOnly: true, cell: ({ method }) => method },
				{
					id: "runs",
					title: t("project.runs"),
					kind: "number",
					cell: ({ runCount, runCountExpected }) =>
						runCountExpected === null ? runCount : `${runCount} / ${runCountExpected}`,
				},
				{
					id: "metric",
					title: t("sweep.metric"),
					wideOnly: true,
					cell: ({ metric }) => (metric ? <span className="mono">{metric.name}</span> : "–"),
				},
				{
					id: "best",
					title: t("sweep.best"),
					kind: "number",
					cell: ({ bestLoss }) => (bestLoss === null ? "–" : formatValue(bestLoss, i18n.language)),
				},
				{ id: "user", title: t("run.user"), wideOnly: true, cell: ({ user }) => user?.username ?? user?.name },
				{
					id: "created",
					title: t("ui.created"),
					kind: "tight",
					wideOnly: true,
					cell: ({ createdAt }) => <TimeText at={createdAt} />,
				},
			]}
		/>
	);
}
