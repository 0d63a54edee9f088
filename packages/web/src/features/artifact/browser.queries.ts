import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, type Connection, nextPage, nodesOf, request } from "../../graphql-client.ts";

/** A collection as lists show it. */
export type CollectionRow = {
	id: string;
	name: string;
	description: string | null;
	createdAt: string;
	updatedAt: string | null;
	versionCount: number;
	defaultArtifactType: { id: string; name: string };
	tags: { edges: { node: { id: string; name: string } }[] };
	aliases: { edges: { node: { id: string; alias: string } | null }[] } | null;
};

export type TypeGroup = {
	id: string;
	name: string;
	artifactCollections: { totalCount: number; edges: { node: CollectionRow | null }[] } | null;
};

/** What every list of collections shows of one. */
export const collectionRow = /* GraphQL */ `
	fragment CollectionRow on ArtifactCollection {
		id
		name
		description
		createdAt
		updatedAt
		versionCount
		defaultArtifactType { id name }
		tags { edges { node { id name } } }
		aliases(first: 8) { edges { node { id alias } } }
	}
`;

const typesDocument = /* GraphQL */ `
	query ArtifactTypes($entity: String!, $project: String!) {
		project(name: $project, entityName: $entity) {
			id
			artifactTypes(first: 100) {
				edges { node { id name artifactCollections(first: 20) { totalCount edges { node { ...CollectionRow } } } } }
			}
		}
	}
	${collectionRow}
`;

const typeDocument = /* GraphQL */ `
	query ArtifactTypePage($entity: String!, $project: String!, $type: String!, $after: String) {
		project(name: $project, entityName: $entity) {
			id
			artifactType(name: $type) {
				id
				artifactCollections(first: 50, after: $after) {
					edges { node { ...CollectionRow } }
					pageInfo { hasNextPage endCursor }
				}
			}
		}
	}
	${collectionRow}
`;

type TypesResult = { project: { id: string; artifactTypes: { edges: { node: TypeGroup | null }[] } | null } | null };
type TypeResult = {
	project: {
		id: string;
		artifactType: { id: string; artifactCollections: Connection<CollectionRow | null> | null } | null;
	} | null;
};

/** The artifacts of a project by type: the first collections of each. */
export function artifactTypesQuery(entity: string, project: string) {
	return queryOptions({
		queryKey: ["artifact-types", entity, project],
		queryFn: async ({ signal }) => {
			const result = await request<TypesResult>(typesDocument, { entity, project }, signal);
			const owner = found(result.project, "project", `${entity}/${project}`);
			return nodesOf(owner.artifactTypes);
		},
	});
}

/** All collections of one type, page by page. */
export function artifactTypeQuery(place: { entity: string; project: string; type: string }) {
	return infiniteQueryOptions({
		queryKey: ["artifact-type", place],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const result = await request<TypeResult>(typeDocument, { ...place, after: afterOf(pageParam) }, signal);
			const owner = found(result.project, "project", `${place.entity}/${place.project}`);
			return found(owner.artifactType, "artifact", place.type).artifactCollections;
		},
		getNextPageParam: nextPage,
	});
}
