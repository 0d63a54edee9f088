/**
 * Roles and what each may do, as data. One ladder serves ordinary projects and registries alike:
 * a team's view-only member is a `viewer` of its projects, an organisation's admin an `admin` of its registries.
 */
export const roles = ["none", "restricted_viewer", "viewer", "member", "admin"] as const;
export type Role = (typeof roles)[number];
/** A role that somebody can be given. */
export type GivenRole = Exclude<Role, "none">;

/** The lowest role that may do each thing. The role table's test and page are generated from this. */
export const leastRole = {
	/** See that it exists; names, metadata, file names, lineage. */
	"project.see": "restricted_viewer",
	/** Download bytes; mark a version as used. */
	"project.read": "viewer",
	/** Make and change runs, versions, collections, links, aliases, tags. */
	"project.write": "member",
	/** Change access, name, description; delete. */
	"project.administer": "admin",
} as const satisfies Record<string, Role>;

export type ProjectAction = keyof typeof leastRole;

const rank: Record<Role, number> = { none: 0, restricted_viewer: 1, viewer: 2, member: 3, admin: 4 };

/** True where `role` stands at least as high as `least`. */
export function atLeast(role: Role, least: Role): boolean {
	return rank[role] >= rank[least];
}

/** The highest of the roles given. */
export function highest(...given: Role[]): Role {
	return given.reduce<Role>((best, role) => (rank[role] > rank[best] ? role : best), "none");
}
