/** wire: a registry is a project of an org entity whose name starts so. */
const prefix = "wandb-registry-";

/** wire: the project where `link_model` puts registered models. */
export const legacyRegistry = "model-registry";

/** Registries that every organisation has from the start, and the type that each accepts. */
export const coreRegistries = [
	{ name: "model", typeName: "model" },
	{ name: "dataset", typeName: "dataset" },
] as const;

/** The project name of a registry. */
export function registryProjectName(registryName: string): string {
	return `${prefix}${registryName}`;
}

/** The registry's name in a project name, whatever its case; null for an ordinary project. */
export function registryNameOf(projectName: string): string | null {
	return projectName.toLowerCase().startsWith(prefix) ? projectName.slice(prefix.length) : null;
}
