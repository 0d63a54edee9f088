import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { refuseAnonymous } from "../identity/index.ts";
import { findEntity } from "./find-entity.ts";
import { mayAdministerEntity } from "./org-policy.ts";
import type { EntityRow } from "./org-rows.ts";

/** A team, or the entity of an organisation. */
export type SharedEntity = EntityRow & { readonly kind: "team" | "organization"; readonly organizationId: string };

/** The team or organisation of that name, by the name of its entity, if the caller may know of it. */
export async function requireShared(ctx: Ctx, entityName: string): Promise<SharedEntity> {
	refuseAnonymous(ctx);
	const entity = await findEntity(ctx, entityName);
	if (entity === null) throw new DomainError("NOT_FOUND", `no team or organisation is named "${entityName}"`);
	if (isShared(entity)) return entity;
	throw new DomainError("UNPROCESSABLE", `"${entity.name}" is one person's own entity: nobody else can belong to it`);
}

/** As `requireShared`, for who may say who belongs there; `what` is what he wants to do. */
export async function requireAdministered(ctx: Ctx, entityName: string, what: string): Promise<SharedEntity> {
	const entity = await requireShared(ctx, entityName);
	if (!mayAdministerEntity(ctx.actor, entity)) throw needsAdmin(entity, what);
	return entity;
}

export function needsAdmin(entity: SharedEntity, what: string): DomainError {
	const whole = entity.kind === "team" ? "team" : "organisation";
	return new DomainError(
		"FORBIDDEN",
		`${what} needs the role admin in "${entity.name}": an admin of the ${whole} can give it`,
	);
}

function isShared(entity: EntityRow): entity is SharedEntity {
	return entity.kind !== "user" && entity.organizationId !== null;
}
