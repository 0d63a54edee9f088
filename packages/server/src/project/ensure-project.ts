import { projectRole } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import type { EntityRow } from "../org/index.ts";
import { findProject, type ProjectAddress, readProjectAt } from "./find-project.ts";
import { insertProject } from "./insert-project.ts";
import type { ProjectRow } from "./project-reader.ts";
import { checkProjectName, defaultProjectName, projectNameKey } from "./project-rules.ts";
import { requireOn } from "./require-project.ts";
import { requireWritableEntity } from "./require-writable-entity.ts";

/**
 * The project, made on the spot (private) where it is not there and the caller may write in the entity.
 * Many at once make one. `checkMaking` may refuse to make it. Never makes, or answers with, something under an org entity: registries are made on purpose.
 */
export async function ensureProject(
	ctx: Ctx,
	address: ProjectAddress,
	checkMaking: (entity: EntityRow, projectName: string) => Promise<void> = async () => {},
): Promise<ProjectRow> {
	const found = await findProject(ctx, address);
	if (found !== null && found.entityKind !== "organization") {
		requireOn(ctx, found, "project.write");
		return found;
	}
	const entity = await requireWritableEntity(ctx, address.entityName);
	const name = address.projectName || defaultProjectName;
	checkProjectName(name);
	await checkMaking(entity, name);
	return await inTransaction(ctx, async (ctx) => {
		const made = await insertProject(ctx, {
			entityId: entity.id,
			name,
			nameKey: projectNameKey(entity.kind, name),
			access: "PRIVATE",
			description: null,
		});
		return made ?? (await readOther(ctx, { entityName: entity.name, projectName: name }));
	});
}

/** What somebody else made meanwhile, or a restricted project that the caller is not named to. */
async function readOther(ctx: Ctx, address: { entityName: string; projectName: string }): Promise<ProjectRow> {
	const project = await readProjectAt(ctx, address);
	if (project === null || projectRole(ctx.actor, project) === "none") {
		throw new DomainError(
			"NOT_FOUND",
			`project "${address.projectName}" of "${address.entityName}" is not open to you: use another project name`,
		);
	}
	requireOn(ctx, project, "project.write");
	return project;
}
