import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { refuseAnonymous } from "../identity/index.ts";
import { hasNamedAdmin } from "./project-member-reader.ts";
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

/**
 * Refuses what leaves a project without an admin named in it, at the hands of one who has the role by that name only:
 * nobody locks themselves out. The admins of the organisation or team, who have it anyway, may.
 */
export async function keepAnAdmin(tx: Ctx, project: ProjectRow): Promise<void> {
	if (tx.actor.kind !== "user" || (await hasNamedAdmin(tx.db, project.id))) return;
	if (mayOnProject({ ...tx.actor, grants: new Map() }, project, "project.administer")) return;
	throw new DomainError(
		"CONFLICT",
		`"${project.entityName}/${project.name}" would be left without an admin: make somebody else its admin first`,
	);
}

/** A member as events name one. */
export function memberIds(member: MemberRef): { readonly userId: string | null; readonly teamId: string | null } {
	return "userId" in member ? { userId: member.userId, teamId: null } : { userId: null, teamId: member.teamId };
}
