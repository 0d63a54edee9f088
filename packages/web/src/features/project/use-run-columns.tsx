import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import type { Column } from "../../ui/DataTable.tsx";
import { formatValue } from "../../ui/format.ts";
import { readSummary, unwrapConfig } from "../../ui/json.ts";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RunLink } from "../run/RunLink.tsx";
import { durationOf } from "../run/run-duration.ts";
import type { ListedRun } from "./project.queries.ts";
import { isPlainColumn, type KeyColumn, type PlainColumn, type RunColumnId, valueAt } from "./run-columns.ts";

/** A run with its documents read. */
export type RunTableRow = ListedRun & {
	configValues: Record<string, unknown>;
	summaryValues: Record<string, unknown>;
};

type RunColumn = Column<RunTableRow>;
type Place = { entity: string; project: string };

export function readRow(run: ListedRun): RunTableRow {
	return { ...run, configValues: unwrapConfig(run.config), summaryValues: readSummary(run.summaryMetrics) };
}

function usePlainColumns({ entity, project }: Place): Record<PlainColumn, Omit<RunColumn, "id">> {
	const { t } = useTranslation();
	return useMemo(
		() => ({
			state: {
				title: t("run.state"),
				kind: "tight",
				order: "state",
				cell: ({ state }) => <StateBadge state={state} />,
			},
			tags: { title: t("ui.tags"), cell: ({ tags }) => <Chips texts={tags ?? []} /> },
			user: {
				...{ title: t("run.user"), kind: "tight", order: "username", wideOnly: true },
				cell: ({ user }) => user?.username ?? user?.name,
			},
			jobType: { title: t("run.jobType"), order: "job_type", wideOnly: true, cell: ({ jobType }) => jobType },
			group: { title: t("run.group"), order: "group", wideOnly: true, cell: ({ group }) => group },
			sweep: {
				...{ title: t("run.sweep"), order: "sweep", wideOnly: true },
				cell: ({ sweepName: sweep }) =>
					sweep ? (
						<Link to="/$entity/$project/sweeps/$sweep" params={{ entity, project, sweep }} className="link">
							{sweep}
						</Link>
					) : null,
			},
			created: {
				...{ title: t("ui.created"), kind: "tight", order: "created_at", wideOnly: true },
				cell: ({ createdAt }) => <TimeText at={createdAt} />,
			},
			duration: {
				...{ title: t("run.duration"), kind: "number", order: "duration", wideOnly: true },
				cell: (run) => durationOf(run) ?? "–",
			},
			notes: { title: t("run.notes"), cell: ({ notes }) => <span className="cut">{notes}</span> },
			id: {
				title: t("run.id"),
				kind: "tight",
				order: "name",
				cell: ({ name }) => <span className="mono">{name}</span>,
			},
		}),
		[t, entity, project],
	);
}

/** A column for a key of config or summary. */
export function keyColumn(id: KeyColumn, locale: string): RunColumn {
	const key = id.slice(id.indexOf(".") + 1);
	return {
		...{ id, title: key, order: id, kind: "number" },
		cell: ({ configValues, summaryValues }) => {
			const value = valueAt(id.startsWith("config.") ? configValues : summaryValues, key);
			if (value === undefined || value === null) return <span className="quiet">–</span>;
			const text = formatValue(value, locale);
			if (typeof value === "number") return text;
			return (
				<span className="cut" title={text}>
					{text}
				</span>
			);
		},
	};
}

/** The columns of the table of runs: the name, then those that are shown. */
export function useRunColumns(place: Place, shown: RunColumnId[]): RunColumn[] {
	const { t, i18n } = useTranslation();
	const plain = usePlainColumns(place);
	const { entity, project } = place;
	return useMemo(() => {
		const name: RunColumn = {
			...{ id: "name", title: t("run.name"), kind: "main", order: "display_name" },
			cell: (run) => <RunLink entity={entity} project={project} run={run} />,
		};
		const chosen = shown.map((id) => (isPlainColumn(id) ? { id, ...plain[id] } : keyColumn(id, i18n.language)));
		return [name, ...chosen];
	}, [t, i18n.language, plain, entity, project, shown]);
}
