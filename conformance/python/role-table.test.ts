import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createAccount, createUser } from "../account.ts";
import { graphql } from "../graphql.ts";
import { textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

// The calls of the client's public API that the role table of registries speaks of, with each role. What is expected is
// what the documentation page says, which is generated from the table that the server asks.

const server = useServer();
const ladder = ["restricted_viewer", "viewer", "member", "admin"];

/** Which roles may do what each row of the page says, by its number. */
function readTable(): ReadonlyMap<string, readonly string[]> {
	const page = readFileSync(join(import.meta.dirname, "../../docs/roles.md"), "utf8");
	const rows = page.split("\n").filter((line) => /^\| \d+ \|/.test(line));
	return new Map(
		rows.map((row) => {
			const cells = row.split("|").map((cell) => cell.trim());
			return [cells[1] ?? "", ladder.filter((_role, index) => cells[index + 3] === "✓")];
		}),
	);
}

async function findUser(door: Parameters<typeof graphql>[0], username: string): Promise<string> {
	const found = await graphql(door, "query ($name: String) { users(query: $name) { edges { node { id } } } }", {
		name: username,
	});
	return textAt(found, "users", "edges", 0, "node", "id");
}

test("wandb 0.31.0: each role does what the page says, and no more", async () => {
	const owner = await createAccount(server);
	const made = await graphql(
		owner,
		`mutation ($entity: String) { upsertModel(input: { entityName: $entity, name: "wandb-registry-shared",
			access: "RESTRICTED", artifactTypes: [{ name: "dataset" }], allowAllArtifactTypesInRegistry: false }) { project { id } } }`,
		{ entity: owner.orgEntity },
	);
	const projectId = textAt(made, "upsertModel", "project", "id");
	const organization = await graphql(owner, "query ($name: String!) { organization(name: $name) { id } }", {
		name: owner.org,
	});
	const join = async (username: string) =>
		await graphql(
			owner,
			`mutation ($input: AddUserToOrganizationInput!) { addUserToOrganization(input: $input) { success } }`,
			{ input: { organizationId: textAt(organization, "organization", "id"), username, role: "member" } },
		);
	await graphql(
		owner,
		`mutation ($entity: String) { upsertModel(input: { entityName: $entity, name: "open", access: "USER_READ" }) {
			inserted } }`,
		{ entity: owner.team },
	);
	const shared = { ORG: owner.org, REGISTRY_ENTITY: owner.orgEntity, TEAM: owner.team, OWNER: owner.username };
	await runStep(owner, "0.31.0", "role_shelf.py", { env: { ...shared, ROLES: ladder.join(",") } });

	const table = readTable();
	expect(table.size).toBe(27);
	for (const role of ladder) {
		const [user, bystander] = [`${role}-${owner.username}`, `near-${role}-${owner.username}`];
		const door = await createUser(server, user.replaceAll("_", "-"));
		const other = await createUser(server, bystander.replaceAll("_", "-"));
		await join(door.username);
		await join(other.username);
		await graphql(
			owner,
			"mutation ($input: UpdateProjectMemberInput!) { updateProjectMember(input: $input) { success } }",
			{ input: { projectId, userId: await findUser(owner, door.username), userProjectRole: role } },
		);
		const env = { ...shared, ROLE: role, BYSTANDER: other.username };
		const who = { ...owner, ...door, defaultEntity: door.username };
		// What the script prints is all that is known of it.
		const calls = (await runStep(who, "0.31.0", "role_calls.py", { env })) as Readonly<Record<string, unknown>>;
		for (const [call, outcome] of Object.entries(calls)) {
			const may = table.get(call.split(" ")[0] ?? "")?.includes(role) === true;
			const expected = may ? expect.not.stringMatching(/^refused/) : expect.stringMatching(/^refused/);
			// A call that answers nothing was not refused either.
			expect([role, call, outcome ?? "done"]).toEqual([
				role,
				call,
				typeof outcome === "string" ? expected : may ? (outcome ?? "done") : expected,
			]);
		}
		expect(JSON.stringify(calls)).toContain(`"legs":4`);
	}
});
