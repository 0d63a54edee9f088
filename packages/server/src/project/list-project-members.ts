import { userIdOf } from "../access/actor.ts";
import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { maySeeMembers } from "../org/index.ts";
import { readProjectMembers } from "./project-member-reader.ts";
import type { ProjectMemberRow } from "./project-member-rows.ts";
import type { ProjectRow } from "./project-reader.ts";

/** Whoever reads a public project only is told nothing of the people in it. */
export function maySeePeople(ctx: Ctx, project: ProjectRow): boolean {
	const { entityId: id, entityKind: kind, ownerUserId: userId, organizationId } = project;
	const isSeen = mayOnProject(ctx.actor, project, "project.see");
	return isSeen && (userId === userIdOf(ctx.actor) || maySeeMembers(ctx.actor, { id, kind, userId, organizationId }));
}

/** Whom roles were given to in a project, for those who may see it: people first, then teams, each by name. */
export async function listProjectMembers(ctx: Ctx, project: ProjectRow): Promise<ProjectMemberRow[]> {
	return maySeePeople(ctx, project) ? await readProjectMembers(ctx.db, project.id) : [];
}
