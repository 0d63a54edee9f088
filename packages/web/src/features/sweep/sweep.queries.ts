import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, type Connection, nextPage, request } from "../../graphql-client.ts";

/** A sweep as lists show it. */
export type SweepRow = {
	id: string;
	name: string;
	displayName: string | null;
	method: string;
	state: string;
	createdAt: string;
	runCount: number;
};

export type Sweep = SweepRow & {
	description: string | null;
	config: string;
	bestLoss: number | null;
	runCountExpected: number | null;
};

export type SweepRun = {
	id: string;
	name: string;
	displayName: string | null;
	state: string | null;
	createdAt: string;
	config: string | null;
	summaryMetrics: string | null;
};

type WithSweep<T> = { project: { id: string; sweep: T | null } | null };

const sweepDocument = /* GraphQL */ `
	query SweepPage($entity: String!, $project: String!, $sweep: String!) {
		project(name: $project, entityName: $entity) {
			id
			sweep(sweepName: $sweep) {
				id
				name
				displayName
				method
				state
				description
				config
				createdAt
				runCount
				runCountExpected
				bestLoss
			}
		}
	}
`;

const sweepRunsDocument = /* GraphQL */ `
	query SweepRuns($entity: String!, $project: String!, $sweep: String!, $after: String) {
		project(name: $project, entityName: $entity) {
			id
			sweep(sweepName: $sweep) {
				id
				runs(first: 50, after: $after) {
					edges { node { id name displayName state createdAt config summaryMetrics } }
					pageInfo { hasNextPage endCursor }
				}
			}
		}
	}
`;

export type SweepPlace = { entity: string; project: string; sweep: string };

function foundSweep<T>(result: WithSweep<T>, { entity, project, sweep }: SweepPlace): T {
	const owner = found(result.project, "project", `${entity}/${project}`);
	return found(owner.sweep, "sweep", `${entity}/${project}/${sweep}`);
}

/** One sweep. */
export function sweepQuery(place: SweepPlace) {
	return queryOptions({
		queryKey: ["sweep", place],
		queryFn: async ({ signal }) => foundSweep(await request<WithSweep<Sweep>>(sweepDocument, place, signal), place),
	});
}

/** The runs of a sweep, page by page. */
export function sweepRunsQuery(place: SweepPlace) {
	return infiniteQueryOptions({
		queryKey: ["sweep-runs", place],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			type Runs = { id: string; runs: Connection<SweepRun> | null };
			const variables = { ...place, after: afterOf(pageParam) };
			return foundSweep(await request<WithSweep<Runs>>(sweepRunsDocument, variables, signal), place).runs;
		},
		getNextPageParam: nextPage,
	});
}
