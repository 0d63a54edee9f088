import { DomainError } from "../errors.ts";
import type { Actor } from "./actor.ts";

/** Refuses whoever came with a key that only reads. Asked wherever something is about to be changed or taken in. */
export function refuseReadOnly(actor: Actor): void {
	if (actor.kind !== "user" || actor.credential?.readOnly !== true) return;
	throw new DomainError(
		"FORBIDDEN",
		"this API key may only read: use one with the scope full, which you make in your settings",
	);
}
