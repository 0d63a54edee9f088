import type DataLoader from "dataloader";
import { oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { findProjectsByIds, type ProjectRow } from "./project-reader.ts";

/** Projects by id; asks no policy. */
export function projectLoader(gql: GqlContext): DataLoader<string, ProjectRow | null> {
	const read = (ids: readonly string[]) => findProjectsByIds(gql.ctx.db, ids);
	return oneLoader(gql, projectLoader, { read, keyOf: (row) => row.id });
}
