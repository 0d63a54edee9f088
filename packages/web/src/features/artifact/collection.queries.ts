import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage } from "../../graphql-client.ts";
import {
	CollectionPageDocument,
	type CollectionPageQuery,
	CollectionVersionsDocument,
	type MembershipRowFragment,
} from "./collection.graphql.gen.ts";
import { searchedVersions } from "./version-filter.ts";

/** A version's place in a collection, as the table of versions shows it. */
export type MembershipRow = MembershipRowFragment;

/** A collection, without its versions. */
export type Collection = NonNullable<NonNullable<CollectionPageQuery["project"]>["artifactCollection"]>;

export type CollectionPlace = { entity: string; project: string; name: string };
type WithCollection<T> = { project: { artifactCollection: T | null } | null };

function foundCollection<T>(result: WithCollection<T>, { entity, project, name }: CollectionPlace): T {
	const owner = found(result.project, "project", `${entity}/${project}`);
	return found(owner.artifactCollection, "collection", `${entity}/${project}/${name}`);
}

/** One collection, without its versions. */
export function collectionQuery(place: CollectionPlace) {
	return queryOptions({
		queryKey: ["collection", place],
		queryFn: async ({ signal }) => foundCollection(await ask(CollectionPageDocument, place, signal), place),
	});
}

/** The order of a list of versions, and the text that they are searched for. */
export type VersionsWanted = { order?: string | undefined; search?: string | undefined };

/** The versions of a collection, newest first or as wanted, page by page. */
export function membershipsQuery(place: CollectionPlace, { order, search = "" }: VersionsWanted = {}) {
	return infiniteQueryOptions({
		queryKey: ["memberships", place, order, search],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const filters = searchedVersions(search);
			const variables = { ...place, order: order ?? null, filters, after: afterOf(pageParam) };
			return foundCollection(await ask(CollectionVersionsDocument, variables, signal), place).artifactMemberships;
		},
		getNextPageParam: nextPage,
	});
}
