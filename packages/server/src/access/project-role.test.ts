import { describe, expect, test } from "vitest";
import { type Actor, anonymous, type OrgRole, system, type TeamRole, type UserActor } from "./actor.ts";
import { mayOnProject, type ProjectAccess, type ProjectSubject, projectRole } from "./project-role.ts";
import { type GivenRole, type ProjectAction, type Role, roles } from "./roles.ts";

function userActor(facts: {
	userId?: string;
	team?: TeamRole | undefined;
	org?: OrgRole | undefined;
	admin?: boolean;
	grant?: GivenRole;
}): UserActor {
	return {
		kind: "user",
		userId: facts.userId ?? "ann",
		username: facts.userId ?? "ann",
		instanceAdmin: facts.admin ?? false,
		personalEntityId: "own",
		defaultEntityId: "own",
		teams: new Map(facts.team === undefined ? [] : [["team", facts.team]]),
		organizations: new Map(facts.org === undefined ? [] : [["org", facts.org]]),
		grants: new Map(facts.grant === undefined ? [] : [["project", facts.grant]]),
		via: "api-key",
	};
}

const base = {
	id: "project",
	registryDefaultRole: null,
	createdBy: "bob",
	ownerUserId: null,
	organizationId: "org",
	deletedAt: null,
} as const;
const teamProject = (access: ProjectAccess, more: Partial<ProjectSubject> = {}): ProjectSubject => ({
	...base,
	entityId: "team",
	entityKind: "team",
	access,
	...more,
});
const personalProject = (access: ProjectAccess): ProjectSubject => ({
	...base,
	entityId: "own",
	entityKind: "user",
	organizationId: null,
	ownerUserId: "ann",
	access,
});
const registry = (access: ProjectAccess, registryDefaultRole: "viewer" | "member" | null): ProjectSubject => ({
	...base,
	entityId: "org-entity",
	entityKind: "organization",
	access,
	registryDefaultRole,
});

const stranger = userActor({ userId: "eve" });
const publicReader: Actor = { kind: "anonymous", mayReadPublic: true };
const accesses = ["PRIVATE", "USER_READ", "USER_WRITE", "RESTRICTED"] as const;

describe("the role in a team's project", () => {
	// Columns: PRIVATE, USER_READ (public), USER_WRITE (open), RESTRICTED.
	const table: Array<[string, Actor, [Role, Role, Role, Role]]> = [
		["the server", system, ["admin", "admin", "admin", "admin"]],
		["nobody", anonymous, ["none", "none", "none", "none"]],
		["nobody, where public projects may be read", publicReader, ["none", "viewer", "viewer", "none"]],
		["a stranger", stranger, ["none", "viewer", "member", "none"]],
		["an instance admin", userActor({ admin: true }), ["none", "viewer", "member", "none"]],
		["an admin of the organisation", userActor({ org: "admin" }), ["none", "viewer", "member", "none"]],
		["a member of the organisation", userActor({ org: "member" }), ["none", "viewer", "member", "none"]],
		["a team admin", userActor({ team: "admin" }), ["admin", "admin", "admin", "admin"]],
		["a team member", userActor({ team: "member" }), ["member", "member", "member", "none"]],
		["a team viewer", userActor({ team: "viewer" }), ["viewer", "viewer", "member", "none"]],
		["its maker", userActor({ userId: "bob", team: "member" }), ["member", "member", "member", "member"]],
		["its maker, a viewer", userActor({ userId: "bob", team: "viewer" }), ["viewer", "viewer", "member", "viewer"]],
		["its maker, who left the team", userActor({ userId: "bob" }), ["none", "viewer", "member", "none"]],
		["one named", userActor({ org: "viewer", grant: "member" }), ["none", "viewer", "member", "member"]],
		["one named as admin", userActor({ org: "member", grant: "admin" }), ["none", "viewer", "member", "admin"]],
		[
			"a team member named below that",
			userActor({ org: "member", team: "member", grant: "restricted_viewer" }),
			["member", "member", "member", "restricted_viewer"],
		],
		["one named who left the organisation", userActor({ grant: "admin" }), ["none", "viewer", "member", "none"]],
	];
	test.each(table)("of %s", (_who, actor, expected) => {
		expect(accesses.map((access) => projectRole(actor, teamProject(access)))).toEqual(expected);
	});
});

