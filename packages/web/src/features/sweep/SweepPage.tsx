import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { nodesOfPages } from "../../graphql-client.ts";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { formatValue } from "../../ui/format.ts";
import { readSummary } from "../../ui/json.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RunLink } from "../run/RunLink.tsx";
import { type SweepPlace, type SweepRun, sweepQuery, sweepRunsQuery } from "./sweep.queries.ts";

/** Metrics that fit beside each other on a page. */
const shownMetrics = 6;

type Row = SweepRun & { summary: Record<string, unknown> };

function metricColumns(rows: Row[], locale: string): Column<Row>[] {
	const keys = rows.flatMap(({ summary }) => Object.keys(summary).filter((key) => typeof summary[key] === "number"));
	return [...new Set(keys)].slice(0, shownMetrics).map((key) => ({
		id: `metric:${key}`,
		title: key,
		kind: "number",
		cell: ({ summary }) => (summary[key] === undefined ? "–" : formatValue(summary[key], locale)),
	}));
}

function SweepRuns({ place }: { place: SweepPlace }): ReactNode {
	const { t, i18n } = useTranslation();
	const runs = useSuspenseInfiniteQuery(sweepRunsQuery(place));
	const nodes = nodesOfPages(runs.data.pages);
	const rows: Row[] = nodes.map((run) => ({ ...run, summary: readSummary(run.summaryMetrics) }));
	if (rows.length === 0) {
		const path = `${place.entity}/${place.project}/${place.sweep}`;
		return <EmptyState text={t("sweep.noRuns")} code={`wandb agent ${path}`} />;
	}
	return (
		<DataTable
			label={t("project.runs")}
			rows={rows}
			rowKey={({ id }) => id}
			more={runs}
			columns={[
				{
					id: "name",
					title: t("run.name"),
					kind: "main",
					cell: (run) => <RunLink entity={place.entity} project={place.project} run={run} />,
				},
				{ id: "state", title: t("run.state"), kind: "tight", cell: ({ state }) => <StateBadge state={state} /> },
				...metricColumns(rows, i18n.language),
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

/** A sweep: its state, its runs with their last metrics, its config. */
export function SweepPage(): ReactNode {
	const { t, i18n } = useTranslation();
	const place = useParams({ from: "/frame/$entity/$project/sweeps/$sweep" });
	const { data: sweep } = useSuspenseQuery(sweepQuery(place));
	const path = `${place.entity}/${place.project}/${sweep.name}`;
	return (
		<>
			<PageHeader
				title={sweep.displayName || sweep.name}
				crumbs={[...projectCrumbs(place.entity, place.project), t("project.sweeps")]}
			>
				<CopyButton text={path} label={t("sweep.path")} />
				<StateBadge state={sweep.state} />
			</PageHeader>
			{sweep.description ? <p className="lead">{sweep.description}</p> : null}
			<Facts
				facts={[
					{ name: t("run.id"), value: <span className="mono">{sweep.name}</span> },
					{ name: t("sweep.method"), value: sweep.method },
					{ name: t("ui.created"), value: <TimeText at={sweep.createdAt} full /> },
					{
						name: t("sweep.best"),
						value: sweep.bestLoss === null ? null : formatValue(sweep.bestLoss, i18n.language),
					},
				]}
			/>
			<Section title={t("project.runs")} count={sweep.runCount}>
				<SweepRuns place={place} />
			</Section>
			<Section title={t("run.config")}>
				<CodeBlock code={sweep.config} label={t("run.config")} />
			</Section>
		</>
	);
}
