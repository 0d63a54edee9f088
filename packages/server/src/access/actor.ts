import type { GivenRole } from "./roles.ts";

/**
 * Who is asking. `anonymous` carries no user; `system` is the server itself (jobs, first start) and passes every policy.
 * A user's memberships are read once per request by `identity/authenticate`, so that policies stay pure functions.
 */
export type Actor = AnonymousActor | SystemActor | UserActor;

export type AnonymousActor = { readonly kind: "anonymous"; readonly mayReadPublic: boolean };
export type SystemActor = { readonly kind: "system" };

export type TeamRole = "admin" | "member" | "viewer";
export type OrgRole = "admin" | "member" | "viewer";

export type UserActor = {
	readonly kind: "user";
	readonly userId: string;
	readonly username: string;
	readonly instanceAdmin: boolean;
	/** The user's personal entity. */
	readonly personalEntityId: string;
	readonly defaultEntityId: string;
	/** Role in each team, by team entity id. */
	readonly teams: ReadonlyMap<string, TeamRole>;
	/** Role in each organisation, by organisation id. */
	readonly organizations: ReadonlyMap<string, OrgRole>;
	/** Highest role given in each project, to the user or to a team of his, by project id. */
	readonly grants: ReadonlyMap<string, GivenRole>;
	/** How the request was authenticated. A cookie session must not be usable cross-site for writes. */
	readonly via: "api-key" | "session" | "ticket";
	/** What he proved it with; absent where nothing was sent. */
	readonly credential?: Credential;
};

/** A key or a session, by the id of its row. */
export type Credential = {
	readonly id: string;
	/** A key that only reads: `access/refuse-read-only.ts`. */
	readonly readOnly: boolean;
};

export const anonymous: AnonymousActor = { kind: "anonymous", mayReadPublic: false };
export const system: SystemActor = { kind: "system" };

/** The person asking; null for nobody and for the server itself. */
export function userIdOf(actor: Actor): string | null {
	return actor.kind === "user" ? actor.userId : null;
}
