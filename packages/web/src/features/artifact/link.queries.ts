import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { afterOf, ask, nextPage } from "../../graphql-client.ts";
import type { SelectionPath } from "../registry/registry-paths.ts";
import {
	LinkCollectionDocument,
	LinkCollectionsDocument,
	LinkTargetsDocument,
	type LinkTargetsQuery,
} from "./link.graphql.gen.ts";
import { anyCase } from "./version-filter.ts";

type Organization = NonNullable<NonNullable<LinkTargetsQuery["viewer"]>["organizations"]>[number];
export type LinkTarget = Organization["registries"][number] & { organization: string };

/** The registries of the reader's organisations. */
export const linkTargetsQuery = queryOptions({
	queryKey: ["link-targets"],
	queryFn: async ({ signal }): Promise<LinkTarget[]> => {
		const { viewer } = await ask(LinkTargetsDocument, {}, signal);
		return (viewer?.organizations ?? []).flatMap(({ name, registries }) =>
			registries.map((registry) => ({ ...registry, organization: name })),
		);
	},
});

/** Why a registry is not offered for a version. */
export type Obstacle = "type" | "right";

/** What keeps a version of this type from being linked to a registry by the reader; undefined: nothing. */
export function obstacleTo(target: LinkTarget, type: string): Obstacle | undefined {
	if (!target.capabilities.includes("VERSION_LINK")) return "right";
	const isTaken = target.allowAllArtifactTypesInRegistry || target.acceptedArtifactTypes.includes(type);
	return isTaken ? undefined : "type";
}

/** The collections of a registry that hold a type, by name; those whose name has the text. */
export function linkCollectionsQuery(target: LinkTarget | undefined, type: string, search: string) {
	return infiniteQueryOptions({
		queryKey: ["link-collections", target?.id, type, search],
		enabled: target !== undefined,
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const text = search.trim();
			const filters = JSON.stringify({ type, ...(text === "" ? {} : { name: { $regex: anyCase(text) } }) });
			const variables = { entity: target?.entityName ?? "", project: target?.name ?? "", filters };
			const result = await ask(LinkCollectionsDocument, { ...variables, after: afterOf(pageParam) }, signal);
			return result.project?.artifactCollections ?? null;
		},
		getNextPageParam: nextPage,
	});
}

/** The collection to link to and its aliases; null while there is none of that name. */
export function linkCollectionQuery({ entity, project, collection: name }: SelectionPath) {
	return queryOptions({
		queryKey: ["link-collection", entity, project, name],
		queryFn: async ({ signal }) =>
			(await ask(LinkCollectionDocument, { entity, project, name }, signal)).project?.artifactCollection ?? null,
	});
}
