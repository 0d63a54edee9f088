import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { refuseAnonymous } from "../identity/index.ts";
import type { MemberRef } from "./project-member-rows.ts";
import { findProjectById, type ProjectRow } from "./project-reader.ts";
import { requireOn } from "./require-project.ts";

/** The project of this id, where the caller may change who has which role. */
export async function requireMemberRights(
	ctx: Ctx,
	projectId: string,
	action: "registry.members" | "registry.roles",
): Promise<ProjectRow> {
	refuseAnonymous(ctx);
	const project = await findProjectById(ctx.db, projectId);
	if (project === null || !mayOnProject(ctx.actor, project, "project.see")) {
		throw new DomainError("NOT_FOUND", "no project has this id");
	}
	requireOn(ctx, project, project.isRegistry ? action : "project.administer");
	return project;
}

/** A member as events name one. */
export function memberIds(member: MemberRef): { readonly userId: string | null; readonly teamId: string | null } {
	return "userId" in member ? { userId: member.userId, teamId: null } : { userId: null, teamId: member.teamId };
}
