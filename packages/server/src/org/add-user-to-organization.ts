import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { findUserByName, refuseAnonymous } from "../identity/index.ts";
import { joinOrganization } from "./join-place.ts";
import { findOrganizationPlaces } from "./membership-store.ts";
import { parseOrgRole } from "./org-rules.ts";
import { lockOrganization } from "./org-store.ts";
import { refuseLastAdmin } from "./remove-member.ts";
import { requireOrganization } from "./rename-entity.ts";

type Input = { readonly organizationId: string; readonly username: string; readonly role: string };

/** Puts a user into an organisation, or changes his role in it. */
export async function addUserToOrganization(ctx: Ctx, input: Input): Promise<void> {
	refuseAnonymous(ctx);
	const role = parseOrgRole(input.role);
	const { organizationId } = input;
	const organization = await requireOrganization(ctx, organizationId, "adding people");
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
