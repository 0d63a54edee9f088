import type { Ctx } from "../context.ts";
import { maySeeMembers, mayWriteInEntity } from "./org-policy.ts";
import { readStorageBytes } from "./org-reader.ts";
import type { EntityRow } from "./org-rows.ts";

/** How many bytes an entity's projects hold; null for those who do not belong there. */
export async function findStorageBytes(ctx: Ctx, entity: EntityRow): Promise<number | null> {
	if (!maySeeMembers(ctx.actor, entity) && !mayWriteInEntity(ctx.actor, entity)) return null;
	return await readStorageBytes(ctx.db, entity.id);
}
