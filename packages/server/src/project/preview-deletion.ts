import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import {
	type CollectionLinked,
	countBytes,
	countContents,
	findLinksElsewhere,
	findUsersElsewhere,
	type ProjectBytes,
	type ProjectContents,
	type ProjectUsing,
	type Told,
} from "./project-deletion-reader.ts";
import type { ProjectRow } from "./project-reader.ts";

export type DeletionPreview = ProjectContents & {
	readonly bytes: ProjectBytes;
	readonly links: Told<CollectionLinked>;
	readonly users: Told<ProjectUsing>;
};

/** What would go with a project, and what elsewhere would lose by it; null for those who may not delete it. */
export async function previewDeletion(ctx: Ctx, project: ProjectRow): Promise<DeletionPreview | null> {
	if (!mayOnProject(ctx.actor, project, project.isRegistry ? "registry.delete" : "project.administer")) return null;
	const [contents, bytes, links, users] = await Promise.all([
		countContents(ctx, project.id),
		countBytes(ctx, project.id),
		findLinksElsewhere(ctx, project.id),
		findUsersElsewhere(ctx, project.id),
	]);
	return { ...contents, bytes, links, users };
}
