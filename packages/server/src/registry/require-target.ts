import { projectRole } from "../access/project-role.ts";
import { nearestNames } from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Guard } from "../guards.ts";
import { findOrganization } from "../org/index.ts";
import { findProject, type ProjectAddress, type ProjectRow, requireProject } from "../project/index.ts";
import { listRegistries } from "./list-registries.ts";
import { registryNameOf, registryProjectName } from "./registry-name-rules.ts";
import { findRegistries, type RegistryRow, readDeletedRegistry } from "./registry-reader.ts";

/** The project or registry that a collection of links is to be in; an unknown registry is answered with those there are. */
export async function requireTarget(ctx: Ctx, address: ProjectAddress): Promise<ProjectRow> {
	const registryName = registryNameOf(address.projectName ?? "");
	if (registryName === null) return await requireProject(ctx, address, "project.see");
	return (await findProject(ctx, address)) ?? (await registryNotFound(ctx, address.entityName, registryName));
}

/** Says of a registry that is not there which ones are; where no organisation is known, it is like any other project. */
export const nameRegistries: Guard<"project.missing"> = async (ctx, { entityName, projectName }) => {
	const registryName = registryNameOf(projectName);
	if (registryName === null || entityName === null) return;
	// Nobody may know more of an organisation that he does not know than that there is no such project.
	if ((await findOrganization(ctx, entityName)) !== null) await registryNotFound(ctx, entityName, registryName);
};

async function registryNotFound(ctx: Ctx, entityName: string | null, registryName: string): Promise<never> {
	const organization = entityName === null ? null : await findOrganization(ctx, entityName);
	if (organization === null) {
		throw unknownRegistry({ wanted: registryName, organizationName: entityName ?? "", known: [], wasSeen: false });
	}
	const registries = await listRegistries(ctx, organization.id);
	const names = registries.map(({ name }) => registryNameOf(name) ?? name);
	const deleted = await readDeletedRegistry(ctx.db, organization.id, registryProjectName(registryName));
	const wasSeen = deleted !== undefined && projectRole(ctx.actor, deleted) !== "none";
	throw unknownRegistry({ wanted: registryName, organizationName: organization.name, known: names, wasSeen });
}

type Unknown = {
	readonly wanted: string;
	readonly organizationName: string;
	readonly known: readonly string[];
	/** Whether one of that name was deleted that the actor could see. */
	readonly wasSeen: boolean;
};

function unknownRegistry({ wanted, organizationName, known, wasSeen }: Unknown): DomainError {
	if (wasSeen) {
		return new DomainError(
			"NOT_FOUND",
			`the registry "${wanted}" of the organisation "${organizationName}" was deleted: what was linked in it is where it was logged. There are: ${known.join(", ")}`,
		);
	}
	const near = nearestNames(wanted, known)[0];
	const there = known.length === 0 ? "" : `; there are: ${known.join(", ")}`;
	const hint = near === undefined ? "" : `. Did you mean "${near}"?`;
	return new DomainError(
		"NOT_FOUND",
		`registry "${wanted}" was not found in the organisation "${organizationName}"${there}${hint}`,
	);
}

/** Refuses a type that a registry does not take; an ordinary project takes all. */
export async function requireAccepted(ctx: Ctx, project: ProjectRow, typeName: string): Promise<void> {
	if (!project.isRegistry || (await isKnownToAccept(ctx, project, typeName))) return;
	const [registry] = await findRegistries(ctx.db, [project.id]);
	if (registry === undefined || isAccepted(registry, typeName)) return;
	const accepted = registry.acceptedTypes.map((type) => `"${type}"`).join(", ");
	throw new DomainError(
		"UNPROCESSABLE",
		`the registry "${registryNameOf(project.name)}" does not take versions of type "${typeName}": ${accepted === "" ? "it accepts none yet, which its admins can change" : `it accepts ${accepted}`}`,
	);
}

/** Remembered for a moment, as the project is. */
async function isKnownToAccept(ctx: Ctx, project: ProjectRow, typeName: string): Promise<boolean> {
	if (ctx.db.isTransaction) return false;
	const key = JSON.stringify(["registry accepts", project.id, typeName]);
	const found = await ctx.actors.recall(ctx.actor, key, ctx.clock(), async () => {
		const [registry] = await findRegistries(ctx.db, [project.id]);
		return registry !== undefined && isAccepted(registry, typeName) ? registry : null;
	});
	return found !== null;
}

function isAccepted(registry: RegistryRow, typeName: string): boolean {
	return registry.allowAllTypes || registry.acceptedTypes.includes(typeName);
}
