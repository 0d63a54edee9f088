import type { Actor } from "../access/actor.ts";
import { DomainError } from "../errors.ts";
import type { UserRow } from "./identity-store.ts";

type UserSubject = Pick<UserRow, "id" | "serviceOf">;

/** May the actor make and switch off accounts, and say who else may? */
export function mayAdministerUsers(actor: Actor): boolean {
	return actor.kind === "system" || (actor.kind === "user" && actor.instanceAdmin);
}

export function requireInstanceAdmin(actor: Actor, what: string): void {
	if (mayAdministerUsers(actor)) return;
	throw new DomainError("FORBIDDEN", `only an instance admin can ${what}: ask one of them`);
}

/** Is this a service account of a team or an organisation that the actor is an admin of? */
function administersAccount(actor: Actor, { serviceOf }: UserSubject): boolean {
	if (actor.kind !== "user" || serviceOf === null) return false;
	return actor.teams.get(serviceOf) === "admin" || actor.organizations.get(serviceOf) === "admin";
}

/** May the actor make keys for this account? Nobody does for another person. */
export function mayMakeKeysOf(actor: Actor, user: UserSubject): boolean {
	if (actor.kind === "system" || (actor.kind === "user" && actor.userId === user.id)) return true;
	return administersAccount(actor, user) || (user.serviceOf !== null && mayAdministerUsers(actor));
}

/** May the actor see which keys this account has, and take them away? */
export function mayRevokeKeysOf(actor: Actor, user: UserSubject): boolean {
	return mayMakeKeysOf(actor, user) || mayAdministerUsers(actor);
}
