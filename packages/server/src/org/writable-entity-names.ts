import type { Ctx } from "../context.ts";
import { mayWriteInEntity } from "./org-policy.ts";
import { findEntitiesByIds } from "./org-store.ts";

/** Names of the entities that the caller could log to, the default one first: for the way out in error texts. */
export async function writableEntityNames(ctx: Ctx): Promise<string[]> {
	const { actor } = ctx;
	if (actor.kind !== "user") return [];
	const entities = await findEntitiesByIds(ctx.db, [...actor.teams.keys(), actor.personalEntityId]);
	const writable = entities.filter((entity) => mayWriteInEntity(actor, entity));
	const isDefault = (id: string) => Number(id === actor.defaultEntityId);
	return writable.sort((a, b) => isDefault(b.id) - isDefault(a.id)).map((entity) => entity.name);
}
