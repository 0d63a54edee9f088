import { DomainError } from "../errors.ts";
import type { Guard } from "../guards.ts";
import { insertProject, projectNameKey } from "../project/index.ts";
import { coreRegistries, registryNameOf, registryProjectName } from "./registry-name-rules.ts";
import { findRegistries } from "./registry-reader.ts";
import { insertRegistry } from "./registry-store.ts";
import { acceptTypes } from "./save-registry.ts";

/** Every organisation starts with the registries `model` and `dataset`, made in the transaction that makes it. */
export const makeCoreRegistries: Guard<"organization.create"> = async (ctx, { organizationId, entityId }) => {
	for (const { name, typeName } of coreRegistries) {
		const projectName = registryProjectName(name);
		const project = await insertProject(ctx, {
			entityId,
			name: projectName,
			nameKey: projectNameKey("organization", projectName),
			access: "PRIVATE",
			description: null,
		});
		if (project === null) throw new Error(`the new organisation ${organizationId} has a registry ${name} already`);
		await insertRegistry(ctx, {
			projectId: project.id,
			organizationId,
			core: true,
			defaultRole: "member",
			allowAllTypes: false,
		});
		await acceptTypes(ctx, project.id, [typeName]);
	}
};

/** A registry stays one by its name, nothing else becomes one, and the core registries keep theirs. */
export const keepRegistryName: Guard<"project.rename"> = async (ctx, { projectId, isRegistry, from, to }) => {
	if (!isRegistry) {
		if (registryNameOf(to) === null) return;
		throw new DomainError(
			"UNPROCESSABLE",
			`"${from}" is a project, and names that begin with "${registryProjectName("")}" are those of registries: use another name`,
		);
	}
	const [registry] = await findRegistries(ctx.db, [projectId]);
	if (registry?.core === true && from.toLowerCase() !== to.toLowerCase()) {
		throw new DomainError(
			"UNPROCESSABLE",
			`the registry "${registryNameOf(from)}" is there from the start and keeps its name: make another registry and link into it`,
		);
	}
	if (registryNameOf(to)) return;
	throw new DomainError(
		"INVALID_INPUT",
		`"${to}" cannot be the name of a registry: it begins with "${registryProjectName("")}", and something follows`,
	);
};

/** The core registries are every organisation's. */
export const keepCoreRegistries: Guard<"project.delete"> = async (ctx, { projectId }) => {
	const [registry] = await findRegistries(ctx.db, [projectId]);
	if (registry?.core !== true) return;
	throw new DomainError(
		"UNPROCESSABLE",
		"this registry is there from the start and cannot be deleted: delete the collections in it",
	);
};
