import type { Ctx } from "../context.ts";
import { maySeeMembers } from "./org-policy.ts";
import { readMembers } from "./org-reader.ts";
import type { EntityRow, MemberRow } from "./org-rows.ts";

/** The people of a team or an organisation, for those who belong to it; nobody for others and for personal entities. */
export async function listMembers(ctx: Ctx, entity: EntityRow): Promise<MemberRow[]> {
	return maySeeMembers(ctx.actor, entity) ? await readMembers(ctx.db, entity, ctx.clock()) : [];
}
