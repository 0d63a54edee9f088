import { KeifuError } from "@keifu/sdk";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage, nodesOf } from "../../graphql-client.ts";
import {
	AliasHolderDocument,
	CollectionAliasesDocument,
	DeletedVersionDocument,
	PlacesOfVersionsDocument,
	VersionChoicesDocument,
	VersionConsumersDocument,
	type VersionDetailsFragment,
	VersionPageDocument,
	type VersionPageQuery,
	type VersionPlaceInFragment,
} from "./version.graphql.gen.ts";
import { searchedVersions } from "./version-filter.ts";

/** A place where a version is: its own collection, or one that it is linked to. */
export type OtherPlace = VersionPlaceInFragment;
export type Version = VersionDetailsFragment;
export type Creator = NonNullable<Version["createdBy"]>;
type AskedMembership = NonNullable<NonNullable<VersionPageQuery["project"]>["artifactCollectionMembership"]>;
/** A version where the address names it. */
export type Membership = Omit<AskedMembership, "artifact"> & { artifact: Version };
/** What stands at an address of a version: the version, or what is left of one that was deleted. */
export type Standing = { membership: Membership; ghost: null } | { membership: null; ghost: Version };

export type VersionPlace = { entity: string; project: string; collection: string; version: string };

async function readGhost(place: VersionPlace, signal: AbortSignal): Promise<Version | undefined> {
	const digits = /^v(\d{1,9})$/.exec(place.version)?.[1];
	if (digits === undefined) return undefined;
	const { entity, project, collection: name } = place;
	const variables = { entity, project, name, versionIndex: Number(digits) };
	const collection = (await ask(DeletedVersionDocument, variables, signal)).project?.artifactCollection;
	return collection && "deletedVersion" in collection ? (collection.deletedVersion ?? undefined) : undefined;
}

async function readVersion(place: VersionPlace, signal: AbortSignal): Promise<Membership> {
	const { entity, project, collection, version } = place;
	const variables = { entity, project, name: `${collection}:${version}` };
	const result = await ask(VersionPageDocument, variables, signal);
	const path = `${entity}/${project}/${collection}:${version}`;
	const owner = found(result.project, "project", `${entity}/${project}`);
	const membership = found(owner.artifactCollectionMembership, "version", path);
	return { ...membership, artifact: found(membership.artifact, "version", path) };
}

/** One version where it stands in a collection, found by number, alias or digest; a deleted one by its number. */
export function versionQuery(place: VersionPlace) {
	return queryOptions({
		queryKey: ["version", place],
		queryFn: async ({ signal }): Promise<Standing> => {
			try {
				return { membership: await readVersion(place, signal), ghost: null };
			} catch (error) {
				const isMissing = error instanceof KeifuError && error.code === "NOT_FOUND";
				const ghost = isMissing ? await readGhost(place, signal) : undefined;
				if (ghost === undefined) throw error;
				return { membership: null, ghost };
			}
		},
	});
}

/** The versions of a collection, newest first; those that a text finds by number, alias or tag. */
export function versionChoicesQuery(collection: string, search: string) {
	return infiniteQueryOptions({
		queryKey: ["version-choices", collection, search],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const variables = { collection, filters: searchedVersions(search), after: afterOf(pageParam) };
			return (await ask(VersionChoicesDocument, variables, signal)).artifactCollection?.artifactMemberships ?? null;
		},
		getNextPageParam: nextPage,
	});
}

/** The aliases that are given in a collection. */
export function collectionAliasesQuery(collection: string) {
	return queryOptions({
		queryKey: ["collection-aliases", collection],
		queryFn: async ({ signal }) => {
			const { artifactCollection } = await ask(CollectionAliasesDocument, { collection }, signal);
			return artifactCollection?.aliases?.edges.flatMap(({ node }) => (node ? [node.alias] : [])) ?? [];
		},
	});
}

/** Which version of a collection has an alias. */
export function aliasHolderQuery(collection: string, alias: string) {
	return queryOptions({
		queryKey: ["alias-holder", collection, alias],
		queryFn: async ({ signal }) =>
			(await ask(AliasHolderDocument, { collection, alias }, signal)).artifactCollection?.artifactMembership ?? null,
	});
}

/** The runs that used a version, page by page. */
export function consumersQuery(id: string) {
	return infiniteQueryOptions({
		queryKey: ["version-consumers", id],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const { artifact } = await ask(VersionConsumersDocument, { id, after: afterOf(pageParam) }, signal);
			return found(artifact, "version", id).usedBy;
		},
		getNextPageParam: nextPage,
	});
}

/** Where versions of a collection are, by their ids, as it is at this moment: what would be lost with them. */
export function versionPlacesQuery(collection: string, ids: readonly string[]) {
	return queryOptions({
		queryKey: ["version-places", collection, ids],
		staleTime: 0,
		gcTime: 0,
		queryFn: async ({ signal }) => {
			const variables = { collection, filters: JSON.stringify({ id: { $in: ids } }), first: ids.length };
			const { artifactCollection } = await ask(PlacesOfVersionsDocument, variables, signal);
			const found = nodesOf(artifactCollection?.artifactMemberships).flatMap(({ artifact }) => artifact ?? []);
			return new Map(found.map((artifact) => [artifact.id, artifact]));
		},
	});
}
