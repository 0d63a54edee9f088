import type { Ctx } from "../context.ts";
import { mayKnowOrganization } from "./org-policy.ts";
import { readTeamsOfOrganization } from "./org-reader.ts";
import type { EntityRow, OrganizationRow } from "./org-rows.ts";

/** The teams of an organisation, for those who may know of it. */
export async function listTeams(ctx: Ctx, organization: OrganizationRow): Promise<EntityRow[]> {
	return mayKnowOrganization(ctx.actor, organization) ? await readTeamsOfOrganization(ctx.db, organization.id) : [];
}
