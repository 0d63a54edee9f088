import type { OrgRole, TeamRole } from "../access/actor.ts";
import type { ProjectSubject } from "../access/project-role.ts";
import { atLeast, type GivenRole, highest, type Role } from "../access/roles.ts";

/** A role given to a team of somebody's. */
export type TeamGrant = { readonly teamId: string; readonly role: GivenRole };

/** What decides the role of one person in one project. */
export type RoleFacts = {
	readonly userId: string;
	/** In the organisation of the project's entity. */
	readonly orgRole: OrgRole | null;
	/** In the team whose project it is. */
	readonly teamRole: TeamRole | null;
	readonly givenRole: GivenRole | null;
	readonly teamGrants: readonly TeamGrant[];
};

export type RoleOrigin = {
	readonly role: GivenRole;
	readonly kind: "ORGANIZATION_ADMIN" | "GIVEN" | "TEAM" | "DEFAULT" | "MAKER" | "OWNER" | "EVERYBODY";
	readonly teamId: string | null;
};

/** All that gives a person a role in a project, the highest first: what `projectRole` takes the highest of, told apart. */
export function roleOrigins(project: ProjectSubject, facts: RoleFacts): RoleOrigin[] {
	const origins = [...ownOrigins(project, facts), ...everybodysOrigins(project)];
	return origins.toSorted((a, b) => (a.role === b.role ? 0 : atLeast(a.role, b.role) ? -1 : 1));
}

/** The role that these give together. */
export function highestOrigin(origins: readonly RoleOrigin[]): Role {
	return highest(...origins.map(({ role }) => role));
}

function ownOrigins(project: ProjectSubject, facts: RoleFacts): RoleOrigin[] {
	switch (project.entityKind) {
		case "user":
			return project.ownerUserId === facts.userId ? [origin("admin", "OWNER")] : [];
		case "team":
			return project.access === "RESTRICTED" ? restrictedOrigins(project, facts) : teamOrigins(project, facts);
		case "organization":
			return [
				...(facts.orgRole === "admin" ? [origin("admin", "ORGANIZATION_ADMIN")] : []),
				...givenOrigins(facts),
				...defaultOrigins(project, facts),
			];
	}
}

function teamOrigins({ entityId }: ProjectSubject, { teamRole }: RoleFacts): RoleOrigin[] {
	return teamRole === null ? [] : [origin(teamRole, "TEAM", entityId)];
}

function restrictedOrigins(project: ProjectSubject, facts: RoleFacts): RoleOrigin[] {
	if (facts.teamRole === "admin") return [...teamOrigins(project, facts), ...givenOrigins(facts)];
	const isMaker = facts.teamRole !== null && project.createdBy === facts.userId;
	return [...(isMaker ? [origin(facts.teamRole, "MAKER")] : []), ...givenOrigins(facts)];
}

function givenOrigins({ orgRole, givenRole, teamGrants }: RoleFacts): RoleOrigin[] {
	if (orgRole === null) return [];
	return [
		...(givenRole === null ? [] : [origin(givenRole, "GIVEN")]),
		...teamGrants.map(({ role, teamId }) => origin(role, "TEAM", teamId)),
	];
}

function defaultOrigins(registry: ProjectSubject, { orgRole }: RoleFacts): RoleOrigin[] {
	if (orgRole === null || registry.access === "RESTRICTED") return [];
	return [origin(orgRole === "viewer" ? "viewer" : (registry.registryDefaultRole ?? "viewer"), "DEFAULT")];
}

function everybodysOrigins({ entityKind, access }: ProjectSubject): RoleOrigin[] {
	if (entityKind === "organization") return [];
	if (access === "USER_WRITE") return [origin("member", "EVERYBODY")];
	return access === "USER_READ" ? [origin("viewer", "EVERYBODY")] : [];
}

function origin(role: GivenRole, kind: RoleOrigin["kind"], teamId: string | null = null): RoleOrigin {
	return { role, kind, teamId };
}
