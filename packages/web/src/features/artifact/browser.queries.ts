import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage, nodesOf } from "../../graphql-client.ts";
import { nameFilter } from "../../ui/name-filter.ts";
import type { BranchPage } from "../../ui/use-branches.ts";
import {
	ArtifactTypeCollectionsDocument,
	ArtifactTypeGroupsDocument,
	type ArtifactTypeGroupsQuery,
	type BrowserCollectionFragment,
	BrowserCurrentDocument,
	type BrowserNodeFragment,
	BrowserSearchDocument,
	BrowserTypeDocument,
	BrowserTypesDocument,
	BrowserVersionsDocument,
} from "./browser.graphql.gen.ts";

/** A collection as lists show it. */
export type CollectionRow = BrowserCollectionFragment;

type Types = NonNullable<NonNullable<ArtifactTypeGroupsQuery["project"]>["artifactTypes"]>;
export type TypeGroup = NonNullable<Types["edges"][number]["node"]>;

type Place = { entity: string; project: string };
const pathOf = ({ entity, project }: Place) => `${entity}/${project}`;

/** Of each type, so many collections are shown on the page of all. */
const shownOfType = 20;

/** The artifacts of a project by type: the first collections of each. */
export function artifactTypesQuery(entity: string, project: string) {
	return queryOptions({
		queryKey: ["artifact-types", entity, project],
		queryFn: async ({ signal }) => {
			const result = await ask(ArtifactTypeGroupsDocument, { entity, project, first: shownOfType }, signal);
			return nodesOf(found(result.project, "project", `${entity}/${project}`).artifactTypes);
		},
	});
}

/** The collections of one type, page by page; narrowed and ordered by the server. */
export function artifactTypeQuery(
	place: Place & { type: string },
	search: string | undefined,
	order: string | undefined,
) {
	return infiniteQueryOptions({
		queryKey: ["artifact-type", place, search ?? "", order ?? ""],
		initialPageParam: "",
		queryFn: async ({ pageParam, signal }) => {
			const filters = nameFilter(search ?? "");
			const variables = { ...place, filters, order: order ?? null, after: afterOf(pageParam) };
			const { project } = await ask(ArtifactTypeCollectionsDocument, variables, signal);
			return found(found(project, "project", pathOf(place)).artifactType, "artifact", place.type).artifactCollections;
		},
		getNextPageParam: nextPage,
		placeholderData: (previous) => previous,
	});
}

/** A row of the browser: a type, a collection, or a version in its place. */
export type BrowserItem =
	| { kind: "type"; name: string; total: number }
	| { kind: "collection"; id: string; name: string; type: string; versionCount: number }
	| { kind: "version"; id: string; index: number; aliases: string[] };

function toCollection({
	id,
	name,
	versionCount,
	defaultArtifactType: { name: type },
}: BrowserNodeFragment): BrowserItem {
	return { kind: "collection", id, name, type, versionCount };
}

export async function readTypes(place: Place, signal: AbortSignal): Promise<BranchPage<BrowserItem>> {
	const { project } = await ask(BrowserTypesDocument, place, signal);
	const items = nodesOf(project?.artifactTypes).map(
		({ name, artifactCollections: of }): BrowserItem => ({ kind: "type", name, total: of?.totalCount ?? 0 }),
	);
	return { items, next: undefined };
}

export async function readTypeCollections(place: Place & { type: string; after: string }, signal: AbortSignal) {
	const { project } = await ask(BrowserTypeDocument, { ...place, after: afterOf(place.after) }, signal);
	const page = project?.artifactType?.artifactCollections ?? null;
	return { items: nodesOf(page).map(toCollection), next: nextPage(page) };
}

export async function findCollections(place: Place & { text: string; after: string }, signal: AbortSignal) {
	const { text, after, ...project } = place;
	const result = await ask(
		BrowserSearchDocument,
		{ ...project, filters: nameFilter(text), after: afterOf(after) },
		signal,
	);
	const page = result.project?.artifactCollections ?? null;
	return { items: nodesOf(page).map(toCollection), next: nextPage(page) };
}

export async function readVersions(collection: string, after: string, signal: AbortSignal) {
	const { artifactCollection } = await ask(BrowserVersionsDocument, { collection, after: afterOf(after) }, signal);
	const page = artifactCollection?.artifactMemberships ?? null;
	const items = nodesOf(page).flatMap(({ id, versionIndex: index, aliases }): BrowserItem[] =>
		index === null ? [] : [{ kind: "version", id, index, aliases: aliases.map(({ alias }) => alias) }],
	);
	return { items, next: nextPage(page) };
}

/** The collection that the page is about, which may be far down in the list of its type. */
export function browserCurrentQuery(place: Place, name: string) {
	return queryOptions({
		queryKey: ["browser-current", place, name],
		queryFn: async ({ signal }) => {
			const { project } = await ask(BrowserCurrentDocument, { ...place, name }, signal);
			return project?.artifactCollection ? toCollection(project.artifactCollection) : null;
		},
	});
}
