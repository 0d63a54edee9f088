import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { readSummary } from "../../ui/json.ts";
import { Section } from "../../ui/Section.tsx";
import { ValueTable } from "../../ui/ValueTable.tsx";
import { RunLink } from "../run/RunLink.tsx";
import { metricSamplesQuery, producerMetricsQuery, type RunPlace } from "./metrics.queries.ts";
import type { Version } from "./version.queries.ts";

const MetricChart = lazy(async () => ({ default: (await import("./MetricChart.tsx")).MetricChart }));

const chartsAtOnce = 6;
/** More series than this are not asked for at once. */
const mostCharts = 60;

function Charts({ place, keys, mark }: { place: RunPlace; keys: string[]; mark: number | null }): ReactNode {
	const { t } = useTranslation();
	const [all, setAll] = useState(false);
	const shown = keys.slice(0, all ? mostCharts : chartsAtOnce);
	const { data } = useQuery(metricSamplesQuery(place, shown));
	return (
		<>
			<div className="metric-charts">
				{shown.map((key) => {
					const series = data?.get(key);
					const waiting = <Skeleton key={key} height={150} />;
					if (series === undefined) return waiting;
					return (
						<Suspense key={key} fallback={waiting}>
							<MetricChart name={key} series={series} mark={mark} />
						</Suspense>
					);
				})}
			</div>
			{keys.length > shown.length && !all ? (
				<div>
					<Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
						{t("versionMetadata.allCharts", { count: Math.min(keys.length, mostCharts) })}
					</Button>
				</div>
			) : null}
		</>
	);
}

/** What the run measured that logged a version, where the reader may see the run. */
export function ProducerMetrics({ artifact }: { artifact: Version }): ReactNode {
	const { t } = useTranslation();
	const { createdBy } = artifact;
	const run = createdBy?.__typename === "Run" ? createdBy : nodesOf(artifact.producedBy)[0];
	const place = { entity: run?.project.entityName ?? "", project: run?.project.name ?? "", run: run?.name ?? "" };
	const { data } = useQuery({ ...producerMetricsQuery(place), enabled: run !== undefined });
	if (run === undefined) return null;
	const summary = readSummary(data?.summary);
	const isEmpty = data !== undefined && data.keys.length === 0 && Object.keys(summary).length === 0;
	return (
		<Section
			title={t("versionMetadata.metrics")}
			actions={
				<span className="quiet">
					{t("versionMetadata.ofRun")} <RunLink entity={place.entity} project={place.project} run={run} />
				</span>
			}
		>
			{data === undefined ? <Skeleton height={150} /> : null}
			{isEmpty ? <p className="quiet">{t("versionMetadata.noMetrics")}</p> : null}
			{data && data.keys.length > 0 ? <Charts place={place} keys={data.keys} mark={artifact.historyStep} /> : null}
			{Object.keys(summary).length > 0 ? (
				<>
					<h3 className="metric-summary">{t("run.summary")}</h3>
					<ValueTable label={t("run.summary")} values={summary} />
				</>
			) : null}
		</Section>
	);
}
