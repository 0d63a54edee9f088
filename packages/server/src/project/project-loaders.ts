import type DataLoader from "dataloader";
import { oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { findLastActivity } from "./project-activity-reader.ts";
import { findProjectsByIds, type ProjectRow } from "./project-reader.ts";

/** Projects by id; asks no policy. */
export function projectLoader(gql: GqlContext): DataLoader<string, ProjectRow | null> {
	const read = (ids: readonly string[]) => findProjectsByIds(gql.ctx.db, ids);
	return oneLoader(gql, projectLoader, { read, keyOf: (row) => row.id });
}

/** When something last happened in a project, by its id; asks no policy. */
export function lastActivityLoader(gql: GqlContext): DataLoader<string, { readonly at: Date } | null> {
	const read = (ids: readonly string[]) => findLastActivity(gql.ctx.db, ids);
	return oneLoader(gql, lastActivityLoader, { read, keyOf: (row) => row.id });
}
