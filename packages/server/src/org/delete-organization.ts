import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { switchOff } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { markEntityDeleted, markOrganizationDeleted } from "./entity-name-store.ts";
import { revokeInvitesTo } from "./invite-store.ts";
import { deleteOrganizationMember, findOrganizationPlaces } from "./membership-store.ts";
import { countOrganizationContents, readServiceAccounts } from "./org-reader.ts";
import { lockOrganization } from "./org-store.ts";
import { requireOrganization } from "./rename-entity.ts";

/** Deletes an organisation that has no teams and nothing in its registries; who was in it is out, its names are free. */
export async function deleteOrganization(ctx: Ctx, input: { readonly organizationId: string }): Promise<void> {
	const organization = await requireOrganization(ctx, input.organizationId, "deleting an organisation");
	const { id: organizationId, entityId, name } = organization;
	await inTransaction(ctx, async (tx) => {
		await lockOrganization(tx.db, organizationId);
		const { teams, collections } = await countOrganizationContents(tx.db, organizationId);
		if (teams > 0 || collections > 0) {
			throw new DomainError(
				"CONFLICT",
				`"${name}" has ${teams} teams, and ${collections} collections in its registries: delete those first`,
			);
		}
		const machines = await readServiceAccounts(tx.db, organizationId);
		const places = await findOrganizationPlaces(tx.db, organizationId);
		for (const { userId } of places) await deleteOrganizationMember(tx, organizationId, userId);
		for (const userId of machines) await switchOff(tx, userId);
		await revokeInvitesTo(tx, { organizationId, entityId: null });
		await markEntityDeleted(tx, entityId);
		await markOrganizationDeleted(tx, organizationId);
		await emit(
			tx,
			...places.map(({ userId }) => ({ type: "organization.member-removed" as const, organizationId, userId })),
			{ type: "organization.deleted", organizationId, name },
		);
	});
}