describe("the role in a personal project", () => {
	const table: Array<[string, Actor, [Role, Role, Role, Role]]> = [
		["its owner", userActor({}), ["admin", "admin", "admin", "admin"]],
		["a stranger", stranger, ["none", "viewer", "member", "none"]],
		["an instance admin", userActor({ userId: "root", admin: true }), ["none", "viewer", "member", "none"]],
		["nobody", anonymous, ["none", "none", "none", "none"]],
		["nobody, where public projects may be read", publicReader, ["none", "viewer", "viewer", "none"]],
	];
	test.each(table)("of %s", (_who, actor, expected) => {
		expect(accesses.map((access) => projectRole(actor, personalProject(access)))).toEqual(expected);
	});
});

describe("the role in a registry", () => {
	// Columns: default role member, default role viewer, no default role; then restricted.
	const table: Array<[string, Actor, [Role, Role, Role, Role]]> = [
		["an organisation admin", userActor({ org: "admin" }), ["admin", "admin", "admin", "admin"]],
		["an organisation member", userActor({ org: "member" }), ["member", "viewer", "viewer", "none"]],
		["an organisation viewer", userActor({ org: "viewer" }), ["viewer", "viewer", "viewer", "none"]],
		[
			"an organisation viewer named as member",
			userActor({ org: "viewer", grant: "member" }),
			["member", "member", "member", "member"],
		],
		[
			"one named below what all have",
			userActor({ org: "member", grant: "restricted_viewer" }),
			["member", "viewer", "viewer", "restricted_viewer"],
		],
		["its admin by name", userActor({ org: "viewer", grant: "admin" }), ["admin", "admin", "admin", "admin"]],
		["one named who left the organisation", userActor({ grant: "admin" }), ["none", "none", "none", "none"]],
		["its maker, not named", userActor({ userId: "bob", org: "member" }), ["member", "viewer", "viewer", "none"]],
		["a member of one of its teams only", userActor({ team: "admin" }), ["none", "none", "none", "none"]],
		["a stranger", stranger, ["none", "none", "none", "none"]],
		["an instance admin", userActor({ admin: true }), ["none", "none", "none", "none"]],
		["nobody, where public projects may be read", publicReader, ["none", "none", "none", "none"]],
	];
	test.each(table)("of %s", (_who, actor, expected) => {
		const subjects = [
			registry("PRIVATE", "member"),
			registry("PRIVATE", "viewer"),
			registry("PRIVATE", null),
			registry("RESTRICTED", "member"),
		];
		expect(subjects.map((subject) => projectRole(actor, subject))).toEqual(expected);
	});

	test("is never everybody's, even where its access says so", () => {
		for (const access of ["USER_READ", "USER_WRITE"] as const) {
			expect(projectRole(stranger, registry(access, "member"))).toBe("none");
			expect(projectRole(publicReader, registry(access, "member"))).toBe("none");
		}
	});
});

describe("what a role may do", () => {
	const table: Array<[ProjectAction, Role[]]> = [
		["project.see", ["restricted_viewer", "viewer", "member", "admin"]],
		["project.read", ["viewer", "member", "admin"]],
		["project.write", ["member", "admin"]],
		["project.administer", ["admin"]],
	];
	const subjectFor: Record<Role, [Actor, ProjectSubject]> = {
		none: [stranger, teamProject("PRIVATE")],
		restricted_viewer: [userActor({ org: "viewer", grant: "restricted_viewer" }), teamProject("RESTRICTED")],
		viewer: [userActor({ team: "viewer" }), teamProject("PRIVATE")],
		member: [userActor({ team: "member" }), teamProject("PRIVATE")],
		admin: [userActor({ team: "admin" }), teamProject("PRIVATE")],
	};
	test.each(table)("%s", (action, allowed) => {
		for (const role of roles) {
			const [actor, subject] = subjectFor[role];
			expect(projectRole(actor, subject)).toBe(role);
			expect([role, mayOnProject(actor, subject, action)]).toEqual([role, allowed.includes(role)]);
		}
	});
});
