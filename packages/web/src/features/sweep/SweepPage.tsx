import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { nodesOfPages } from "../../graphql-client.ts";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { formatValue } from "../../ui/format.ts";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { projectRunsQuery } from "../project/project.queries.ts";
import { keyColumn, readRow } from "../project/use-run-columns.tsx";
import { RunLink } from "../run/RunLink.tsx";
import { durationOf } from "../run/run-duration.ts";
import { type SweepPlace, sweepQuery } from "./sweep.queries.ts";
import "../project/runs-table.css";

const route = getRouteApi("/frame/$entity/$project/sweeps/$sweep");

type Sweep = {
	name: string;
	metric: { name: string; goal: string } | null;
	parameterNames: string[];
};

/** The order in which the best run comes first; by age where the sweep has no metric. */
function bestFirst({ metric }: Sweep): string {
	if (metric === null) return "-created_at";
	return `${metric.goal === "maximize" ? "-" : "+"}summary_metrics.${metric.name}`;
}

function SweepRuns({ place, sweep }: { place: SweepPlace; sweep: Sweep }): ReactNode {
	const { t, i18n } = useTranslation();
	const search = route.useSearch();
	const navigate = route.useNavigate();
	const usual = bestFirst(sweep);
	const order = search.order ?? usual;
	const filters = JSON.stringify({ sweep: sweep.name });
	const runs = useSuspenseInfiniteQuery(projectRunsQuery(place, { order, filters, config: true, summary: true }));
	const rows = nodesOfPages(runs.data.pages).map(readRow);
	if (rows.length === 0) {
		const path = `${place.entity}/${place.project}/${place.sweep}`;
		return <EmptyState text={t("sweep.noRuns")} code={`wandb agent ${path}`} />;
	}
	const { metric, parameterNames } = sweep;
	return (
		<DataTable
			label={t("project.runs")}
			rows={rows}
			rowKey={({ id }) => id}
			more={runs}
			sorting={{
				order,
				onOrder: (next) =>
					void navigate({ search: { order: next === usual ? undefined : next }, replace: true, resetScroll: false }),
			}}
			columns={[
				{
					id: "name",
					title: t("run.name"),
					kind: "main",
					order: "display_name",
					cell: (run) => <RunLink entity={place.entity} project={place.project} run={run} />,
				},
				{
					id: "state",
					title: t("run.state"),
					kind: "tight",
					order: "state",
					cell: ({ state }) => <StateBadge state={state} />,
				},
				...(metric ? [keyColumn(`summary_metrics.${metric.name}`, i18n.language)] : []),
				...parameterNames.map((name) => keyColumn(`config.${name}`, i18n.language)),
				{
					id: "created",
					title: t("ui.created"),
					kind: "tight",
					order: "created_at",
					wideOnly: true,
					cell: ({ createdAt }) => <TimeText at={createdAt} />,
				},
				{
					id: "duration",
					title: t("run.duration"),
					kind: "number",
					order: "duration",
					wideOnly: true,
					cell: (run) => durationOf(run) ?? "–",
				},
			]}
		/>
	);
}

/** A sweep: its state, its runs with parameters and metric, the best first, and its config. */
export function SweepPage(): ReactNode {
	const { t, i18n } = useTranslation();
	const place = route.useParams();
	const { data: sweep } = useSuspenseQuery(sweepQuery(place));
	const { entity, project } = place;
	const { metric, runCountExpected, user } = sweep;
	const all = (
		<Link key="sweeps" to="/$entity/$project/sweeps" params={{ entity, project }} className="link">
			{t("project.sweeps")}
		</Link>
	);
	return (
		<>
			<PageHeader title={sweep.displayName || sweep.name} crumbs={[...projectCrumbs(entity, project), all]}>
				<StateBadge state={sweep.state} />
				<CopyButton text={`${entity}/${project}/${sweep.name}`} label={t("sweep.path")} />
			</PageHeader>
			{sweep.description ? <p className="lead">{sweep.description}</p> : null}
			<Facts
				facts={[
					{ name: t("run.id"), value: <span className="mono">{sweep.name}</span> },
					{ name: t("sweep.method"), value: sweep.method },
					{
						name: t("sweep.metric"),
						value: metric ? (
							<>
								<span className="mono">{metric.name}</span>{" "}
								<span className="quiet">{t(metric.goal === "maximize" ? "sweep.maximize" : "sweep.minimize")}</span>
							</>
						) : null,
					},
					{
						name: t("sweep.best"),
						value: sweep.bestLoss === null ? null : formatValue(sweep.bestLoss, i18n.language),
					},
					{ name: t("run.user"), value: user?.username ?? user?.name },
					{ name: t("ui.created"), value: <TimeText at={sweep.createdAt} full /> },
					{ name: t("sweep.cap"), value: runCountExpected === null ? null : `${sweep.runCount} / ${runCountExpected}` },
				]}
			/>
			<Section title={t("project.runs")} count={sweep.runCount}>
				<Suspense fallback={<LineSkeleton />}>
					<SweepRuns place={place} sweep={sweep} />
				</Suspense>
			</Section>
			<Section title={t("run.config")}>
				<CodeBlock code={sweep.config} label={t("run.config")} />
			</Section>
		</>
	);
}
