import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, type Connection, nextPage, request } from "../../graphql-client.ts";
import { type ArtifactBrief, artifactBrief } from "./artifact-brief.ts";
import { type CollectionRow, collectionRow } from "./browser.queries.ts";

/** A version's place in a collection, as the table of versions shows it. */
export type MembershipRow = {
	id: string;
	versionIndex: number | null;
	createdAt: string;
	aliases: { id: string; alias: string }[];
	artifact: (ArtifactBrief & { digest: string; fileCount: number; tags: { id: string; name: string }[] }) | null;
};

const collectionDocument = /* GraphQL */ `
	query CollectionPage($entity: String!, $project: String!, $name: String!) {
		project(name: $project, entityName: $entity) {
			id
			artifactCollection(name: $name) { __typename ...CollectionRow }
		}
	}
	${collectionRow}
`;

const membershipsDocument = /* GraphQL */ `
	query CollectionVersions($entity: String!, $project: String!, $name: String!, $after: String) {
		project(name: $project, entityName: $entity) {
			id
			artifactCollection(name: $name) {
				id
				artifactMemberships(first: 50, after: $after) {
					edges {
						node {
							id
							versionIndex
							createdAt
							aliases { id alias }
							artifact { ...ArtifactBrief digest fileCount tags { id name } }
						}
					}
					pageInfo { hasNextPage endCursor }
				}
			}
		}
	}
	${artifactBrief}
`;

export type CollectionPlace = { entity: string; project: string; name: string };
type WithCollection<T> = { project: { id: string; artifactCollection: T | null } | null };

function foundCollection<T>(result: WithCollection<T>, { entity, project, name }: CollectionPlace): T {
	const owner = found(result.project, "project", `${entity}/${project}`);
	return found(owner.artifactCollection, "collection", `${entity}/${project}/${name}`);
}

/** One collection, without its versions. */
export function collectionQuery(place: CollectionPlace) {
	return queryOptions({
		queryKey: ["collection", place],
		queryFn: async ({ signal }) => {
			type Collection = CollectionRow & { __typename: string };
			return foundCollection(await request<WithCollection<Collection>>(collectionDocument, place, signal), place);
		},
	});
}

/** The versions of a collection, newest first, page by page. */
export function membershipsQuery(place: CollectionPlace) {
	return infiniteQueryOptions({
		queryKey: ["memberships", place],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			type Collection = { id: string; artifactMemberships: Connection<MembershipRow | null> | null };
			const variables = { ...place, after: afterOf(pageParam) };
			const result = await request<WithCollection<Collection>>(membershipsDocument, variables, signal);
			return foundCollection(result, place).artifactMemberships;
		},
		getNextPageParam: nextPage,
	});
}
