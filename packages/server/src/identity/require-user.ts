import type { UserActor } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";

/** The signed-in user, where a thing can be done by a person only. */
export function requireUser(ctx: Ctx): UserActor {
	if (ctx.actor.kind === "user") return ctx.actor;
	throw new DomainError(
		"UNAUTHENTICATED",
		`sign in to do this: at ${ctx.baseUrl}/authorize, or run: wandb login --host ${ctx.baseUrl}`,
	);
}

/** Refuses who is not signed in, where the server itself may do the thing as well. */
export function refuseAnonymous(ctx: Ctx): void {
	if (ctx.actor.kind === "anonymous") requireUser(ctx);
}
