import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { findSweepInProject, type SweepRow } from "./sweep-reader.ts";

/** The sweep of that name; null where there is none, or where the viewer knows the project by name only. */
export async function findSweepByName(ctx: Ctx, project: ProjectRow, name: string): Promise<SweepRow | null> {
	if (name.includes("\u0000") || !mayOnProject(ctx.actor, project, "project.see")) return null;
	return await findSweepInProject(ctx.db, project.id, name);
}
