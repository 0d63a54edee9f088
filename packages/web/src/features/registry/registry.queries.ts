import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage, nodesOf } from "../../graphql-client.ts";
import {
	CollectionHistoryDocument,
	type CollectionHistoryQuery,
	type CollectionInListFragment,
	CollectionsOfRegistryDocument,
	RegistryCollectionDocument,
	type RegistryCollectionQuery,
} from "./collection.graphql.gen.ts";
import { LinkedVersionsDocument } from "./linked-versions.graphql.gen.ts";
import {
	LegacyRegistriesDocument,
	RegistriesDocument,
	RegistriesOfOrganizationDocument,
	RegistryDocument,
	type RegistryQuery,
	SearchRegistriesDocument,
} from "./registry.graphql.gen.ts";
import { anyOf, collectionText, type ListWanted, versionText } from "./registry-filters.ts";
import type { SelectionPath } from "./registry-paths.ts";

export type CollectionRow = CollectionInListFragment;
export type RegistryHead = NonNullable<NonNullable<RegistryQuery["organization"]>["registry"]>;
type CollectionAnswer = NonNullable<NonNullable<RegistryCollectionQuery["project"]>["artifactCollection"]>;
export type CollectionInfo = CollectionAnswer;
type HistoryAnswer = NonNullable<NonNullable<CollectionHistoryQuery["project"]>["artifactCollection"]>["history"];
export type HistoryEntry = HistoryAnswer["edges"][number]["node"];
/** How the API names a collection of a registry. */
export type CollectionPlace = { entity: string; project: string; name: string };

export function placeOf({ entity, project, collection }: SelectionPath): CollectionPlace {
	return { entity, project, name: collection };
}

/** What begins the key of every query about registries: what a change makes stale. */
export const registryKeys = {
	all: ["registries"],
	head: ["registry"],
	collections: ["registry-collections"],
	collection: ["registry-collection"],
	versions: ["registry-versions"],
	history: ["registry-history"],
} as const;

/** The registries of the viewer's organisations, or of one of them. */
export function registriesQuery(org: string | undefined) {
	return queryOptions({
		queryKey: [...registryKeys.all, org],
		queryFn: async ({ signal }) => {
			if (org === undefined) return (await ask(RegistriesDocument, {}, signal)).viewer?.organizations ?? [];
			const { organization } = await ask(RegistriesOfOrganizationDocument, { org }, signal);
			return [found(organization, "organization", org)];
		},
	});
}

/** Teams of the viewer that have a model registry of the old kind. */
export const legacyRegistriesQuery = queryOptions({
	queryKey: ["legacy-registries"],
	queryFn: async ({ signal }) => {
		const { viewer } = await ask(LegacyRegistriesDocument, {}, signal);
		return nodesOf(viewer?.teams).flatMap(({ name, project }) => (project === null ? [] : [name]));
	},
	staleTime: 300_000,
});

/** What an organisation's registries hold of a text: collections by name and tag, versions by alias and tag. */
export function searchQuery(org: string, text: string) {
	return queryOptions({
		queryKey: ["registry-search", org, text],
		queryFn: async ({ signal }) => {
			const filters = { collections: anyOf(collectionText(text)), versions: anyOf(versionText(text)) };
			const { organization } = await ask(SearchRegistriesDocument, { org, ...filters }, signal);
			const { artifactCollections, artifactMemberships } = organization?.orgEntity ?? {};
			return {
				collections: nodesOf(artifactCollections),
				versions: nodesOf(artifactMemberships),
				moreCollections: artifactCollections?.pageInfo.hasNextPage ?? false,
				moreVersions: artifactMemberships?.pageInfo.hasNextPage ?? false,
			};
		},
	});
}

/** One registry and its organisation. */
export function registryQuery(org: string, registry: string) {
	return queryOptions({
		queryKey: [...registryKeys.head, org, registry],
		queryFn: async ({ signal }) => {
			const answer = await ask(RegistryDocument, { org, registry }, signal);
			const organization = found(answer.organization, "organization", org);
			return { organization, registry: found(organization.registry, "registry", registry) };
		},
	});
}

/** The collections of a registry (or of the legacy model registry), page by page. */
export function collectionsQuery(entity: string, project: string, { filters, order }: ListWanted) {
	return infiniteQueryOptions({
		queryKey: [...registryKeys.collections, entity, project, filters, order],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const variables = { entity, project, filters, order: order ?? null, after: afterOf(pageParam) };
			return (await ask(CollectionsOfRegistryDocument, variables, signal)).project?.artifactCollections ?? null;
		},
		getNextPageParam: nextPage,
		placeholderData: keepPreviousData,
	});
}

/** One collection of a registry, without its versions. */
export function collectionQuery(place: CollectionPlace) {
	return queryOptions({
		queryKey: [...registryKeys.collection, place],
		queryFn: async ({ signal }): Promise<CollectionInfo> => {
			const { project } = await ask(RegistryCollectionDocument, place, signal);
			return found(project?.artifactCollection, "collection", `${place.entity}/${place.project}/${place.name}`);
		},
	});
}

/** The versions linked into a collection, page by page; `metrics` brings what their runs and metadata say in numbers. */
export function linkedVersionsQuery(place: CollectionPlace, metrics: boolean, { filters, order }: ListWanted) {
	return infiniteQueryOptions({
		queryKey: [...registryKeys.versions, place, metrics, filters, order],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const variables = { ...place, metrics, filters, order: order ?? null, after: afterOf(pageParam) };
			const { project } = await ask(LinkedVersionsDocument, variables, signal);
			return project?.artifactCollection?.artifactMemberships ?? null;
		},
		getNextPageParam: nextPage,
		placeholderData: keepPreviousData,
	});
}

/** What happened to a collection, newest first, page by page. */
export function historyQuery(place: CollectionPlace) {
	return infiniteQueryOptions({
		queryKey: [...registryKeys.history, place],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const { project } = await ask(CollectionHistoryDocument, { ...place, after: afterOf(pageParam) }, signal);
			return project?.artifactCollection?.history ?? null;
		},
		getNextPageParam: nextPage,
	});
}
