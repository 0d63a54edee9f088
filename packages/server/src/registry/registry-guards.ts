import type { Guard } from "../guards.ts";
import { insertProject, projectNameKey } from "../project/index.ts";
import { coreRegistries, registryProjectName } from "./registry-name-rules.ts";
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
