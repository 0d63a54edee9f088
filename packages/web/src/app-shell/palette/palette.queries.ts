import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { registryNameOf, registryTitle } from "../../features/registry/registry-paths.ts";
import { ask } from "../../graphql-client.ts";
import { iconOfType } from "../../ui/icon-paths.ts";
import { PaletteSearchDocument, type PaletteSearchQuery } from "./palette.graphql.gen.ts";
import type { PaletteItem } from "./palette-items.ts";
import { collectionHref, placeHref, placeName, runHref } from "./places.ts";

type Hit = PaletteSearchQuery["search"][number];
type Collection = NonNullable<Hit["collection"]>;

function collectionItem(collection: Collection, matched: string, version?: string): PaletteItem[] {
	const { id, name, project, defaultArtifactType: type } = collection;
	if (project === null) return [];
	return [
		{
			id: `${id} ${version ?? ""}`,
			group: version === undefined ? "collections" : "versions",
			icon: iconOfType(type.name),
			title: version === undefined ? name : `${name}:${version}`,
			detail: placeName(project),
			...(matched === name ? {} : { matched }),
			href: collectionHref(project, type.name, name, version),
		},
	];
}

function itemsOf({ matched, project, collection, membership, run }: Hit): PaletteItem[] {
	if (project !== null) {
		const { id, isRegistry, name, entity, entityName } = project;
		return [
			{
				id,
				group: isRegistry ? "registries" : "projects",
				icon: isRegistry ? "registry" : "project",
				title: isRegistry ? registryTitle(registryNameOf(name)) : name,
				detail: isRegistry ? (entity.organization?.name ?? entityName) : entityName,
				...(matched === name ? {} : { matched }),
				href: placeHref(project),
			},
		];
	}
	if (collection !== null) {
		const index = collection.artifactMembership?.versionIndex;
		const named = typeof index === "number" ? collectionItem(collection, matched, `v${index}`) : [];
		return [...named, ...collectionItem(collection, matched)];
	}
	if (membership?.artifactCollection) {
		return collectionItem(membership.artifactCollection, matched, `v${membership.versionIndex ?? 0}`);
	}
	if (run === null) return [];
	const { id, name, displayName, project: place } = run;
	return [
		{
			id,
			group: "runs",
			icon: "run",
			title: displayName ?? name,
			detail: displayName === null || displayName === name ? placeName(place) : `${placeName(place)} · ${name}`,
			href: runHref(place, name),
		},
	];
}

/** `net:v3` asks for collections like `net`, and for that version of each. */
export function splitVersion(text: string): { name: string; version: string | undefined } {
	const [, name = text, version] = /^(.+):([^:\s]+)$/.exec(text) ?? [];
	return { name, version };
}

/** What the server finds for a text. What was found before stays while the next is on its way. */
export function paletteSearchQuery(text: string) {
	return queryOptions({
		queryKey: ["search", text],
		enabled: text !== "",
		queryFn: async ({ signal }) => {
			const { name, version } = splitVersion(text);
			const variables = { text: name, version: version ?? "", withVersion: version !== undefined };
			return (await ask(PaletteSearchDocument, variables, signal)).search.flatMap(itemsOf);
		},
		placeholderData: keepPreviousData,
		staleTime: 30_000,
	});
}
