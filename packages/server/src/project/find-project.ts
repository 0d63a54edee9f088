import { projectRole } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { type ProjectRow, readProject } from "./project-reader.ts";
import { defaultProjectName } from "./project-rules.ts";

/** A project as the client names it: without an entity the caller's default one, without a name `uncategorized`. */
export type ProjectAddress = { readonly entityName: string | null; readonly projectName: string | null };

/** The project, if the caller may know of it. */
export async function findProject(ctx: Ctx, address: ProjectAddress): Promise<ProjectRow | null> {
	const project = await readProjectAt(ctx, address);
	return project !== null && projectRole(ctx.actor, project) !== "none" ? project : null;
}

/** The project at this address; asks no policy. */
export async function readProjectAt(ctx: Ctx, address: ProjectAddress): Promise<ProjectRow | null> {
	const projectName = address.projectName || defaultProjectName;
	if (address.entityName) return await readProject(ctx.db, { name: address.entityName }, projectName);
	if (ctx.actor.kind !== "user") return null;
	return await readProject(ctx.db, { id: ctx.actor.defaultEntityId }, projectName);
}
