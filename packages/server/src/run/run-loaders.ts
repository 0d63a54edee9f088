import DataLoader from "dataloader";
import { manyLoader, oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { findLastLines, type LastLine } from "./run-line-reader.ts";
import { countRunsOfSweeps, findRunDocuments, findRunsByIds, type RunDocuments, type RunRow } from "./run-reader.ts";

/** Runs by id. Asks no policy: whoever hands a run on has made sure that the viewer may know of it. */
export function runLoader(gql: GqlContext): DataLoader<string, RunRow | null> {
	const read = (ids: readonly string[]) => findRunsByIds(gql.ctx, ids);
	return oneLoader(gql, runLoader, { read, keyOf: (row) => row.id });
}

/** Configuration and summaries by run id. */
export function runDocumentsLoader(gql: GqlContext): DataLoader<string, RunDocuments> {
	return gql.loader(
		runDocumentsLoader,
		() =>
			new DataLoader<string, RunDocuments>(async (ids) => {
				const rows = new Map((await findRunDocuments(gql.ctx, ids)).map((row) => [row.id, row]));
				return ids.map((id) => rows.get(id) ?? { id, config: "{}", summaryMetrics: "{}", systemMetrics: "{}" });
			}),
	);
}

/** The last lines of history and of events by run id. */
export function lastLinesLoader(gql: GqlContext): DataLoader<string, LastLine[]> {
	const read = (ids: readonly string[]) => findLastLines(gql.ctx.db, ids);
	return manyLoader(gql, lastLinesLoader, { read, keyOf: (row) => row.runId });
}

/** How many runs a sweep has, by sweep id. */
export function sweepRunCountLoader(gql: GqlContext): DataLoader<string, number> {
	return gql.loader(
		sweepRunCountLoader,
		() =>
			new DataLoader<string, number>(async (ids) => {
				const counts = new Map((await countRunsOfSweeps(gql.ctx, ids)).map((row) => [row.sweepId, row.runCount]));
				return ids.map((id) => counts.get(id) ?? 0);
			}),
	);
}
