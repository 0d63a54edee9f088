import type { Ctx } from "../context.ts";
import { mayKnowEntity } from "./org-policy.ts";
import { readEntity } from "./org-reader.ts";
import type { EntityRow } from "./org-rows.ts";
import { findEntitiesByIds } from "./org-store.ts";

/** The entity of that name, if the caller may know of it; without a name his default entity. */
export async function findEntity(ctx: Ctx, name: string | null): Promise<EntityRow | null> {
	if (name === null || name === "") {
		if (ctx.actor.kind !== "user") return null;
		return (await findEntitiesByIds(ctx.db, [ctx.actor.defaultEntityId]))[0] ?? null;
	}
	const found = await readEntity(ctx.db, name);
	if (found === null) return null;
	const { hasOpenProjects, ...entity } = found;
	return mayKnowEntity(ctx.actor, entity, hasOpenProjects) ? entity : null;
}
