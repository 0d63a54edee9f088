import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, type Connection, nextPage, request } from "../../graphql-client.ts";
import { type ArtifactBrief, artifactBrief } from "../artifact/artifact-brief.ts";

export type UserBrief = { id: string; username: string | null; name: string };

/** A run as lists show it. */
export type RunRow = {
	id: string;
	name: string;
	displayName: string | null;
	state: string | null;
	jobType: string | null;
	group: string | null;
	sweepName: string | null;
	tags: string[] | null;
	createdAt: string;
	heartbeatAt: string | null;
	user: UserBrief | null;
};

export type Run = RunRow & {
	notes: string | null;
	host: string | null;
	commit: string | null;
	config: string | null;
	summaryMetrics: string | null;
	updatedAt: string | null;
	exitcode: number | null;
	historyLineCount: number | null;
	logLineCount: number | null;
	fileCount: number | null;
};

type WithRun<T> = { project: { id: string; run: T | null } | null };

const runDocument = /* GraphQL */ `
	query RunPage($entity: String!, $project: String!, $run: String!) {
		project(name: $project, entityName: $entity) {
			id
			run(name: $run) {
				id
				name
				displayName
				state
				jobType
				group
				sweepName
				tags
				notes
				host
				commit
				config
				summaryMetrics
				createdAt
				updatedAt
				heartbeatAt
				exitcode
				historyLineCount
				logLineCount
				fileCount
				user { id username name }
			}
		}
	}
`;

const runArtifactsDocument = /* GraphQL */ `
	query RunArtifacts($entity: String!, $project: String!, $run: String!) {
		project(name: $project, entityName: $entity) {
			id
			run(name: $run) {
				id
				inputArtifacts(first: 100) { totalCount edges { node { ...ArtifactBrief } } }
				outputArtifacts(first: 100) { totalCount edges { node { ...ArtifactBrief } } }
			}
		}
	}
	${artifactBrief}
`;

const runFilesDocument = /* GraphQL */ `
	query RunFiles($entity: String!, $project: String!, $run: String!, $after: String) {
		project(name: $project, entityName: $entity) {
			id
			run(name: $run) {
				id
				files(first: 50, after: $after) {
					edges { node { id name sizeBytes updatedAt directUrl } }
					pageInfo { hasNextPage endCursor }
				}
			}
		}
	}
`;

const runLogDocument = /* GraphQL */ `
	query RunLog($entity: String!, $project: String!, $run: String!) {
		project(name: $project, entityName: $entity) {
			id
			run(name: $run) { id logLineCount logLines(last: 500) { edges { node { number line level } } } }
		}
	}
`;

export type ArtifactList = { totalCount: number; edges: { node: ArtifactBrief | null }[] };
type RunArtifacts = { id: string; inputArtifacts: ArtifactList | null; outputArtifacts: ArtifactList | null };
export type RunFile = { id: string; name: string; sizeBytes: number; updatedAt: string | null; directUrl: string };
type RunFiles = { id: string; files: Connection<RunFile | null> | null };
export type LogLine = { number: number; line: string; level: string | null };
type RunLog = { id: string; logLineCount: number | null; logLines: { edges: { node: LogLine }[] } | null };

export type RunPlace = { entity: string; project: string; run: string };

function foundRun<T>(result: WithRun<T>, { entity, project, run }: RunPlace): T {
	return found(found(result.project, "project", `${entity}/${project}`).run, "run", `${entity}/${project}/${run}`);
}

/** A run still being written changes by itself. */
function pollWhileRunning(state: string | null | undefined): number | false {
	return state === "running" ? 5000 : false;
}

/** One run. */
export function runQuery(place: RunPlace) {
	return queryOptions({
		queryKey: ["run", place],
		queryFn: async ({ signal }) => foundRun(await request<WithRun<Run>>(runDocument, place, signal), place),
		refetchInterval: (query) => pollWhileRunning(query.state.data?.state),
	});
}

/** What a run used and what it logged. */
export function runArtifactsQuery(place: RunPlace) {
	return queryOptions({
		queryKey: ["run-artifacts", place],
		queryFn: async ({ signal }) =>
			foundRun(await request<WithRun<RunArtifacts>>(runArtifactsDocument, place, signal), place),
	});
}

/** The files a run saved, page by page. */
export function runFilesQuery(place: RunPlace) {
	return infiniteQueryOptions({
		queryKey: ["run-files", place],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const variables = { ...place, after: afterOf(pageParam) };
			return foundRun(await request<WithRun<RunFiles>>(runFilesDocument, variables, signal), place).files;
		},
		getNextPageParam: nextPage,
	});
}

/** The last lines a run wrote to its console. */
export function runLogQuery(place: RunPlace, state: string | null) {
	return queryOptions({
		queryKey: ["run-log", place],
		queryFn: async ({ signal }) => foundRun(await request<WithRun<RunLog>>(runLogDocument, place, signal), place),
		refetchInterval: pollWhileRunning(state),
	});
}
