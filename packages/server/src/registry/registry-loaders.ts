import type DataLoader from "dataloader";
import { oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { type RegistryContentsRow, readRegistryContents } from "./registry-contents-reader.ts";
import { findRegistries, type RegistryRow } from "./registry-reader.ts";

/** What a project is as a registry; null for an ordinary one. */
export function registryLoader(gql: GqlContext): DataLoader<string, RegistryRow | null> {
	const read = (ids: readonly string[]) => findRegistries(gql.ctx.db, ids);
	return oneLoader(gql, registryLoader, { read, keyOf: (row) => row.projectId });
}

/** How much is in a registry. */
export function registryContentsLoader(gql: GqlContext): DataLoader<string, RegistryContentsRow | null> {
	const read = (ids: readonly string[]) => readRegistryContents(gql.ctx.db, ids);
	return oneLoader(gql, registryContentsLoader, { read, keyOf: (row) => row.projectId });
}
