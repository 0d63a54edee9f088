import type { Ctx } from "../context.ts";
import { mayKnowOrganization } from "./org-policy.ts";
import { readOrganizationByName } from "./org-reader.ts";
import type { OrganizationRow } from "./org-rows.ts";

/** The organisation of that display name or org entity name, if the caller may know of it. */
export async function findOrganization(ctx: Ctx, name: string): Promise<OrganizationRow | null> {
	const organization = await readOrganizationByName(ctx.db, name);
	return organization !== null && mayKnowOrganization(ctx.actor, organization) ? organization : null;
}
