import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "../../../graphql-client.ts";
import { RunHistoryKeysDocument, RunSamplesDocument, RunSystemMetricsDocument } from "../run.graphql.gen.ts";
import { foundRun, type RunPlace } from "../run.queries.ts";
import { axisKeys, type Span } from "./curves.ts";
import { type HistoryKey, readHistoryKeys } from "./history-keys.ts";

/** A run whose curves are drawn. */
export type ChartRun = {
	place: RunPlace;
	title: string;
	/** How many rows its history has: curves are read again when there are more. */
	rows: number;
	/** The same of the system metrics. */
	events: number;
};

/** More points than the widest chart has pixels show nothing more. */
const samples = 800;

/** The keys of a run's history. */
export function historyKeysQuery({ place, rows }: ChartRun) {
	return queryOptions({
		queryKey: ["run-history-keys", place, rows],
		queryFn: async ({ signal }): Promise<HistoryKey[]> =>
			readHistoryKeys(foundRun(await ask(RunHistoryKeysDocument, place, signal), place).historyKeys),
		placeholderData: keepPreviousData,
	});
}

function printSpec(keys: string[], steps: Span | undefined): string {
	// wire: `maxStep` counts as the first step that is not wanted where there are fewer steps than samples.
	const bounds = steps ? { minStep: Math.floor(steps.from), maxStep: Math.ceil(steps.to) + 1 } : {};
	return JSON.stringify({ keys, samples, ...bounds });
}

/** Rows of a history for each of some keys, thinned by the server; of some steps alone where those are given. */
export function samplesQuery({ place, rows }: ChartRun, keys: string[], along: string[], steps: Span | undefined) {
	return queryOptions({
		queryKey: ["run-samples", place, rows, keys, along, steps ?? null],
		queryFn: async ({ signal }): Promise<Map<string, unknown>> => {
			const specs = keys.map((key) => printSpec([key, ...along], steps));
			const run = foundRun(await ask(RunSamplesDocument, { ...place, specs }, signal), place);
			return new Map(keys.map((key, index) => [key, run.sampledHistory[index]]));
		},
		placeholderData: keepPreviousData,
	});
}

/** What the client measured of the machine: rows with `_runtime`, `_timestamp` and keys that begin with `system.`. */
export function systemMetricsQuery({ place, events }: ChartRun) {
	return queryOptions({
		queryKey: ["run-system-metrics", place, events],
		queryFn: async ({ signal }): Promise<unknown[]> => {
			const run = foundRun(await ask(RunSystemMetricsDocument, place, signal), place);
			return (run.events ?? []).map((text): unknown => JSON.parse(text));
		},
		placeholderData: keepPreviousData,
	});
}

/** The keys of the axis that some history has. */
export function axisKeysIn(keys: HistoryKey[]): string[] {
	const there = new Set(keys.map(({ name }) => name));
	return Object.values(axisKeys).filter((key) => there.has(key));
}
