import { projectRole } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { type NamesCounted, type ProjectRow, readProject } from "./project-reader.ts";
import { defaultProjectName } from "./project-rules.ts";

/** A project as the client names it: without an entity the caller's default one, without a name `uncategorized`. */
export type ProjectAddress = { readonly entityName: string | null; readonly projectName: string | null };

/** The project at this address, or that was there last, if the caller may know of it. */
export async function findProject(ctx: Ctx, address: ProjectAddress): Promise<ProjectRow | null> {
	return ifSeen(ctx, await readProjectAt(ctx, address));
}

/** As `findProject`, by the names that projects have now: a name that one had is free for another. */
export async function findProjectOfName(ctx: Ctx, address: ProjectAddress): Promise<ProjectRow | null> {
	return ifSeen(ctx, await readProjectAt(ctx, address, "present"));
}

function ifSeen(ctx: Ctx, project: ProjectRow | null): ProjectRow | null {
	return project !== null && projectRole(ctx.actor, project) !== "none" ? project : null;
}

/** The project at this address; asks no policy. */
export async function readProjectAt(
	ctx: Ctx,
	address: ProjectAddress,
	names: NamesCounted = "former too",
): Promise<ProjectRow | null> {
	const projectName = address.projectName || defaultProjectName;
	if (address.entityName) return await readProject(ctx.db, { name: address.entityName }, projectName, names);
	if (ctx.actor.kind !== "user") return null;
	return await readProject(ctx.db, { id: ctx.actor.defaultEntityId }, projectName, names);
}
