import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { requireUser, setUserDefaultEntity } from "../identity/index.ts";
import { findEntityByName } from "./org-store.ts";
import { writableEntityNames } from "./writable-entity-names.ts";

/** Changes where the caller's runs go when no entity is named: to his own entity or one of his teams. */
export async function setDefaultEntity(ctx: Ctx, input: { readonly entityName: string }): Promise<void> {
	const actor = requireUser(ctx);
	const entity = await findEntityByName(ctx.db, input.entityName);
	if (entity === null || (entity.id !== actor.personalEntityId && !actor.teams.has(entity.id))) {
		const names = await writableEntityNames(ctx);
		throw new DomainError(
			"NOT_FOUND",
			`"${input.entityName}" is not your own entity or a team of yours. Use one of: ${names.join(", ")}`,
		);
	}
	await setUserDefaultEntity(ctx, { userId: actor.userId, entityId: entity.id });
}
