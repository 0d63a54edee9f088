import type { Actor, OrgRole, TeamRole } from "./actor.ts";

/** What can be done in a team, in an organisation or to the whole server. Any of the conditions named is enough. */
type PlaceRule = {
	readonly scope: "team" | "organization" | "instance";
	readonly what: string;
	/** The lowest role in the team. */
	readonly team?: TeamRole;
	/** The lowest role in the organisation, of a team's organisation too. */
	readonly organization?: OrgRole;
	/** An instance admin may, a member or not. */
	readonly instanceAdmin?: true;
};

const placeRules = {
	"team.see": {
		scope: "team",
		team: "viewer",
		organization: "viewer",
		instanceAdmin: true,
		what: "see that the team is there, and its people",
	},
	"entity.write": { scope: "team", team: "member", what: "make projects, log runs and versions" },
	"team.administer": {
		scope: "team",
		team: "admin",
		organization: "admin",
		instanceAdmin: true,
		what: "add and remove people, change their roles, set the default TTL",
	},
	"organization.see": {
		scope: "organization",
		organization: "viewer",
		instanceAdmin: true,
		what: "see the organisation, its teams and people",
	},
	"organization.administer": {
		scope: "organization",
		organization: "admin",
		instanceAdmin: true,
		what: "add and remove people, change their roles",
	},
	"team.create": { scope: "organization", organization: "member", what: "create a team" },
	"registry.create": { scope: "organization", organization: "member", what: "create a custom registry" },
	"user.create": { scope: "instance", instanceAdmin: true, what: "create users" },
} as const satisfies Readonly<Record<string, PlaceRule>>;

export type PlaceAction = keyof typeof placeRules;

// The keys are those of the table: TypeScript widens them to text.
export const placeActions = Object.keys(placeRules) as readonly PlaceAction[];

/** The rule behind an action, with the fields that only some have. */
export function placeRule(action: PlaceAction): PlaceRule {
	return placeRules[action];
}

/** Where something is done: a team with its organisation, an organisation, or neither. */
export type Place = { readonly teamId?: string; readonly organizationId?: string | null };

const rank: Record<TeamRole | OrgRole, number> = { viewer: 1, member: 2, admin: 3 };

/** May the actor do this there? The server itself may everything. */
export function mayInPlace(actor: Actor, place: Place, action: PlaceAction): boolean {
	if (actor.kind !== "user") return actor.kind === "system";
	const { team, organization, instanceAdmin } = placeRule(action);
	if (instanceAdmin && actor.instanceAdmin) return true;
	const inTeam = place.teamId === undefined ? undefined : actor.teams.get(place.teamId);
	if (team !== undefined && inTeam !== undefined && rank[inTeam] >= rank[team]) return true;
	const inOrg = place.organizationId ? actor.organizations.get(place.organizationId) : undefined;
	return organization !== undefined && inOrg !== undefined && rank[inOrg] >= rank[organization];
}
