import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { refuseAnonymous } from "../identity/index.ts";
import { type EntityRow, findEntity, mayWriteInEntity, writableEntityNames } from "../org/index.ts";

/** The entity of that name (none: the default one), where the caller may make projects; else an error with the way out. */
export async function requireWritableEntity(ctx: Ctx, entityName: string | null): Promise<EntityRow> {
	refuseAnonymous(ctx);
	const entity = await findEntity(ctx, entityName);
	if (entity !== null && mayWriteInEntity(ctx.actor, entity)) return entity;
	const names = (await writableEntityNames(ctx)).join(", ");
	if (entity?.kind === "organization") throw holdsRegistries(entity.name, names);
	if (entity?.kind === "team" && ctx.actor.kind === "user" && ctx.actor.teams.has(entity.id)) {
		throw new DomainError(
			"FORBIDDEN",
			`writing to "${entity.name}" needs the role member: an admin of the team can give it. You can log to: ${names}`,
		);
	}
	throw new DomainError(
		"NOT_FOUND",
		`entity "${entityName ?? ""}" was not found, or you may not write to it. You can log to: ${names} (wandb.init(entity=…))`,
	);
}

function holdsRegistries(entityName: string, names: string): DomainError {
	return new DomainError(
		"UNPROCESSABLE",
		`entity "${entityName}" is an organisation: it holds registries, not projects. Use one of: ${names}`,
	);
}
