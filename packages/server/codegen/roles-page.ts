/** Writes `docs/roles.md` from the tables that the server itself asks: `access/roles.ts` and `access/place-rules.ts`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { placeActions, placeRule } from "../src/access/place-rules.ts";
import { atLeast, type GivenRole, type ProjectAction, projectActions, projectRule } from "../src/access/roles.ts";

export const rolesPageFile = join(import.meta.dirname, "../../../docs/roles.md");

const ladder = ["restricted_viewer", "viewer", "member", "admin"] as const satisfies readonly GivenRole[];
const columns = "restricted viewer | viewer | member | admin";

const intro = `# Who may do what

Generated from \`packages/server/src/access/roles.ts\` and \`place-rules.ts\` by \`packages/server/codegen/roles-page.ts\`: do not edit.
A test runs every role through every action and every door, and compares with these tables.

What one may not know of answers exactly like what does not exist. Whoever may see something but not do this to it is
told which role that takes, and who can give it.

## Where a role comes from

| in | role |
| --- | --- |
| a personal project | admin: its owner; nobody else, but for public and open ones |
| a team's project | the role in the team; a view-only member of the team is a viewer |
| a public project (\`USER_READ\`) | besides: every signed-in user is a viewer |
| an open project (\`USER_WRITE\`) | besides: every signed-in user is a member |
| a restricted project (\`RESTRICTED\`) | the team's admins; its maker, as in the team; the role given by name to a person or a team of the organisation |
| a registry | the highest of: admin for the organisation's admins; the role given to the person; the role given to one of the person's teams; and, where all the organisation sees it, its default role for the organisation's members, viewer for its viewers |

A role that was given counts while its holder is in the organisation. The owner of a project or a registry is a label of responsibility and
grants nothing. An instance admin sees private content only as a member. Without signing in nothing can be read, unless
\`KEIFU_ANONYMOUS_READ=true\`: then public and open projects can.

A version is read through any project that it is in: that of its run, or one that it is linked to. What is said of it is
changed through its own project or a registry. Only its own project deletes it.
`;

/** The text of the page. */
export function rolesPage(): string {
	const numbered = projectActions.filter((action) => projectRule(action).row !== undefined);
	const inProjects = projectActions.filter((action) => projectRule(action).only !== "registry");
	return [
		intro,
		"## Registries\n",
		`| # | action | ${columns} |`,
		"| --- | --- | --- | --- | --- | --- |",
		...numbered.toSorted(byRow).map((action) => `| ${projectRule(action).row} | ${line(action)} |`),
		"\n* Not built yet: the role is settled, there is nothing that asks for it.\n",
		"## Projects\n",
		`| action | ${columns} |`,
		"| --- | --- | --- | --- | --- |",
		...inProjects.map((action) => `| ${line(action)} |`),
		"\n## Teams, organisations, the server\n",
		"| in | action | in the team, at least | in the organisation, at least | instance admin |",
		"| --- | --- | --- | --- | --- |",
		...placeActions.map((action) => {
			const { scope, what, team, organization, instanceAdmin } = placeRule(action);
			return `| ${scope} | ${what} | ${team ?? "–"} | ${organization ?? "–"} | ${instanceAdmin ? "✓" : "–"} |`;
		}),
		"",
	].join("\n");
}

function byRow(one: ProjectAction, other: ProjectAction): number {
	return (projectRule(one).row ?? 0) - (projectRule(other).row ?? 0);
}

function line(action: ProjectAction): string {
	const { what, least, built } = projectRule(action);
	const cells = ladder.map((role) => (atLeast(role, least) ? "✓" : "–"));
	return `${what}${built === false ? " *" : ""} | ${cells.join(" | ")}`;
}

if (import.meta.main) {
	writeFileSync(rolesPageFile, rolesPage());
	console.log("docs/roles.md written");
}
