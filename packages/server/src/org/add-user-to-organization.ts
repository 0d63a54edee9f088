import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { findUserByName, refuseAnonymous } from "../identity/index.ts";
import { joinOrganization } from "./join-place.ts";
import { findOrganizationPlaces } from "./membership-store.ts";
import { mayAdministerOrganization, mayKnowOrganization } from "./org-policy.ts";
import { parseOrgRole } from "./org-rules.ts";
import { findOrganizationsByIds, lockOrganization } from "./org-store.ts";
import { refuseLastAdmin } from "./remove-member.ts";

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
	if (user.deactivatedAt !== null) {
		throw new DomainError("UNPROCESSABLE", `"${user.username}" is deactivated: an instance admin can activate them`);
	}
	await inTransaction(ctx, async (tx) => {
		await lockOrganization(tx.db, organizationId);
		const places = await findOrganizationPlaces(tx.db, organizationId);
		const place = places.find(({ userId }) => userId === user.id);
		if (place !== undefined && role !== "admin") refuseLastAdmin(organization, places, place);
		await joinOrganization(tx, { organizationId, userId: user.id, role });
	});
}
