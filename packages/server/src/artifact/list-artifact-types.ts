import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { listTypes } from "./artifact-reader.ts";
import type { TypeRow } from "./artifact-rows.ts";

/** Artifact types of a project the actor may see; none otherwise. */
export async function listArtifactTypes(ctx: Ctx, project: ProjectRow): Promise<TypeRow[]> {
	return mayOnProject(ctx.actor, project, "collection.see") ? await listTypes(ctx.db, project.id) : [];
}
