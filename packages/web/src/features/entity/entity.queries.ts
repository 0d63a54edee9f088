import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage } from "../../graphql-client.ts";
import { nameFilter } from "../../ui/name-filter.ts";
import { EntityPageDocument, type EntityPageQuery, EntityProjectsDocument } from "./entity.graphql.gen.ts";

export type Member = NonNullable<NonNullable<EntityPageQuery["entity"]>["members"]>[number];

/** A team, a user or an organisation, with its members. */
export function entityQuery(entity: string) {
	return queryOptions({
		queryKey: ["entity", entity],
		queryFn: async ({ signal }) => found((await ask(EntityPageDocument, { entity }, signal)).entity, "entity", entity),
	});
}

export type ProjectSearch = { text: string; order: string };

/** The projects of an entity that have a text in their name, in an order, page by page. */
export function entityProjectsQuery(entity: string, { text, order }: ProjectSearch) {
	return infiniteQueryOptions({
		queryKey: ["entity-projects", entity, text, order],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const variables = { entity, order, after: afterOf(pageParam), filters: nameFilter(text) };
			return found((await ask(EntityProjectsDocument, variables, signal)).entity, "entity", entity).projects;
		},
		getNextPageParam: nextPage,
		placeholderData: keepPreviousData,
	});
}
