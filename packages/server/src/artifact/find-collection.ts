import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { findCollectionsByIds } from "./artifact-reader.ts";
import { type CollectionFound, findCollectionByAnyName, findProjectsOfCollections } from "./collection-name-reader.ts";

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

/** A living collection by its id, in a project that the actor may see. */
export async function findCollectionById(ctx: Ctx, id: string): Promise<CollectionFound | null> {
	// Both asked for what is unknown too: the number of queries tells nobody that there is something he may not see.
	const [[collection], [project]] = await Promise.all([
		findCollectionsByIds(ctx.db, [id]),
		findProjectsOfCollections(ctx.db, [id]),
	]);
	if (collection === undefined || project === undefined || collection.deletedAt !== null) return null;
	return mayOnProject(ctx.actor, project, "collection.see") ? { ...collection, project } : null;
}
