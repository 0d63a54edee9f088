import type { TeamRole } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { findUserByName } from "../identity/index.ts";
import { joinTeam } from "./join-place.ts";
import { findTeamPlaces } from "./membership-store.ts";
import { isOrganizationMember, lockOrganization } from "./org-store.ts";
import { refuseLastAdmin } from "./remove-member.ts";
import { requireAdministered } from "./require-administered.ts";

type Input = { readonly teamName: string; readonly username: string; readonly role: TeamRole };

/** Puts a member of the organisation into one of its teams, or changes his role in it. */
export async function addUserToTeam(ctx: Ctx, input: Input): Promise<void> {
	const team = await requireAdministered(ctx, input.teamName, "adding people and changing their roles");
	if (team.kind !== "team") throw new DomainError("UNPROCESSABLE", `"${team.name}" is an organisation, and no team`);
	await inTransaction(ctx, async (tx) => {
		await lockOrganization(tx.db, team.organizationId);
		const user = await findUserByName(tx.db, input.username);
		if (user === null || !(await isOrganizationMember(tx.db, team.organizationId, user.id))) {
			throw new DomainError(
				"UNPROCESSABLE",
				`user "${input.username}" is not in the organisation of "${team.name}": an admin of it can add them with addUserToOrganization`,
			);
		}
		const places = await findTeamPlaces(tx.db, team.id);
		const place = places.find(({ userId }) => userId === user.id);
		if (place !== undefined && input.role !== "admin") refuseLastAdmin(team, places, place);
		await joinTeam(tx, { entityId: team.id, userId: user.id, role: input.role });
	});
}
