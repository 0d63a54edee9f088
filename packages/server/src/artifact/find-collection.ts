import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { type CollectionFound, findCollectionByAnyName } from "./collection-name-reader.ts";

/** The collection of that name, or that had it before, in a project the actor may see; it may have moved to another. */
export async function findCollectionByName(
	ctx: Ctx,
	project: ProjectRow,
	name: string,
): Promise<CollectionFound | null> {
	if (!mayOnProject(ctx.actor, project, "collection.see")) return null;
	return await findSeen(ctx, project, name);
}

/** As `findCollectionByName`, in a project that the actor sees: where the name led to may be one that he does not see. */
export async function findSeen(ctx: Ctx, project: ProjectRow, name: string): Promise<CollectionFound | null> {
	const found = await findCollectionByAnyName(ctx.db, project.id, name);
	return found !== undefined && mayOnProject(ctx.actor, found.project, "collection.see") ? found : null;
}
