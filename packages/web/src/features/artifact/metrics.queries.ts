import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../graphql-client.ts";
import { metricKeys, readSeries, type Series } from "./metric-series.ts";
import { MetricSamplesDocument, ProducerMetricsDocument } from "./metrics.graphql.gen.ts";

export type RunPlace = { entity: string; project: string; run: string };

const samples = 300;

/** What a run measured: its last values, and which numbers it has a history of. */
export function producerMetricsQuery(place: RunPlace) {
	return queryOptions({
		queryKey: ["producer-metrics", place],
		queryFn: async ({ signal }) => {
			const run = (await ask(ProducerMetricsDocument, place, signal)).project?.run;
			return { keys: metricKeys(run?.historyKeys), summary: run?.summaryMetrics ?? null };
		},
	});
}

/** The courses of some numbers, thinned to what a small chart can show. */
export function metricSamplesQuery(place: RunPlace, keys: readonly string[]) {
	return queryOptions({
		queryKey: ["metric-samples", place, keys],
		queryFn: async ({ signal }): Promise<Map<string, Series>> => {
			const specs = keys.map((key) => JSON.stringify({ keys: ["_step", key], samples }));
			const run = (await ask(MetricSamplesDocument, { ...place, specs }, signal)).project?.run;
			return new Map(keys.map((key, index) => [key, readSeries(run?.sampledHistory[index], key)]));
		},
	});
}
