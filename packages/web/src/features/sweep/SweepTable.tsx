import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../../ui/DataTable.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import type { SweepRow } from "./sweep.queries.ts";

/** Sweeps of one project. */
export function SweepTable({
	entity,
	project,
	sweeps,
}: {
	entity: string;
	project: string;
	sweeps: SweepRow[];
}): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={t("project.sweeps")}
			rows={sweeps}
			rowKey={({ id }) => id}
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
				{ id: "runs", title: t("project.runs"), kind: "number", cell: ({ runCount }) => runCount },
				{ id: "created", title: t("ui.created"), kind: "tight", cell: ({ createdAt }) => <TimeText at={createdAt} /> },
			]}
		/>
	);
}
