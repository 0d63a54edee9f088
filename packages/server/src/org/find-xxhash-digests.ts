import type { Ctx } from "../context.ts";
import { readXxhashDigests } from "./org-reader.ts";
import type { EntityRow } from "./org-rows.ts";

/** Whether versions of an entity may be logged with XXH128 digests: for whoever may know of the entity. Client: XXHashDigestsEnabled. */
export async function findXxhashDigests(ctx: Ctx, entity: EntityRow): Promise<boolean> {
	return await readXxhashDigests(ctx.db, entity.id);
}
