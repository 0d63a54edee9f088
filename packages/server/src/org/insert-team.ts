import type { Ctx } from "../context.ts";
import { emit } from "../jobs/outbox.ts";
import { readTakenKeys } from "./org-reader.ts";
import type { EntityRow } from "./org-rows.ts";
import { nameKey, nameTaken } from "./org-rules.ts";
import { insertEntityRow, setTeamMember } from "./org-store.ts";

/** Makes a team with these admins, inside the caller's transaction. */
export async function insertTeam(
	ctx: Ctx,
	input: { readonly name: string; readonly organizationId: string; readonly adminUserIds: readonly string[] },
): Promise<EntityRow> {
	const createdAt = ctx.clock();
	const team: EntityRow = {
		id: ctx.ids.uuid(),
		name: input.name,
		kind: "team",
		userId: null,
		organizationId: input.organizationId,
		createdAt,
	};
	if ((await readTakenKeys(ctx.db, [nameKey(team.name)])).size > 0) throw nameTaken(team.name);
	if (!(await insertEntityRow(ctx.db, team))) throw nameTaken(team.name);
	for (const userId of input.adminUserIds) {
		await setTeamMember(ctx, { entityId: team.id, userId, role: "admin", createdAt });
	}
	await emit(ctx, { type: "team.created", entityId: team.id, organizationId: input.organizationId, name: team.name });
	return team;
}
