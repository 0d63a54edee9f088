import DataLoader from "dataloader";
import { manyLoader, oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import {
	findAliasesOfArtifacts,
	findAliasesOfMembers,
	findArtifactsByIds,
	findCollectionsByIds,
	findMembersByIds,
	findNewestMembers,
	findTagsOf,
} from "./artifact-reader.ts";
import type { AliasRow, ArtifactRow, CollectionRow, MembershipRow, TagRow } from "./artifact-rows.ts";
import {
	countMembers,
	type MakerRow,
	type MemberCount,
	readCollectionMakers,
	readMemberMakers,
} from "./collection-facts-reader.ts";

/** Versions by id; asks no policy. */
export function artifactLoader(gql: GqlContext): DataLoader<string, ArtifactRow | null> {
	return gql.loader(
		artifactLoader,
		() =>
			new DataLoader(async (ids) => {
				const found = await findArtifactsByIds(gql.ctx.db, ids);
				return ids.map((id) => found.get(id) ?? null);
			}),
	);
}

/** Collections by id; asks no policy. */
export function collectionLoader(gql: GqlContext): DataLoader<string, CollectionRow | null> {
	const read = (ids: readonly string[]) => findCollectionsByIds(gql.ctx.db, ids);
	return oneLoader(gql, collectionLoader, { read, keyOf: (row) => row.id });
}

/** Members by id; asks no policy. */
export function memberLoader(gql: GqlContext): DataLoader<string, MembershipRow | null> {
	const read = (ids: readonly string[]) => findMembersByIds(gql.ctx.db, ids);
	return oneLoader(gql, memberLoader, { read, keyOf: (row) => row.id });
}

/** Aliases by the member that holds them. */
export function memberAliasLoader(gql: GqlContext): DataLoader<string, AliasRow[]> {
	const read = (ids: readonly string[]) => findAliasesOfMembers(gql.ctx.db, ids);
	return manyLoader(gql, memberAliasLoader, { read, keyOf: (row) => row.memberId });
}

/** Aliases by version, in every collection it is in. */
export function artifactAliasLoader(gql: GqlContext): DataLoader<string, AliasRow[]> {
	const read = (ids: readonly string[]) => findAliasesOfArtifacts(gql.ctx.db, ids);
	return manyLoader(gql, artifactAliasLoader, { read, keyOf: (row) => row.artifactId });
}

/** Tags by version. */
export function tagLoader(gql: GqlContext): DataLoader<string, Array<TagRow & { readonly artifactId: string }>> {
	const read = (ids: readonly string[]) => findTagsOf(gql.ctx.db, ids);
	return manyLoader(gql, tagLoader, { read, keyOf: (row) => row.artifactId });
}

/** The newest member of a collection. */
export function newestMemberLoader(gql: GqlContext): DataLoader<string, MembershipRow | null> {
	const read = (ids: readonly string[]) => findNewestMembers(gql.ctx.db, ids);
	return oneLoader(gql, newestMemberLoader, { read, keyOf: (row) => row.collectionId });
}

/** How many living members a collection has. */
export function memberCountLoader(gql: GqlContext): DataLoader<string, MemberCount | null> {
	const read = (ids: readonly string[]) => countMembers(gql.ctx.db, ids);
	return oneLoader(gql, memberCountLoader, { read, keyOf: (row) => row.collectionId });
}

/** Who made a collection. */
export function collectionMakerLoader(gql: GqlContext): DataLoader<string, MakerRow | null> {
	const read = (ids: readonly string[]) => readCollectionMakers(gql.ctx.db, ids);
	return oneLoader(gql, collectionMakerLoader, { read, keyOf: (row) => row.id });
}

/** Who put a version into its place. */
export function memberMakerLoader(gql: GqlContext): DataLoader<string, MakerRow | null> {
	const read = (ids: readonly string[]) => readMemberMakers(gql.ctx.db, ids);
	return oneLoader(gql, memberMakerLoader, { read, keyOf: (row) => row.id });
}
