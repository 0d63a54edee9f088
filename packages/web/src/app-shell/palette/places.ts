import { printSelectionPath, registryNameOf } from "../../features/registry/registry-paths.ts";

type Place = {
	name: string;
	entityName: string;
	isRegistry: boolean;
	entity: { organization: { name: string } | null };
};

function path(...parts: string[]): string {
	return `/${parts.map(encodeURIComponent).join("/")}`;
}

/** The address of a project or a registry. */
export function placeHref({ name, entityName, isRegistry, entity }: Place): string {
	if (!isRegistry || entity.organization === null) return path(entityName, name);
	return path("orgs", entity.organization.name, "registry", registryNameOf(name));
}

/** What a project or registry is called where many stand side by side. */
export function placeName({ name, entityName, isRegistry, entity }: Place): string {
	return isRegistry ? `${entity.organization?.name ?? entityName} / ${registryNameOf(name)}` : `${entityName}/${name}`;
}

/** The address of a collection, or of a version in it: an alias or `vN`. */
export function collectionHref(place: Place, type: string, name: string, version?: string): string {
	const { entityName, name: project, isRegistry } = place;
	if (!isRegistry) {
		return path(entityName, project, "artifacts", type, name, ...(version === undefined ? [] : [version]));
	}
	const search = new URLSearchParams({
		selectionPath: printSelectionPath({ entity: entityName, project, collection: name }),
	});
	if (version !== undefined) {
		search.set("view", "membership");
		search.set("version", version);
	}
	return `${placeHref(place)}?${search}`;
}

export function runHref({ entityName, name }: Place, run: string): string {
	return path(entityName, name, "runs", run);
}
