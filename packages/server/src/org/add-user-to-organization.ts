import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { findUserByName, refuseAnonymous } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { mayAdministerOrganization, mayKnowOrganization } from "./org-policy.ts";
import { parseOrgRole } from "./org-rules.ts";
import {
	findOrganizationAdmins,
	findOrganizationsByIds,
	lockOrganization,
	setOrganizationMember,
} from "./org-store.ts";

type Input = { readonly organizationId: string; readonly username: string; readonly role: string };

/** Puts a user into an organisation, or changes his role in it. */
export async function addUserToOrganization(ctx: Ctx, input: Input): Promise<void> {
	refuseAnonymous(ctx);
	const role = parseOrgRole(input.role);
	const { organizationId } = input;
	const [organization] = await findOrganizationsByIds(ctx.db, [organizationId]);
	if (organization === undefined || !mayKnowOrganization(ctx.actor, organization)) {
		throw new DomainError("NOT_FOUND", "the organisation was not found, or you are not in it");
	}
	if (!mayAdministerOrganization(ctx.actor, organization)) {
		throw new DomainError(
			"FORBIDDEN",
			`adding people to "${organization.name}" needs the role admin: another admin of the organisation can give it`,
		);
	}
	const user = await findUserByName(ctx.db, input.username);
	if (user === null) {
		throw new DomainError("NOT_FOUND", `user "${input.username}" was not found: an instance admin can create them`);
	}
	await inTransaction(ctx, async (ctx) => {
		await lockOrganization(ctx.db, organizationId);
		if (role !== "admin") {
			const admins = await findOrganizationAdmins(ctx.db, organizationId);
			if (admins.length === 1 && admins[0] === user.id) {
				throw new DomainError(
					"CONFLICT",
					`"${user.username}" is the only admin of "${organization.name}": make somebody else an admin first`,
				);
			}
		}
		await setOrganizationMember(ctx, { organizationId, userId: user.id, role, createdAt: ctx.clock() });
		await emit(ctx, { type: "organization.member-set", organizationId, userId: user.id, role });
	});
}
