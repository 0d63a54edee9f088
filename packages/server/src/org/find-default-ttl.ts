import type { Ctx } from "../context.ts";
import { mayAdministerTeam, mayWriteInEntity } from "./org-policy.ts";
import { countVersionsWithDefaultTtl, readDefaultTtl } from "./org-reader.ts";
import type { EntityRow } from "./org-rows.ts";

/** Seconds that versions of an entity live which have no TTL of their own; null: for ever, or not the actor's to know. */
export async function findDefaultTtl(ctx: Ctx, entity: EntityRow): Promise<number | null> {
	const may = mayWriteInEntity(ctx.actor, entity) || maySetDefaultTtl(ctx, entity);
	return may ? await readDefaultTtl(ctx.db, entity.id) : null;
}

/** How many versions a change of that would touch; null for those who may not change it. */
export async function countDefaultTtlVersions(ctx: Ctx, entity: EntityRow): Promise<number | null> {
	return maySetDefaultTtl(ctx, entity) ? await countVersionsWithDefaultTtl(ctx.db, entity.id) : null;
}

function maySetDefaultTtl({ actor }: Ctx, entity: EntityRow): boolean {
	return entity.kind === "team" ? mayAdministerTeam(actor, entity) : mayWriteInEntity(actor, entity);
}
