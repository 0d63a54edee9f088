import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, type Connection, nextPage, request } from "../../graphql-client.ts";
import type { HomeProject } from "../home/home.queries.ts";

const entityDocument = /* GraphQL */ `
	query EntityPage($entity: String!) {
		entity(name: $entity) {
			id
			name
			entityType
			createdAt
			organization { id name }
			members { id name username role pending }
		}
	}
`;

const projectsDocument = /* GraphQL */ `
	query EntityProjects($entity: String!, $after: String) {
		entity(name: $entity) {
			id
			projects(first: 50, after: $after) {
				edges { node { id name entityName description access createdAt updatedAt runCount isRegistry } }
				pageInfo { hasNextPage endCursor }
			}
		}
	}
`;

export type Member = {
	id: string;
	name: string;
	username: string | null;
	role: string | null;
	pending: boolean | null;
};

type EntityInfo = {
	id: string;
	name: string;
	entityType: string;
	createdAt: string;
	organization: { id: string; name: string } | null;
	members: Member[] | null;
};

export type EntityProject = HomeProject & { isRegistry: boolean };

type ProjectsResult = { entity: { id: string; projects: Connection<EntityProject> | null } | null };

/** A team, a user or an organisation, with its members. */
export function entityQuery(entity: string) {
	return queryOptions({
		queryKey: ["entity", entity],
		queryFn: async ({ signal }) => {
			const result = await request<{ entity: EntityInfo | null }>(entityDocument, { entity }, signal);
			return found(result.entity, "entity", entity);
		},
	});
}

/** The projects of an entity, page by page. */
export function entityProjectsQuery(entity: string) {
	return infiniteQueryOptions({
		queryKey: ["entity-projects", entity],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const result = await request<ProjectsResult>(projectsDocument, { entity, after: afterOf(pageParam) }, signal);
			return found(result.entity, "entity", entity).projects;
		},
		getNextPageParam: nextPage,
	});
}
