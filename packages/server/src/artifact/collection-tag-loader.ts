import type DataLoader from "dataloader";
import { manyLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { findTagsOfCollections } from "./collection-change-store.ts";

type CollectionTagRow = Awaited<ReturnType<typeof findTagsOfCollections>>[number];

/** Tags by collection; asks no policy. */
export function collectionTagLoader(gql: GqlContext): DataLoader<string, CollectionTagRow[]> {
	const read = (ids: readonly string[]) => findTagsOfCollections(gql.ctx.db, ids);
	return manyLoader(gql, collectionTagLoader, { read, keyOf: (row) => row.collectionId });
}
