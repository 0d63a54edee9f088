import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask, nodesOf } from "../graphql-client.ts";
import { nameFilter } from "../ui/name-filter.ts";
import { SidebarProjectsDocument } from "./sidebar.graphql.gen.ts";

/** The projects of an entity that have the text in their name, those that changed last first; and whether there are more. */
export function sidebarProjectsQuery(entity: string, text: string) {
	return queryOptions({
		queryKey: ["sidebar-projects", entity, text],
		queryFn: async ({ signal }) => {
			const variables = { entity, filters: nameFilter(text) };
			const found = (await ask(SidebarProjectsDocument, variables, signal)).entity?.projects;
			const names = nodesOf(found).flatMap(({ name, isRegistry }) => (isRegistry ? [] : [name]));
			return { names, isMore: found?.pageInfo.hasNextPage === true };
		},
		placeholderData: keepPreviousData,
		staleTime: 60_000,
	});
}
