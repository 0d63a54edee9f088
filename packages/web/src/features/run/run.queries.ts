import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage } from "../../graphql-client.ts";
import {
	RunArtifactsDocument,
	type RunArtifactsQuery,
	RunFilesDocument,
	type RunFilesQuery,
	type RunHeadFragment,
	RunPageDocument,
	type RunPageQuery,
} from "./run.graphql.gen.ts";

/** A run as lists show it. */
export type RunRow = RunHeadFragment;

export type RunPlace = { entity: string; project: string; run: string };

type WithRun<T> = { project: { run: T | null } | null };

/** The run in an answer, or an error that says which of the names was not found. */
export function foundRun<T>(result: WithRun<T>, { entity, project, run }: RunPlace): T {
	return found(found(result.project, "project", `${entity}/${project}`).run, "run", `${entity}/${project}/${run}`);
}

type RunOf<Q> = Q extends { project: { run: infer R } | null } ? NonNullable<R> : never;

export type Run = RunOf<RunPageQuery>;
export type RunArtifacts = RunOf<RunArtifactsQuery>;
export type RunFile = NonNullable<NonNullable<RunOf<RunFilesQuery>["files"]>["edges"][number]["node"]>;

/** Whether a run may still change by itself. */
export function isLive(run: { state: string | null }): boolean {
	return run.state === "running" || run.state === "pending" || run.state === "preempting";
}

const pollMs = 5000;

/** One run; read again while it is being written. */
export function runQuery(place: RunPlace) {
	return queryOptions({
		queryKey: ["run", place],
		queryFn: async ({ signal }) => foundRun(await ask(RunPageDocument, place, signal), place),
		refetchInterval: (query) => (query.state.data && isLive(query.state.data) ? pollMs : false),
	});
}

/** What a run used and what it logged. */
export function runArtifactsQuery(place: RunPlace) {
	return queryOptions({
		queryKey: ["run-artifacts", place],
		queryFn: async ({ signal }) => foundRun(await ask(RunArtifactsDocument, place, signal), place),
	});
}

/** The files a run saved whose names hold a text, page by page. */
export function runFilesQuery(place: RunPlace, search: string) {
	return infiniteQueryOptions({
		queryKey: ["run-files", place, search],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const pattern = search === "" ? null : `%${search}%`;
			const variables = { ...place, after: afterOf(pageParam), pattern };
			return foundRun(await ask(RunFilesDocument, variables, signal), place).files;
		},
		getNextPageParam: nextPage,
		placeholderData: keepPreviousData,
	});
}

/** Where a file of a run is, with the reader's own session. */
export function runFileUrl({ entity, project, run }: RunPlace, name: string): string {
	const parts = [entity, project, run, ...name.split("/")];
	return `/files/${parts.map(encodeURIComponent).join("/")}`;
}

/** What the client noted of machine, script and code, in a file of the run. */
export function runMetadataQuery(place: RunPlace) {
	return queryOptions({
		queryKey: ["run-metadata", place],
		queryFn: async ({ signal }): Promise<unknown> => {
			const response = await fetch(runFileUrl(place, "wandb-metadata.json"), { signal });
			return response.ok ? await response.json() : {};
		},
		staleTime: 60_000,
	});
}
