import { describe, expect, test } from "vitest";
import { createAccount, createUser } from "../account.ts";
import { graphql } from "../graphql.ts";
import { textAt } from "../json.ts";
import { type Door, useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
// The oldest and the newest that have the calls.
const versions = ["0.31.0", "0.25.1"];

const add = `mutation ($org: ID!, $name: String!) {
	addUserToOrganization(input: { organizationId: $org, username: $name, role: "member" }) { success } }`;

async function viewerId(user: Door): Promise<string> {
	return textAt(await graphql(user, "{ viewer { id } }"), "viewer", "id");
}

describe.each(versions)("wandb %s: members of a registry", (version) => {
	test("people and teams come in, get another role, and go", async () => {
		const account = await createAccount(server);
		const [maker, colleague] = [account.username, `colleague-${account.username}`];
		const other = await createUser(server, colleague);
		const found = await graphql(account, "query ($name: String!) { organization(name: $name) { id } }", {
			name: account.org,
		});
		await graphql(account, add, { org: textAt(found, "organization", "id"), name: other.username });
		const outsider = await viewerId(await createUser(server, `outsider-${account.username}`));
		const env = {
			ORG: account.org,
			TEAM: account.team,
			COLLEAGUE: colleague,
			OUTSIDER_ID: outsider,
		};
		const own = { [maker]: "admin" };
		expect(await runStep(account, version, "registry_members.py", { env })).toEqual({
			"at first": { ...own, all: 1 },
			added: { ...own, [colleague]: "viewer", [account.team]: "viewer", all: 3 },
			roles: { ...own, [colleague]: "restricted_viewer", [account.team]: "member", all: 3 },
			"added again": { ...own, [colleague]: "restricted_viewer", [account.team]: "member", all: 3 },
			"by id": { ...own, [colleague]: "admin", [account.team]: "member", all: 3 },
			"somebody else": expect.stringContaining("is not in the organisation"),
			"unknown role": expect.stringContaining("use admin, member, viewer, restricted_viewer"),
			removed: { ...own, all: 1 },
		});
	});
});
