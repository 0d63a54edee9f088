import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage } from "../../graphql-client.ts";
import {
	ComparedRunsDocument,
	type ComparedRunsQuery,
	ProjectCandidatesDocument,
	ProjectCountsDocument,
	type ProjectCountsQuery,
	ProjectDeletionPreviewDocument,
	ProjectPageDocument,
	type ProjectPageQuery,
	ProjectPeopleDocument,
	type ProjectPeopleQuery,
	ProjectRunCountDocument,
	ProjectRunKeysDocument,
	ProjectRunsDocument,
	type ProjectRunsQuery,
} from "./project.graphql.gen.ts";

export type ProjectPlace = { entity: string; project: string };

export type Project = NonNullable<ProjectPageQuery["project"]>;

export type ProjectCounts = NonNullable<ProjectCountsQuery["project"]>;

type Runs = NonNullable<NonNullable<ProjectRunsQuery["project"]>["runs"]>;
/** A run in the table of its project. */
export type ListedRun = Runs["edges"][number]["node"];

export type ComparedRun = NonNullable<NonNullable<ComparedRunsQuery["project"]>["runs"]>["edges"][number]["node"];

export type Person = NonNullable<NonNullable<ProjectPeopleQuery["project"]>["people"]>["edges"][number]["node"];

function foundProject<T>(result: { project: T | null }, { entity, project }: ProjectPlace): T {
	return found(result.project, "project", `${entity}/${project}`);
}

/** A project without its lists. */
export function projectQuery(place: ProjectPlace) {
	return queryOptions({
		queryKey: ["project", place.entity, place.project],
		queryFn: async ({ signal }) => foundProject(await ask(ProjectPageDocument, place, signal), place),
	});
}

/** Counts and the newest runs, for the overview. */
export function projectCountsQuery(place: ProjectPlace) {
	return queryOptions({
		queryKey: ["project-runs", place.entity, place.project, "overview"],
		queryFn: async ({ signal }) => foundProject(await ask(ProjectCountsDocument, place, signal), place),
	});
}

/** What the configs and summaries of the runs hold, by name. */
export function runKeysQuery(place: ProjectPlace) {
	return queryOptions({
		queryKey: ["project-runs", place.entity, place.project, "keys"],
		queryFn: async ({ signal }) => foundProject(await ask(ProjectRunKeysDocument, place, signal), place).runKeys,
		staleTime: 30_000,
	});
}

export type RunsWanted = {
	order: string;
	filters: string | null;
	/** Whether the rows need their configs, their summaries. */
	config: boolean;
	summary: boolean;
};

const pageSize = 100;

/** Runs of a project, page by page. */
export function projectRunsQuery(place: ProjectPlace, wanted: RunsWanted) {
	return infiniteQueryOptions({
		queryKey: ["project-runs", place.entity, place.project, "list", wanted],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const variables = { ...place, ...wanted, first: pageSize, after: afterOf(pageParam) };
			return foundProject(await ask(ProjectRunsDocument, variables, signal), place).runs;
		},
		getNextPageParam: nextPage,
		placeholderData: keepPreviousData,
	});
}

/** How many runs a filter leaves. */
export function runCountQuery(place: ProjectPlace, filters: string | null) {
	return queryOptions({
		queryKey: ["project-runs", place.entity, place.project, "count", filters],
		queryFn: async ({ signal }) =>
			foundProject(await ask(ProjectRunCountDocument, { ...place, filters }, signal), place).runCount,
		placeholderData: keepPreviousData,
	});
}

/** Some runs with their documents, in the order of the names given. */
export function comparedRunsQuery(place: ProjectPlace, names: string[]) {
	return queryOptions({
		queryKey: ["project-runs", place.entity, place.project, "compared", names],
		queryFn: async ({ signal }): Promise<ComparedRun[]> => {
			const filters = JSON.stringify({ name: { $in: names } });
			const { runs } = foundProject(await ask(ComparedRunsDocument, { ...place, filters }, signal), place);
			const byName = new Map(runs?.edges.map(({ node }) => [node.name, node]));
			return names.flatMap((name) => byName.get(name) ?? []);
		},
		placeholderData: keepPreviousData,
	});
}

/** Who has which role here, and by what. */
export function projectPeopleQuery(place: ProjectPlace) {
	return queryOptions({
		queryKey: ["project-people", place.entity, place.project],
		queryFn: async ({ signal }) => foundProject(await ask(ProjectPeopleDocument, place, signal), place),
	});
}

/** Whom a role could be given to: people and teams of the organisation. */
export function candidatesQuery(entity: string) {
	return queryOptions({
		queryKey: ["project-candidates", entity],
		queryFn: async ({ signal }) => {
			const organization = (await ask(ProjectCandidatesDocument, { entity }, signal)).entity?.organization;
			const people = organization?.orgEntity?.members?.filter(({ pending }) => pending !== true) ?? [];
			return { people, teams: organization?.teams ?? [] };
		},
	});
}

/** What would go with the project. */
export function deletionQuery(place: ProjectPlace) {
	return queryOptions({
		queryKey: ["project-deletion", place.entity, place.project],
		queryFn: async ({ signal }) =>
			foundProject(await ask(ProjectDeletionPreviewDocument, place, signal), place).deletion,
		staleTime: 0,
	});
}
