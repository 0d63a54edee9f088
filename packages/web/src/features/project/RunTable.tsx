import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable, type More } from "../../ui/DataTable.tsx";
import { formatDuration } from "../../ui/format.ts";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RunLink } from "../run/RunLink.tsx";
import type { RunRow } from "../run/run.queries.ts";

type Props = { entity: string; project: string; runs: RunRow[]; more: More };

/** Runs of one project. */
export function RunTable({ entity, project, runs, more }: Props): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={t("project.runs")}
			rows={runs}
			rowKey={({ id }) => id}
			more={more}
			columns={[
				{
					id: "name",
					title: t("run.name"),
					kind: "main",
					cell: (run) => (
						<>
							<RunLink entity={entity} project={project} run={run} /> <Chips texts={run.tags ?? []} />
						</>
					),
				},
				{ id: "state", title: t("run.state"), kind: "tight", cell: ({ state }) => <StateBadge state={state} /> },
				{ id: "job", title: t("run.jobType"), wideOnly: true, cell: ({ jobType }) => jobType },
				{
					id: "sweep",
					title: t("run.sweep"),
					wideOnly: true,
					cell: ({ sweepName }) =>
						sweepName ? (
							<Link
								to="/$entity/$project/sweeps/$sweep"
								params={{ entity, project, sweep: sweepName }}
								className="link"
							>
								{sweepName}
							</Link>
						) : null,
				},
				{ id: "user", title: t("run.user"), wideOnly: true, cell: ({ user }) => user?.username ?? user?.name },
				{ id: "created", title: t("ui.created"), kind: "tight", cell: ({ createdAt }) => <TimeText at={createdAt} /> },
				{
					id: "duration",
					title: t("run.duration"),
					kind: "number",
					wideOnly: true,
					cell: ({ createdAt, heartbeatAt }) =>
						heartbeatAt ? formatDuration(Date.parse(heartbeatAt) - Date.parse(createdAt)) : "–",
				},
			]}
		/>
	);
}
