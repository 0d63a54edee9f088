import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { switchOff } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { lockEntity, markEntityDeleted } from "./entity-name-store.ts";
import { revokeInvitesTo } from "./invite-store.ts";
import { deleteOrganizationMember, findTeamPlaces } from "./membership-store.ts";
import { mayAdministerTeam } from "./org-policy.ts";
import { countTeamContents, readServiceAccounts, type TeamContents } from "./org-reader.ts";
import type { EntityRow } from "./org-rows.ts";
import { lockOrganization } from "./org-store.ts";
import { emptyTeam } from "./remove-member.ts";
import { requireAdministered } from "./require-administered.ts";

/** What a team holds that stands in the way of its deletion, and who is in it; null for those who may not delete it. */
export async function previewTeamDeletion(ctx: Ctx, entity: EntityRow): Promise<TeamContents | null> {
	if (entity.kind !== "team" || !mayAdministerTeam(ctx.actor, entity)) return null;
	return await countTeamContents(ctx.db, entity.id);
}

/**
 * Deletes a team that holds no projects: each of those is deleted, or kept, by a decision of its own. Its members are out,
 * its service accounts switched off, its name is free.
 */
export async function deleteTeam(ctx: Ctx, input: { readonly entityName: string }): Promise<void> {
	const team = await requireAdministered(ctx, input.entityName, "deleting a team");
	if (team.kind !== "team") {
		throw new DomainError("UNPROCESSABLE", `"${team.name}" is an organisation: delete it with deleteOrganization`);
	}
	await inTransaction(ctx, async (tx) => {
		await lockOrganization(tx.db, team.organizationId);
		await lockEntity(tx.db, team.id);
		const { projects, runs, versions } = await countTeamContents(tx.db, team.id);
		if (projects > 0) {
			throw new DomainError(
				"CONFLICT",
				`"${team.name}" holds ${projects} ${projects === 1 ? "project" : "projects"} with ${runs} runs and ${versions} versions: delete those first`,
			);
		}
		const machines = await readServiceAccounts(tx.db, team.id);
		await emptyTeam(tx, team.id, await findTeamPlaces(tx.db, team.id));
		for (const userId of machines) {
			await deleteOrganizationMember(tx, team.organizationId, userId);
			await switchOff(tx, userId);
		}
		await revokeInvitesTo(tx, { organizationId: team.organizationId, entityId: team.id });
		await markEntityDeleted(tx, team.id);
		await emit(tx, { type: "team.deleted", entityId: team.id, name: team.name });
	});
}
