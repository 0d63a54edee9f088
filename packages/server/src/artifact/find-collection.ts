import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import type { CollectionRow } from "./artifact-rows.ts";
import { findCollectionByAnyName } from "./collection-name-reader.ts";

/** The collection of that name, or that had it before, in a project the actor may see. */
export async function findCollectionByName(ctx: Ctx, project: ProjectRow, name: string): Promise<CollectionRow | null> {
	if (!mayOnProject(ctx.actor, project, "project.see")) return null;
	return (await findCollectionByAnyName(ctx.db, project.id, name)) ?? null;
}
