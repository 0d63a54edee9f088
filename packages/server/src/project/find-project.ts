import { projectRole } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { type NamesCounted, type ProjectRow, readProject } from "./project-reader.ts";
import { defaultProjectName } from "./project-rules.ts";

/** A project as the client names it: without an entity the caller's default one, without a name `uncategorized`. */
export type ProjectAddress = { readonly entityName: string | null; readonly projectName: string | null };

/** The project at this address, or that was there last, if the caller may know of it. */
export async function findProject(ctx: Ctx, address: ProjectAddress): Promise<ProjectRow | null> {
	return await findSeen(ctx, address, "former too");
}

/** As `findProject`, by the names that projects have now: a name that one had is free for another. */
export async function findProjectOfName(ctx: Ctx, address: ProjectAddress): Promise<ProjectRow | null> {
	return await findSeen(ctx, address, "present");
}

/** Remembered for a moment: a run asks for its project with each of its requests. */
async function findSeen(ctx: Ctx, address: ProjectAddress, names: NamesCounted): Promise<ProjectRow | null> {
	const lookUp = async () => {
		const project = await readProjectAt(ctx, address, names);
		return project !== null && projectRole(ctx.actor, project) !== "none" ? project : null;
	};
	// A transaction may have changed what it asks for, and not committed it.
	if (ctx.db.isTransaction) return await lookUp();
	const key = JSON.stringify(["project", names, address.entityName, address.projectName]);
	return await ctx.actors.recall(ctx.actor, key, ctx.clock(), lookUp);
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
