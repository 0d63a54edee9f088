import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { findType } from "./artifact-reader.ts";
import type { TypeRow } from "./artifact-rows.ts";

/** One artifact type of a project the actor may see. */
export async function findArtifactType(ctx: Ctx, project: ProjectRow, name: string): Promise<TypeRow | null> {
	if (!mayOnProject(ctx.actor, project, "collection.see")) return null;
	const lookUp = async () => (await findType(ctx.db, project.id, name)) ?? null;
	if (ctx.db.isTransaction) return await lookUp();
	// Remembered for a moment like its project: pages of its collections ask for it each.
	return await ctx.actors.recall(ctx.actor, JSON.stringify(["type", project.id, name]), ctx.clock(), lookUp);
}
