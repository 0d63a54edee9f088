import { mayOnProject, projectRole } from "../access/project-role.ts";
import type { ProjectAction } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { findEntity, writableEntityNames } from "../org/index.ts";
import { findProject, type ProjectAddress } from "./find-project.ts";
import { missingRole } from "./missing-role.ts";
import { findProjectById, type ProjectRow } from "./project-reader.ts";
import { defaultProjectName } from "./project-rules.ts";

/** The project, or an error: one text for what does not exist and what the caller may not know of. */
export async function requireProject(ctx: Ctx, address: ProjectAddress, action: ProjectAction): Promise<ProjectRow> {
	const project = await findProject(ctx, address);
	if (project === null) throw await projectNotFound(ctx, address);
	requireOn(ctx, project, action);
	return project;
}

/** A project by its id, deleted or not, that the caller may know of. */
export async function requireProjectById(ctx: Ctx, id: string): Promise<ProjectRow> {
	const project = await findProjectById(ctx.db, id);
	if (project !== null && projectRole(ctx.actor, project) !== "none") return project;
	throw new DomainError("NOT_FOUND", "no project has this id: it never was, or you may not see it");
}

/** Refuses unless the caller may do this in the project. */
export function requireOn(ctx: Ctx, project: ProjectRow, action: ProjectAction): void {
	if (mayOnProject(ctx.actor, project, action)) return;
	if (projectRole(ctx.actor, project) === "none") {
		throw new DomainError("NOT_FOUND", notFoundText(project.name, project.entityName));
	}
	if (project.deletedAt !== null) {
		throw new DomainError("GONE", `"${project.entityName}/${project.name}" was deleted: use or make another project`);
	}
	throw missingRole(ctx.actor, project, action);
}

function notFoundText(projectName: string, entityName: string): string {
	return `project "${projectName}" was not found in entity "${entityName}"`;
}

async function projectNotFound(ctx: Ctx, address: ProjectAddress): Promise<DomainError> {
	const names = await writableEntityNames(ctx);
	const entityName = address.entityName || (await findEntity(ctx, null))?.name || "";
	const text = notFoundText(address.projectName || defaultProjectName, entityName);
	const isOwn = names.some((name) => name.toLowerCase() === entityName.toLowerCase());
	return new DomainError("NOT_FOUND", isOwn || names.length === 0 ? text : `${text}; you can use: ${names.join(", ")}`);
}
