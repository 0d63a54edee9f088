import { queryOptions } from "@tanstack/react-query";
import { ask, nodesOf } from "../../graphql-client.ts";
import {
	HomeActivityDocument,
	type HomeActivityQuery,
	HomeDocument,
	type ProjectLineFragment,
} from "./home.graphql.gen.ts";

export type ProjectLine = ProjectLineFragment;

function lastOf({ lastActivityAt, createdAt }: ProjectLine): string {
	return lastActivityAt ?? createdAt;
}

/** The projects of the viewer's own entity and teams where something happened last, and the registries of his organisations. */
export function homeQuery(personal: string) {
	return queryOptions({
		queryKey: ["home", personal],
		queryFn: async ({ signal }) => {
			const { viewer, entity } = await ask(HomeDocument, { personal }, signal);
			const entities = [...nodesOf(viewer?.teams), entity];
			const all = entities.flatMap((each) => nodesOf(each?.projects)).filter(({ isRegistry }) => !isRegistry);
			const projects = [...new Map(all.map((project) => [project.id, project])).values()]
				.sort((a, b) => lastOf(b).localeCompare(lastOf(a)))
				.slice(0, 12);
			return { projects, organizations: viewer?.organizations ?? [] };
		},
	});
}

type ActivityProject = NonNullable<HomeActivityQuery["project"]>;
type Place = { entity: string; project: string };

export type HomeRun = Place & { run: NonNullable<ActivityProject["runs"]>["edges"][number]["node"] };
export type HomeVersion = Place & { entry: ActivityProject["history"]["edges"][number]["node"] };

/** The viewer's latest runs in a project, and the latest versions there. */
export function homeActivityQuery({ entity, project }: Place, username: string) {
	return queryOptions({
		queryKey: ["home-activity", { entity, project }],
		queryFn: async ({ signal }) => {
			const mine = JSON.stringify({ username });
			const found = (await ask(HomeActivityDocument, { entity, project, mine }, signal)).project;
			return {
				runs: nodesOf(found?.runs).map((run): HomeRun => ({ entity, project, run })),
				versions: nodesOf(found?.history)
					.filter(({ artifact }) => artifact !== null)
					.map((entry): HomeVersion => ({ entity, project, entry })),
			};
		},
	});
}
