/**
 * Roles and what each may do, as data: the one place that says who may what. Policies look things up here; the test of
 * every role through every door, the capabilities on the wire and the page docs/roles.md are generated from it.
 *
 * One ladder serves ordinary projects and registries alike: a team's view-only member is a `viewer` of its projects, an
 * organisation's admin an `admin` of its registries.
 */
export const roles = ["none", "restricted_viewer", "viewer", "member", "admin"] as const;
export type Role = (typeof roles)[number];
/** A role that somebody can be given. */
export type GivenRole = Exclude<Role, "none">;

/** What can be done in a project or a registry, or to what is in it. */
type ProjectRule = {
	/** The lowest role that may. */
	readonly least: GivenRole;
	/** Number of the row in the table of registry permissions. */
	readonly row?: number;
	readonly what: string;
	/** As a refusal begins: "linking a version to "team/project" needs the role member". */
	readonly doing: string;
	/** Which of the two it is there for; both where absent. */
	readonly only?: "registry" | "project";
	/** False while there is no such thing yet: the row stands, nothing asks for it. */
	readonly built?: false;
};

export const projectRules = {
	"project.see": {
		row: 1,
		least: "restricted_viewer",
		doing: "seeing",
		what: "see it, its settings and its member list",
	},
	"registry.search": {
		row: 2,
		least: "restricted_viewer",
		only: "registry",
		doing: "searching",
		what: "search it",
	},
	"collection.see": {
		row: 3,
		least: "restricted_viewer",
		doing: "seeing the collections of",
		what: "see a collection's details",
	},
	"version.see": {
		row: 4,
		least: "restricted_viewer",
		doing: "seeing a version in",
		what: "see a version's details, metadata, file names and lineage",
	},
	"version.use": {
		row: 5,
		least: "viewer",
		doing: "using a version of",
		what: "mark a version as used by a run (`use_artifact`)",
	},
	"version.download": {
		row: 6,
		least: "viewer",
		doing: "downloading a version of",
		what: "download a version (`download`, `checkout`, `get`, `get_path`, `get_entry().download`, `file`, `verify`)",
	},
	"file.download": {
		row: 7,
		least: "viewer",
		doing: "downloading files of",
		what: "download single files in the app",
	},
	"collection.create": {
		row: 8,
		least: "member",
		doing: "making a collection in",
		what: "create a collection",
	},
	"version.link": {
		row: 9,
		least: "member",
		doing: "linking a version to",
		what: "link a version, of which one may download the source",
	},
	"version.unlink": { row: 10, least: "member", doing: "unlinking a version from", what: "unlink a version" },
	"alias.change": {
		row: 11,
		least: "member",
		doing: "changing aliases in",
		what: "add or remove an alias",
	},
	"alias.change_protected": {
		row: 12,
		least: "admin",
		only: "registry",
		doing: "changing protected aliases in",
		what: "add or remove a protected alias",
	},
	"version.tag": {
		row: 13,
		least: "member",
		doing: "tagging a version of",
		what: "add or remove a version's tag",
	},
	"collection.tag": {
		row: 14,
		least: "member",
		doing: "tagging a collection of",
		what: "add or remove a collection's tag",
	},
	"collection.edit": {
		row: 15,
		least: "member",
		doing: "editing a collection of",
		what: "edit a collection's card, name and description",
	},
	"version.edit": {
		row: 16,
		least: "member",
		doing: "editing a version of",
		what: "edit a version's description and metadata",
	},
	"collection.delete": {
		row: 17,
		least: "member",
		doing: "deleting or moving a collection of",
		what: "delete or move a collection",
	},
	"automation.collection": {
		row: 18,
		least: "member",
		doing: "automating a collection of",
		built: false,
		what: "create, edit and delete an automation of a collection",
	},
	"notice.subscribe": {
		row: 19,
		least: "member",
		doing: "subscribing to notices of",
		built: false,
		what: "subscribe to notices",
	},
	"automation.registry": {
		row: 20,
		least: "admin",
		only: "registry",
		doing: "automating",
		built: false,
		what: "automation of the whole registry",
	},
	"registry.edit": {
		row: 21,
		least: "admin",
		only: "registry",
		doing: "editing",
		what: "edit the registry's name and description",
	},
	"registry.types": {
		row: 22,
		least: "admin",
		only: "registry",
		doing: "adding accepted types to",
		what: "add accepted types",
	},
	"registry.protect": {
		row: 23,
		least: "admin",
		only: "registry",
		doing: "protecting aliases of",
		what: "set protected aliases",
	},
	"registry.visibility": {
		row: 24,
		least: "admin",
		only: "registry",
		doing: "changing the visibility of",
		what: "change visibility",
	},
	"registry.members": {
		row: 25,
		least: "admin",
		only: "registry",
		doing: "adding people and teams to, or removing them from,",
		what: "add or remove users and teams",
	},
	"registry.roles": {
		row: 26,
		least: "admin",
		only: "registry",
		doing: "changing roles in",
		what: "change roles, name the owner",
	},
	"registry.delete": {
		row: 27,
		least: "admin",
		only: "registry",
		doing: "deleting",
		what: "delete the registry (a custom one)",
	},
	"project.read": {
		least: "viewer",
		only: "project",
		doing: "reading",
		what: "download files of runs, and what they wrote to the console",
	},
	"project.write": {
		least: "member",
		only: "project",
		doing: "writing to",
		what: "log, change and delete runs, their files and sweeps; log versions",
	},
	"version.delete": {
		least: "member",
		only: "project",
		doing: "deleting a version of",
		what: "delete a version, or say how long it lives (where it was logged; a registry unlinks)",
	},
	"project.administer": {
		least: "admin",
		only: "project",
		doing: "administering",
		what: "edit the description, change access and who is named, rename, delete",
	},
} as const satisfies Readonly<Record<string, ProjectRule>>;

export type ProjectAction = keyof typeof projectRules;

/** The rule behind an action, with the fields that only some have. */
export function projectRule(action: ProjectAction): ProjectRule {
	return projectRules[action];
}

// The keys are those of the table: TypeScript widens them to text.
export const projectActions = Object.keys(projectRules) as readonly ProjectAction[];

const rank: Record<Role, number> = { none: 0, restricted_viewer: 1, viewer: 2, member: 3, admin: 4 };

/** True where `role` stands at least as high as `least`. */
export function atLeast(role: Role, least: Role): boolean {
	return rank[role] >= rank[least];
}

/** May this role do it? */
export function mayAs(role: Role, action: ProjectAction): boolean {
	return atLeast(role, projectRules[action].least);
}

/** The highest of the roles given. */
export function highest(...given: Role[]): Role {
	return given.reduce<Role>((best, role) => (rank[role] > rank[best] ? role : best), "none");
}
