import type { TeamRole } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { findUserByName, refuseAnonymous } from "../identity/index.ts";
import { findEntity } from "./find-entity.ts";
import { mayAdministerTeam } from "./org-policy.ts";
import { isOrganizationMember, setTeamMember } from "./org-store.ts";

type Input = { readonly teamName: string; readonly username: string; readonly role: TeamRole };

/** Puts a member of the organisation into one of its teams, or changes his role in it. */
export async function addUserToTeam(ctx: Ctx, input: Input): Promise<void> {
	refuseAnonymous(ctx);
	const team = await findEntity(ctx, input.teamName);
	if (team?.kind !== "team" || team.organizationId === null) {
		throw new DomainError("NOT_FOUND", `team "${input.teamName}" was not found`);
	}
	if (!mayAdministerTeam(ctx.actor, team)) {
		throw new DomainError(
			"FORBIDDEN",
			`adding people to "${team.name}" needs the role admin: an admin of the team can give it`,
		);
	}
	const { id: entityId, organizationId } = team;
	await inTransaction(ctx, async (ctx) => {
		const user = await findUserByName(ctx.db, input.username);
		if (user === null || !(await isOrganizationMember(ctx.db, organizationId, user.id))) {
			throw new DomainError(
				"UNPROCESSABLE",
				`user "${input.username}" is not in the organisation of "${team.name}": an admin of it can add them with addUserToOrganization`,
			);
		}
		await setTeamMember(ctx, { entityId, userId: user.id, role: input.role, createdAt: ctx.clock() });
	});
}
