import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { readProjectMembers } from "./project-member-reader.ts";
import type { ProjectMemberRow } from "./project-member-rows.ts";
import type { ProjectRow } from "./project-reader.ts";

/** Whom roles were given to in a project, for those who may see it: people first, then teams, each by name. */
export async function listProjectMembers(ctx: Ctx, project: ProjectRow): Promise<ProjectMemberRow[]> {
	return mayOnProject(ctx.actor, project, "project.see") ? await readProjectMembers(ctx.db, project.id) : [];
}
