import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, type Connection, nextPage, request } from "../../graphql-client.ts";
import type { RunRow } from "../run/run.queries.ts";
import type { SweepRow } from "../sweep/sweep.queries.ts";

const projectDocument = /* GraphQL */ `
	query ProjectPage($entity: String!, $project: String!) {
		project(name: $project, entityName: $entity) {
			id
			name
			entityName
			description
			access
			createdAt
			runCount
			totalSweeps
			isRegistry
			entity { id organization { id name } }
			sweeps(first: 20) { edges { node { id name displayName method state createdAt runCount } } }
		}
	}
`;

const runsDocument = /* GraphQL */ `
	query ProjectRuns($entity: String!, $project: String!, $after: String) {
		project(name: $project, entityName: $entity) {
			id
			runs(first: 50, after: $after, order: "-created_at") {
				edges {
					node {
						id
						name
						displayName
						state
						jobType
						group
						sweepName
						tags
						createdAt
						heartbeatAt
						user { id username name }
					}
				}
				pageInfo { hasNextPage endCursor }
			}
		}
	}
`;

type ProjectInfo = {
	id: string;
	name: string;
	entityName: string;
	description: string | null;
	access: string | null;
	createdAt: string;
	runCount: number;
	totalSweeps: number;
	isRegistry: boolean;
	entity: { id: string; organization: { id: string; name: string } | null };
	sweeps: { edges: { node: SweepRow }[] } | null;
};

type RunsResult = { project: { id: string; runs: Connection<RunRow> | null } | null };

/** A project without its lists. */
export function projectQuery(entity: string, project: string) {
	return queryOptions({
		queryKey: ["project", entity, project],
		queryFn: async ({ signal }) => {
			const result = await request<{ project: ProjectInfo | null }>(projectDocument, { entity, project }, signal);
			return found(result.project, "project", `${entity}/${project}`);
		},
	});
}

/** The runs of a project, newest first, page by page. */
export function projectRunsQuery(entity: string, project: string) {
	return infiniteQueryOptions({
		queryKey: ["project-runs", entity, project],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const variables = { entity, project, after: afterOf(pageParam) };
			const result = await request<RunsResult>(runsDocument, variables, signal);
			return found(result.project, "project", `${entity}/${project}`).runs;
		},
		getNextPageParam: nextPage,
	});
}
