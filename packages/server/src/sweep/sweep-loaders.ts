import type DataLoader from "dataloader";
import { oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { findSweepsByIds, type SweepRow } from "./sweep-reader.ts";

/** Sweeps by id; asks no policy. */
export function sweepLoader(gql: GqlContext): DataLoader<string, SweepRow | null> {
	const read = (ids: readonly string[]) => findSweepsByIds(gql.ctx.db, ids);
	return oneLoader(gql, sweepLoader, { read, keyOf: (row) => row.id });
}
