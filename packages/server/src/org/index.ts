/** Organisations, teams, and the entities that own projects. */
export { addUserToOrganization } from "./add-user-to-organization.ts";
export { addUserToTeam } from "./add-user-to-team.ts";
export { createOrganization } from "./create-organization.ts";
export { createTeam } from "./create-team.ts";
export { createUser } from "./create-user.ts";
export { ensureFirstUser, type FirstUser } from "./ensure-first-user.ts";
export { entityIdNamed } from "./entity-name-store.ts";
export { findEntity } from "./find-entity.ts";
export { findOrganization } from "./find-organization.ts";

export { inviteRoutes } from "./invite-routes.ts";
export { listMembers } from "./list-members.ts";
export { membershipResolvers } from "./membership-resolvers.ts";
export { mayWriteInEntity } from "./org-policy.ts";
export { orgResolvers } from "./org-resolvers.ts";
export type { EntityRow, InviteRow, MemberRow, OrganizationRow } from "./org-rows.ts";
export { parseOrgRole } from "./org-rules.ts";
export { findEntitiesByIds, findEntityByName } from "./org-store.ts";
export { removeMemberByName } from "./remove-member.ts";
export { setDefaultEntity } from "./set-default-entity.ts";
export { writableEntityNames } from "./writable-entity-names.ts";
