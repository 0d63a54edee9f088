import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf, nodesOfPages } from "../../graphql-client.ts";
import { ColumnChooser } from "../../ui/ColumnChooser.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FilterInput } from "../../ui/FilterInput.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { RowsSkeleton } from "../../ui/RowsSkeleton.tsx";
import { Section } from "../../ui/Section.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { MetricChart } from "./MetricChart.tsx";
import { allMetrics, metricOrder, metricsOf, sortByMetric } from "./metrics.ts";
import { type CollectionInfo, linkedVersionsQuery, placeOf, type RegistryHead } from "./registry.queries.ts";
import { anyOf, versionText } from "./registry-filters.ts";
import type { SelectionPath } from "./registry-paths.ts";
import { registryView } from "./registry-search.ts";
import { type LinkedRow, useVersionColumns, usualHidden } from "./version-columns.tsx";

type Props = {
	place: { org: string; registry: string };
	path: SelectionPath;
	collection: CollectionInfo;
	registry: RegistryHead;
};

/** Metrics are compared over so many versions; the newest, where there are more. */
const mostCompared = 1_000;

/** Whether the versions tried say anything in numbers: the newest and the oldest stand for all. */
function hasMetrics(collection: CollectionInfo): boolean {
	const tried = [...nodesOf(collection.newest), ...nodesOf(collection.oldest)];
	return tried.some(({ artifact }) => artifact !== null && metricsOf(artifact).size > 0);
}

/** The rows, with their numbers where metrics are shown, in the order wanted. */
function useRows({ path, collection }: Props, showsMetrics: boolean) {
	const [state] = useViewState(registryView);
	const filters = anyOf(versionText(state.q?.trim() ?? ""));
	const byMetric = metricOrder(state.sort);
	const order = byMetric === undefined ? state.sort : undefined;
	const query = linkedVersionsQuery({ ...placeOf(path), name: collection.name }, showsMetrics, { filters, order });
	const list = useInfiniteQuery({ ...query, throwOnError: true });
	const { hasNextPage, isFetchingNextPage, fetchNextPage, data } = list;
	const rows = useMemo(
		() =>
			nodesOfPages(data?.pages ?? []).map((node): LinkedRow => {
				const metrics = showsMetrics && node.artifact ? metricsOf(node.artifact) : new Map<string, number>();
				return { ...node, metrics };
			}),
		[data, showsMetrics],
	);
	// An order by a number, and a chart, are of all versions or say nothing.
	const wantsMore = showsMetrics && hasNextPage && !isFetchingNextPage && rows.length < mostCompared;
	useEffect(() => {
		if (wantsMore) void fetchNextPage();
	}, [wantsMore, fetchNextPage]);
	const sorted = byMetric ? sortByMetric(rows, ({ metrics }) => metrics.get(byMetric.id), byMetric.ascending) : rows;
	return { list, rows, sorted, total: data?.pages[0]?.totalCount };
}

/** The versions linked into a collection, with a chart of a metric across them when asked for. */
export function LinkedVersions(props: Props): ReactNode {
	const { place, path, collection, registry } = props;
	const { t } = useTranslation();
	const [state, change] = useViewState(registryView);
	const mayShowMetrics = hasMetrics(collection);
	const showsMetrics = mayShowMetrics && state.metrics !== undefined;
	const { list, rows, sorted, total } = useRows(props, showsMetrics);
	const metrics = useMemo(() => allMetrics(rows.map((row) => row.metrics)), [rows]);
	const columns = useVersionColumns({ place, path, registry, collection, metrics });
	const hidden = state.hide === undefined ? usualHidden(metrics) : state.hide.split(",");
	const isPartial = showsMetrics && list.hasNextPage && rows.length >= mostCompared;
	return (
		<Section
			title={t("artifact.versions")}
			count={collection.versionCount}
			actions={
				mayShowMetrics ? (
					<Button
						size="compact-sm"
						variant="default"
						leftSection={<Icon name="chart" />}
						onClick={() => change({ metrics: showsMetrics ? undefined : "" })}
					>
						{t(showsMetrics ? "registry.hideMetrics" : "registry.showMetrics")}
					</Button>
				) : null
			}
		>
			{showsMetrics && metrics.length > 0 ? (
				<MetricChart
					metrics={metrics}
					rows={rows}
					chosen={state.metrics ?? ""}
					onChoose={(metric) => change({ metrics: metric }, { replace: true })}
					onOpen={(version) =>
						change({ view: "membership", version, metrics: undefined, sort: undefined, q: undefined })
					}
				/>
			) : null}
			{isPartial ? <p className="quiet">{t("registry.someCompared", { count: rows.length, total })}</p> : null}
			<div className="filters">
				<FilterInput
					label={t("registry.filterVersions")}
					value={state.q ?? ""}
					onValue={(q) => change({ q: q || undefined }, { replace: true })}
				/>
				{state.q && total !== undefined ? (
					<span className="count end">{t("registry.versionCount", { count: total })}</span>
				) : null}
				<ColumnChooser
					columns={columns}
					hidden={hidden}
					onHidden={(hide) => change({ hide: hide.join(",") }, { replace: true })}
				/>
			</div>
			{list.isPending ? <RowsSkeleton /> : null}
			{!list.isPending && rows.length === 0 ? <EmptyState text={t("registry.noVersionMatches")} /> : null}
			{rows.length > 0 ? (
				<DataTable
					label={t("artifact.versions")}
					rows={sorted}
					rowKey={({ id }) => id}
					columns={columns.filter(({ id }) => !hidden.includes(id))}
					more={list}
					sorting={{
						order: state.sort ?? "-version",
						onOrder: (sort) => change({ sort }, { replace: true }),
					}}
				/>
			) : null}
		</Section>
	);
}
