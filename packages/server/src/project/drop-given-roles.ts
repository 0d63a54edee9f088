import type { Guard } from "../guards.ts";
import { emit } from "../jobs/outbox.ts";
import { deleteRolesGivenTo } from "./project-member-store.ts";

/** Whoever leaves an organisation leaves the roles that he was given by name: back in it, he starts anew. */
export const dropGivenRoles: Guard<"organization.member-remove"> = async (ctx, { organizationId, userId }) => {
	for (const { projectId, role } of await deleteRolesGivenTo(ctx, { organizationId, userId })) {
		await emit(ctx, { type: "project.member-removed", projectId, userId, teamId: null, from: role });
	}
};
