import type { Actor, OrgRole, TeamRole, UserActor } from "../access/actor.ts";
import type { EntityRow, OrganizationRow } from "./org-rows.ts";

type EntitySubject = Pick<EntityRow, "id" | "kind" | "userId" | "organizationId">;

/** Does the actor belong there: his own entity, his team, something of his organisation? */
function isHis(actor: UserActor, entity: EntitySubject): boolean {
	if (entity.kind === "user") return entity.userId === actor.userId;
	if (entity.kind === "team" && actor.teams.has(entity.id)) return true;
	return entity.organizationId !== null && actor.organizations.has(entity.organizationId);
}

/** May the actor know that this entity exists? One with public or open projects is known to all who may read those. */
export function mayKnowEntity(actor: Actor, entity: EntitySubject, hasOpenProjects: boolean): boolean {
	switch (actor.kind) {
		case "system":
			return true;
		case "anonymous":
			return actor.mayReadPublic && hasOpenProjects;
		case "user":
			return actor.instanceAdmin || hasOpenProjects || isHis(actor, entity);
	}
}

/** May the actor see who belongs to this team or organisation? */
export function maySeeMembers(actor: Actor, entity: EntitySubject): boolean {
	if (entity.kind === "user") return false;
	if (actor.kind === "user") return actor.instanceAdmin || isHis(actor, entity);
	return actor.kind === "system";
}

/** May the actor log runs and make projects there? Nobody may in an org entity: it holds registries. */
export function mayWriteInEntity(actor: Actor, entity: EntitySubject): boolean {
	if (entity.kind === "organization") return false;
	if (actor.kind !== "user") return actor.kind === "system";
	if (entity.kind === "user") return entity.userId === actor.userId;
	const role = actor.teams.get(entity.id);
	return role === "admin" || role === "member";
}

/** May the actor know of this organisation? */
export function mayKnowOrganization(actor: Actor, organization: Pick<OrganizationRow, "id">): boolean {
	if (actor.kind === "user") return actor.instanceAdmin || actor.organizations.has(organization.id);
	return actor.kind === "system";
}

/** May the actor add people and change their roles? */
export function mayAdministerOrganization(actor: Actor, organization: Pick<OrganizationRow, "id">): boolean {
	if (actor.kind === "user") return actor.instanceAdmin || actor.organizations.get(organization.id) === "admin";
	return actor.kind === "system";
}

/** May the actor say who belongs to this team or organisation: invite, remove, give roles, make service accounts? */
export function mayAdministerEntity(actor: Actor, entity: EntitySubject): boolean {
	if (entity.kind === "team") return mayAdministerTeam(actor, entity);
	if (entity.kind === "user" || entity.organizationId === null) return false;
	return mayAdministerOrganization(actor, { id: entity.organizationId });
}

/** May the actor take this person out of a team or an organisation? Everybody may leave. */
export function mayRemoveMember(actor: Actor, entity: EntitySubject, userId: string): boolean {
	return mayAdministerEntity(actor, entity) || (actor.kind === "user" && actor.userId === userId);
}

/** What an invitation by the actor makes of somebody in the organisation who is not in it: no more than he may give. */
export function invitedOrganizationRole(actor: Actor, entity: EntitySubject, role: TeamRole): OrgRole {
	if (entity.kind === "organization") return role;
	const mayAdmit = entity.organizationId !== null && mayAdministerOrganization(actor, { id: entity.organizationId });
	return mayAdmit && role !== "viewer" ? "member" : "viewer";
}

/** May the actor add people to the team and change their roles? */
export function mayAdministerTeam(actor: Actor, team: EntitySubject): boolean {
	if (actor.kind !== "user") return actor.kind === "system";
	if (actor.instanceAdmin || actor.teams.get(team.id) === "admin") return true;
	return team.organizationId !== null && actor.organizations.get(team.organizationId) === "admin";
}
