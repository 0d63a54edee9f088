import type { GivenRole } from "../access/roles.ts";

/** Who is given a role in a project: a person, or all who are in a team. */
export type MemberRef = { readonly userId: string } | { readonly teamId: string };

/** A person or a team with the role given in a project. */
export type ProjectMemberRow = {
	readonly kind: "user" | "team";
	/** Of the user, or of the team's entity. */
	readonly id: string;
	/** The user name, or the team's. */
	readonly name: string;
	/** Of people only. */
	readonly displayName: string | null;
	readonly email: string | null;
	readonly role: GivenRole;
};
