import type { Actor, OrgRole, TeamRole, UserActor } from "../access/actor.ts";
import { type CapabilityName, capabilitiesOf } from "../access/capabilities.ts";
import { mayInPlace, placeActions, placeRule } from "../access/place-rules.ts";
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
	const { id: teamId, organizationId } = entity;
	if (entity.kind === "team") return mayInPlace(actor, { teamId, organizationId }, "team.see");
	return mayInPlace(actor, { organizationId }, "organization.see");
}

/** May the actor log runs and make projects there? Nobody may in an org entity: it holds registries. */
export function mayWriteInEntity(actor: Actor, entity: EntitySubject): boolean {
	if (entity.kind === "organization") return false;
	if (actor.kind !== "user") return actor.kind === "system";
	if (entity.kind === "user") return entity.userId === actor.userId;
	return mayInPlace(actor, { teamId: entity.id }, "entity.write");
}

/** May the actor know of this organisation? */
export function mayKnowOrganization(actor: Actor, organization: Pick<OrganizationRow, "id">): boolean {
	return mayInPlace(actor, { organizationId: organization.id }, "organization.see");
}

/** May the actor add people and change their roles? */
export function mayAdministerOrganization(actor: Actor, organization: Pick<OrganizationRow, "id">): boolean {
	return mayInPlace(actor, { organizationId: organization.id }, "organization.administer");
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
	return mayInPlace(actor, { teamId: team.id, organizationId: team.organizationId }, "team.administer");
}

/** What the actor may do in an entity, in the words of the wire. */
export function entityCapabilities(actor: Actor, entity: EntitySubject): CapabilityName[] {
	const { id: teamId, kind, organizationId } = entity;
	if (kind === "organization") return organizationCapabilities(actor, organizationId);
	if (kind === "user") return capabilitiesOf(["entity.write"], () => mayWriteInEntity(actor, entity));
	const actions = placeActions.filter((action) => placeRule(action).scope === "team");
	return capabilitiesOf(actions, (action) => mayInPlace(actor, { teamId, organizationId }, action));
}

export function organizationCapabilities(actor: Actor, organizationId: string | null): CapabilityName[] {
	const actions = placeActions.filter((action) => placeRule(action).scope === "organization");
	return capabilitiesOf(actions, (action) => mayInPlace(actor, { organizationId }, action));
}
