import { expect, test } from "vitest";
import type { Person } from "./registry-settings.queries.ts";
import { roleRows } from "./role-rows.ts";

function person(username: string, role: string, origins: Person["origins"]): Person {
	const user = { id: `id-${username}`, username, name: username, accountType: "MEMBER", deletedAt: null };
	return { user, role, origins };
}

test("teams come first, and a role that was given is told from those that come from elsewhere", () => {
	const team = { id: "t", name: "research" };
	const rows = roleRows(
		[{ team, role: { name: "member" } }],
		[
			person("ada", "admin", [
				{ role: "admin", kind: "ORGANIZATION_ADMIN", team: null },
				{ role: "viewer", kind: "GIVEN", team: null },
			]),
			person("bob", "member", [{ role: "member", kind: "TEAM", team }]),
		],
	);
	expect(
		rows.map(({ name, given, effective, others }) => [name, given, effective, others.map(({ kind }) => kind)]),
	).toEqual([
		["research", "member", "member", []],
		["ada", "viewer", "admin", ["ORGANIZATION_ADMIN"]],
		["bob", null, "member", ["TEAM"]],
	]);
});
