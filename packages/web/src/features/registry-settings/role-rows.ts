import type { Person, RoleOrigin, TeamAccess } from "./registry-settings.queries.ts";

/** A line of the table of roles: a team that was let in, or somebody who has a role by one way or another. */
export type RoleRow = {
	kind: "user" | "team";
	id: string;
	name: string;
	/** Another name of a person. */
	fullName: string | null;
	isMachine: boolean;
	/** The role that was given here by name; null where it comes from elsewhere alone. */
	given: string | null;
	/** What counts in the end. */
	effective: string;
	/** What gives a role besides the one given by name, the highest first. */
	others: RoleOrigin[];
};

/** Teams first, then people, each as the server lists them. */
export function roleRows(teams: readonly TeamAccess[], people: readonly Person[]): RoleRow[] {
	return [...teams.map(teamRow), ...people.map(personRow)];
}

function teamRow({ team, role }: TeamAccess): RoleRow {
	const given = role?.name ?? "viewer";
	const base = { fullName: null, isMachine: false, others: [] };
	return { ...base, kind: "team", id: team.id, name: team.name, given, effective: given };
}

function personRow({ user, role, origins }: Person): RoleRow {
	const name = user.username ?? user.name;
	return {
		kind: "user",
		id: user.id,
		name,
		fullName: user.name === name ? null : user.name,
		isMachine: user.accountType === "SERVICE",
		given: origins.find(({ kind }) => kind === "GIVEN")?.role ?? null,
		effective: role,
		others: origins.filter(({ kind }) => kind !== "GIVEN"),
	};
}
