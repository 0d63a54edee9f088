import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage } from "../../graphql-client.ts";
import { ProjectSweepsDocument, SweepPageDocument, type SweepRowFragment } from "./sweep.graphql.gen.ts";

/** A sweep as lists show it. */
export type SweepRow = SweepRowFragment;

export type SweepPlace = { entity: string; project: string; sweep: string };

const pollMs = 10_000;

/** One sweep; read again while it searches. */
export function sweepQuery(place: SweepPlace) {
	const { entity, project, sweep } = place;
	return queryOptions({
		queryKey: ["sweep", place],
		queryFn: async ({ signal }) => {
			const owner = found((await ask(SweepPageDocument, place, signal)).project, "project", `${entity}/${project}`);
			return found(owner.sweep, "sweep", `${entity}/${project}/${sweep}`);
		},
		refetchInterval: ({ state: { data } }) => (data?.state === "RUNNING" ? pollMs : false),
	});
}

/** The sweeps of a project, newest first, page by page. */
export function projectSweepsQuery(place: { entity: string; project: string }) {
	return infiniteQueryOptions({
		queryKey: ["project-sweeps", place.entity, place.project],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const { project } = await ask(ProjectSweepsDocument, { ...place, after: afterOf(pageParam) }, signal);
			return found(project, "project", `${place.entity}/${place.project}`).sweeps;
		},
		getNextPageParam: nextPage,
		placeholderData: keepPreviousData,
	});
}
