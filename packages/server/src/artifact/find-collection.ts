import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { findCollection } from "./artifact-reader.ts";
import type { CollectionRow } from "./artifact-rows.ts";

/** The collection of that name in a project the actor may see. */
export async function findCollectionByName(ctx: Ctx, project: ProjectRow, name: string): Promise<CollectionRow | null> {
	if (!mayOnProject(ctx.actor, project, "project.see")) return null;
	return (await findCollection(ctx.db, project.id, name)) ?? null;
}
