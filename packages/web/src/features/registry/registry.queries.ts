import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, type Connection, nextPage, request } from "../../graphql-client.ts";
import { type CollectionRow, collectionRow } from "../artifact/browser.queries.ts";

/** A registry as cards and headers show it. */
export type RegistryInfo = {
	id: string;
	/** `wandb-registry-NAME`. */
	name: string;
	entityName: string;
	description: string | null;
	access: string | null;
	allowAllArtifactTypesInRegistry: boolean;
	acceptedArtifactTypes: string[];
	artifactCollections: { totalCount: number } | null;
};

export type OrganizationRegistries = {
	id: string;
	name: string;
	orgEntity: { id: string; name: string } | null;
	registries: RegistryInfo[];
};

const registryInfo = /* GraphQL */ `
	fragment RegistryInfo on Project {
		id
		name
		entityName
		description
		access
		allowAllArtifactTypesInRegistry
		acceptedArtifactTypes
		artifactCollections(first: 1) { totalCount }
	}
`;

const registriesDocument = /* GraphQL */ `
	query Registries {
		viewer { id organizations { id name orgEntity { id name } registries { ...RegistryInfo } } }
	}
	${registryInfo}
`;

const registryDocument = /* GraphQL */ `
	query RegistryPage($org: String!, $registry: String!) {
		organization(name: $org) {
			id
			name
			orgEntity { id name }
			registry(name: $registry) { ...RegistryInfo }
		}
	}
	${registryInfo}
`;

const registryCollectionsDocument = /* GraphQL */ `
	query RegistryCollections($entity: String!, $project: String!, $after: String) {
		project(name: $project, entityName: $entity) {
			id
			artifactCollections(first: 50, after: $after) {
				edges { node { ...CollectionRow } }
				pageInfo { hasNextPage endCursor }
			}
		}
	}
	${collectionRow}
`;

/** The registries of the viewer's organisations. */
export const registriesQuery = queryOptions({
	queryKey: ["registries"],
	queryFn: async ({ signal }) => {
		type Result = { viewer: { id: string; organizations: OrganizationRegistries[] | null } | null };
		return (await request<Result>(registriesDocument, {}, signal)).viewer?.organizations ?? [];
	},
});

/** One registry and its organisation. */
export function registryQuery(org: string, registry: string) {
	return queryOptions({
		queryKey: ["registry", org, registry],
		queryFn: async ({ signal }) => {
			type Organization = Omit<OrganizationRegistries, "registries"> & { registry: RegistryInfo | null };
			type Result = { organization: Organization | null };
			const result = await request<Result>(registryDocument, { org, registry }, signal);
			const organization = found(result.organization, "organization", org);
			return { organization, registry: found(organization.registry, "registry", registry) };
		},
	});
}

/** The collections of a registry (or of the legacy model registry), page by page. */
export function registryCollectionsQuery(entity: string, project: string) {
	return infiniteQueryOptions({
		queryKey: ["registry-collections", entity, project],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			type Owner = { id: string; artifactCollections: Connection<CollectionRow | null> | null };
			const variables = { entity, project, after: afterOf(pageParam) };
			const result = await request<{ project: Owner | null }>(registryCollectionsDocument, variables, signal);
			return result.project?.artifactCollections ?? null;
		},
		getNextPageParam: nextPage,
	});
}
