import type { Actor, UserActor } from "./actor.ts";
import { highest, mayAs, type ProjectAction, type Role } from "./roles.ts";

export type ProjectAccess = "PRIVATE" | "USER_READ" | "USER_WRITE" | "RESTRICTED";
export type EntityKind = "user" | "team" | "organization";

/** What a policy needs to know of a project. */
export type ProjectSubject = {
	readonly id: string;
	readonly entityId: string;
	readonly entityKind: EntityKind;
	/** The organisation of a team or org entity. */
	readonly organizationId: string | null;
	/** The person behind a personal entity. */
	readonly ownerUserId: string | null;
	readonly access: ProjectAccess;
	readonly createdBy: string | null;
	/** Role that every organisation member has in a registry; null for an ordinary project. */
	readonly registryDefaultRole: "viewer" | "member" | null;
	/** Null while it lives. What is left of a deleted one is seen by those who could see it, and does nothing more. */
	readonly deletedAt: Date | null;
};

/** The actor's role in a project or registry: the highest of all that apply. */
export function projectRole(actor: Actor, project: ProjectSubject): Role {
	const role = roleWhileAlive(actor, project);
	return project.deletedAt === null || role === "none" ? role : "restricted_viewer";
}

function roleWhileAlive(actor: Actor, project: ProjectSubject): Role {
	if (actor.kind === "system") return "admin";
	if (actor.kind === "anonymous") return actor.mayReadPublic && isOpenToAll(project) ? "viewer" : "none";
	return highest(ownRole(actor, project), everyonesRole(project));
}

/** May the actor do this in the project? Pure: ids and facts in, a yes or no out. */
export function mayOnProject(actor: Actor, project: ProjectSubject, action: ProjectAction): boolean {
	return mayAs(projectRole(actor, project), action);
}

function isOpenToAll(project: ProjectSubject): boolean {
	return project.entityKind !== "organization" && (project.access === "USER_READ" || project.access === "USER_WRITE");
}

function everyonesRole(project: ProjectSubject): Role {
	if (!isOpenToAll(project)) return "none";
	return project.access === "USER_WRITE" ? "member" : "viewer";
}

function ownRole(actor: UserActor, project: ProjectSubject): Role {
	switch (project.entityKind) {
		case "user":
			return project.ownerUserId === actor.userId ? "admin" : "none";
		case "team": {
			const role = actor.teams.get(project.entityId) ?? "none";
			if (project.access !== "RESTRICTED" || role === "admin") return role;
			// The team's admins', its maker's while in the team, and whom it was opened to by name.
			return highest(project.createdBy === actor.userId ? role : "none", givenRole(actor, project));
		}
		case "organization":
			return highest(registryRole(actor, project), givenRole(actor, project));
	}
}

/** What was given to the actor here by name, or to one of his teams. It counts as long as he is in the organisation. */
function givenRole(actor: UserActor, project: ProjectSubject): Role {
	if (project.organizationId === null || !actor.organizations.has(project.organizationId)) return "none";
	return actor.grants.get(project.id) ?? "none";
}

function registryRole(actor: UserActor, registry: ProjectSubject): Role {
	const role = registry.organizationId === null ? undefined : actor.organizations.get(registry.organizationId);
	if (role === "admin") return "admin";
	if (role === undefined || registry.access === "RESTRICTED") return "none";
	return role === "viewer" ? "viewer" : (registry.registryDefaultRole ?? "viewer");
}
