import { userIdOf } from "../access/actor.ts";
import type { ProjectAccess } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { emit } from "../jobs/outbox.ts";
import { findProjectById, type ProjectRow } from "./project-reader.ts";
import { insertProjectRow, nextProjectNumber } from "./project-store.ts";

export type NewProject = {
	readonly entityId: string;
	readonly name: string;
	/** From `projectNameKey`: lower case under an org entity. */
	readonly nameKey: string;
	readonly access: ProjectAccess;
	readonly description: string | null;
};

/** Makes a project inside the caller's transaction; null when the entity has one of that name already. */
export async function insertProject(ctx: Ctx, input: NewProject): Promise<ProjectRow | null> {
	const id = ctx.ids.uuid();
	const inserted = await insertProjectRow(ctx, {
		...input,
		id,
		number: await nextProjectNumber(ctx.db),
		createdBy: userIdOf(ctx.actor),
		createdAt: ctx.clock(),
	});
	if (!inserted) return null;
	await emit(ctx, { type: "project.created", projectId: id, entityId: input.entityId, name: input.name });
	return await findProjectById(ctx.db, id);
}
