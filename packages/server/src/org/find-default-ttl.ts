import type { Ctx } from "../context.ts";
import { mayWriteInEntity } from "./org-policy.ts";
import { readDefaultTtl } from "./org-reader.ts";
import type { EntityRow } from "./org-rows.ts";

/** Seconds that versions of an entity live which have no TTL of their own; null: for ever, or not the actor's to know. */
export async function findDefaultTtl(ctx: Ctx, entity: EntityRow): Promise<number | null> {
	return mayWriteInEntity(ctx.actor, entity) ? await readDefaultTtl(ctx.db, entity.id) : null;
}
