import { queryOptions } from "@tanstack/react-query";
import { nodesOf, request } from "../../graphql-client.ts";

const homeDocument = /* GraphQL */ `
	query Home($personal: String!) {
		viewer {
			id
			teams { edges { node { id name projects(first: 12) { edges { node { ...HomeProject } } } } } }
		}
		entity(name: $personal) { id name projects(first: 12) { edges { node { ...HomeProject } } } }
	}
	fragment HomeProject on Project { id name entityName description access createdAt updatedAt runCount }
`;

export type HomeProject = {
	id: string;
	name: string;
	entityName: string;
	description: string | null;
	access: string | null;
	createdAt: string;
	updatedAt: string | null;
	runCount: number;
};

type HomeEntity = { id: string; name: string; projects: { edges: { node: HomeProject }[] } | null };

type HomeResult = {
	viewer: { id: string; teams: { edges: { node: HomeEntity }[] } | null } | null;
	entity: HomeEntity | null;
};

function newestFirst(a: HomeProject, b: HomeProject): number {
	return (b.updatedAt ?? b.createdAt).localeCompare(a.updatedAt ?? a.createdAt);
}

/** The latest projects of the viewer's own entity and teams. */
export function homeQuery(personal: string) {
	return queryOptions({
		queryKey: ["home", personal],
		queryFn: async ({ signal }): Promise<HomeProject[]> => {
			const result = await request<HomeResult>(homeDocument, { personal }, signal);
			const entities = [...nodesOf(result.viewer?.teams), result.entity];
			const projects = entities.flatMap((entity) => nodesOf(entity?.projects));
			return [...new Map(projects.map((project) => [project.id, project])).values()].sort(newestFirst).slice(0, 20);
		},
	});
}
