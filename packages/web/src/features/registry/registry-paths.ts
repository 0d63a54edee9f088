/** What `selectionPath` in a registry's address names. */
export type SelectionPath = { entity: string; project: string; collection: string };

const prefix = "wandb-registry-";
const coreRegistries: Readonly<Record<string, string>> = { model: "Model", dataset: "Dataset" };

/** Reads `{orgEntity}/wandb-registry-{registry}/{collection}`; undefined when it is not of that form. */
export function parseSelectionPath(text: string): SelectionPath | undefined {
	const [entity = "", project = "", ...rest] = text.split("/");
	const collection = rest.join("/");
	if (entity === "" || collection === "" || !project.toLowerCase().startsWith(prefix)) return undefined;
	return { entity, project, collection };
}

/** The counterpart of parseSelectionPath. */
export function printSelectionPath({ entity, project, collection }: SelectionPath): string {
	return `${entity}/${project}/${collection}`;
}

/** `model` from `wandb-registry-model`; a project that is no registry keeps its name. */
export function registryNameOf(project: string): string {
	return project.toLowerCase().startsWith(prefix) ? project.slice(prefix.length) : project;
}

/** The project that holds a registry's collections. */
export function registryProject(registry: string): string {
	return `${prefix}${registry}`;
}

/** The name on the page: the two registries that every organisation starts with are written Model and Dataset. */
export function registryTitle(registry: string): string {
	const name = registry.toLowerCase();
	return Object.hasOwn(coreRegistries, name) ? (coreRegistries[name] ?? registry) : registry;
}

/** Whether every organisation has this registry from its start. */
export function isCoreRegistry(registry: string): boolean {
	return Object.hasOwn(coreRegistries, registry.toLowerCase());
}

/** The address of a collection of a registry, or of a version there, in the form that the client prints. */
export function registryAddress(place: {
	org: string;
	registry: string;
	path: SelectionPath;
	version?: string;
}): string {
	const { org, registry, path, version } = place;
	const search = new URLSearchParams({ selectionPath: printSelectionPath(path) });
	if (version !== undefined) {
		search.set("view", "membership");
		search.set("version", version);
	}
	return `/orgs/${encodeURIComponent(org)}/registry/${encodeURIComponent(registry)}?${search.toString()}`;
}
