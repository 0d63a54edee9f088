import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { type Account, createUser } from "../account.ts";
import { graphql } from "../graphql.ts";
import { textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();

/** The server's first user, who administers it and its first organisation. */
function firstUser(): Account {
	const { url, apiKey } = server;
	return {
		url,
		apiKey,
		username: "admin",
		team: "my-team",
		org: "my-org",
		orgEntity: "my-org",
		defaultEntity: "my-team",
	};
}

/** A user in that organisation. */
async function newColleague(): Promise<string> {
	const { username } = await createUser(server, `colleague-${randomBytes(4).toString("hex")}`);
	const found = await graphql(server, '{ organization(name: "my-org") { id } }');
	await graphql(
		server,
		`mutation ($id: ID!, $username: String!) {
			addUserToOrganization(input: { organizationId: $id, username: $username, role: "member" }) { success } }`,
		{ id: textAt(found, "organization", "id"), username },
	);
	return username;
}

test.each(clientVersions)("wandb $version: makes users, keys, teams and service accounts", async ({ version }) => {
	const name = `new-${randomBytes(4).toString("hex")}`;
	const colleague = await newColleague();
	const env = { ADDRESS: `${name}@example.org`, COLLEAGUE: colleague };
	expect(await runStep(firstUser(), version, "people.py", { env })).toEqual({
		created: name,
		found: [name, `${name}@example.org`, false, []],
		users: [name],
		unknown: true,
		viewerTeams: true,
		keyLength: 40,
		keys: 1,
		keyWorks: true,
		deleted: true,
		keyGone: true,
		team: `${name}-team`,
		members: [["admin", true]],
		joins: true,
		pending: true,
		twice: false,
		invited: [
			["admin", false],
			[colleague, false],
			[`further-${name}@example.org`, true],
		],
		account: ["nightly build", "SERVICE"],
		machine: [`${name}-team`, `${name}-team`],
		removed: [true, true, true],
		left: ["admin"],
		...(version === "0.31.0" ? { organization: "my-org" } : {}),
	});
});
