import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Account, createAccount, createUser } from "../account.ts";
import { graphql } from "../graphql.ts";
import { textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();

/** Another person of the organisation, and of its team. */
async function addPerson(account: Account, orgRole: string): Promise<Account> {
	const { username, ...door } = await createUser(server, `${orgRole}-${randomBytes(4).toString("hex")}`);
	const found = await graphql(account, "query ($name: String!) { organization(name: $name) { id } }", {
		name: account.org,
	});
	const join = `mutation ($org: ID!, $user: String!, $role: String!) {
		addUserToOrganization(input: { organizationId: $org, username: $user, role: $role }) { success } }`;
	await graphql(account, join, { org: textAt(found, "organization", "id"), user: username, role: orgRole });
	return { ...account, ...door, username, defaultEntity: username };
}

async function protect(account: Account, registry: string, aliases: readonly string[]): Promise<void> {
	const query = "query ($org: String!, $name: String!) { organization(name: $org) { registry(name: $name) { id } } }";
	const found = await graphql(account, query, { org: account.org, name: registry });
	const set = `mutation ($id: ID!, $aliases: [String!]) {
		updateRegistry(input: { projectId: $id, protectedAliases: $aliases }) { project { id } } }`;
	await graphql(account, set, { id: textAt(found, "organization", "registry", "id"), aliases });
}

/** A team of one's own in the organisation. */
async function makeTeam(account: Account): Promise<string> {
	const name = `team-${account.username}`;
	await graphql(account, "mutation ($name: String!) { createTeam(input: { teamName: $name }) { entity { id } } }", {
		name,
	});
	return name;
}

type Deed = readonly [title: string, act: string, ...unknown[]];
const tryOut = async (account: Account, version: string, deeds: readonly Deed[]) =>
	await runStep(account, version, "registry_refusals.py", { env: { DEEDS: JSON.stringify(deeds) } });

/** wire: the Python part of old clients has one text for every 403, and throws the server's away. */
const ownWords = expect.stringContaining("you do not have permission to access the requested resource");

describe.each(["0.31.0", "0.18.7"])("wandb %s: what a registry refuses", (version) => {
	const isOld = version === "0.18.7";

	test("S1-08, S1-09, S1-53, S1-54 links, in words that say the way out", async () => {
		const account = await createAccount(server);
		const stranger = await createAccount(server);
		const { team, org, orgEntity, username } = account;
		const target = (registry: string, prefix = "") => `${prefix}wandb-registry-${registry}/zoo`;
		const answers = await tryOut(account, version, [
			["personal", "link", username, "model", target("model", `${org}/`), []],
			["type", "link", team, "table", target("model"), []],
			["unknown", "link", team, "model", target("models"), []],
			["done", "link", team, "model", target("model"), []],
			["type of the collection", "link", team, "dataset", `${team}/zoo/models`, []],
			["stranger", "link", team, "model", target("model", `${stranger.org}/`), []],
		]);
		expect(answers).toEqual({
			// wire: 0.18.7 looks the organisation up by itself, and says so in its own words.
			personal: isOld
				? expect.stringContaining(username)
				: expect.stringMatching(`under the personal entity "${username}".*You can use: ${team}`),
			type: expect.stringContaining('does not take versions of type "table": it accepts "model"'),
			// wire: the core of 0.18.7 prints the body of a 404 as it is, quotes escaped.
			unknown: expect.stringMatching(
				/"models\\?" was not found.*there are: dataset, model. Did you mean \\?"model\\?"\?/,
			),
			done: "done",
			"type of the collection": expect.stringContaining("is an artifact that runs log to"),
			stranger: expect.stringMatching(new RegExp(`${stranger.org}|rganization`)),
		});
		const viewer = await addPerson(account, "viewer");
		const name = `${orgEntity}/wandb-registry-model/zoo:v0`;
		expect(await tryOut(viewer, version, [["by a viewer", "save", name, ["latest", "mine"]]])).toEqual({
			"by a viewer": isOld ? ownWords : expect.stringMatching(/needs the role member: .* can give it/),
		});
	});

	test("protected aliases to members, whatever the door, and not to admins", async () => {
		const account = await createAccount(server);
		const { team, orgEntity } = account;
		await protect(account, "dataset", ["production"]);
		const collection = `${orgEntity}/wandb-registry-dataset/zoo`;
		const admin = [
			["link", "link", team, "dataset", "wandb-registry-dataset/zoo", ["production"]],
			["save", "save", `${collection}:v0`, ["latest", "production", "free"]],
		] as const;
		expect(await tryOut(account, version, admin)).toEqual({ link: "done", save: "done" });

		const member = await addPerson(account, "member");
		const why = expect.stringMatching(
			/"production\\?" is protected in the registry \\?"dataset\\?": only its admins may/,
		);
		const refused = isOld ? ownWords : why;
		const deeds: Deed[] = [
			["link", "link", await makeTeam(member), "dataset", "wandb-registry-dataset/zoo", ["production"]],
			["take off", "save", `${collection}:v0`, ["latest"]],
			["unlink", "unlink", `${collection}:production`],
			["rename", "rename", collection, "dataset", "park"],
			["delete the collection", "delete collection", collection, "dataset"],
			["an alias that is not", "save", `${collection}:v0`, ["latest", "production", "mine"]],
		];
		expect(await tryOut(member, version, deeds)).toEqual({
			...{ link: why, "take off": refused, unlink: refused, rename: refused, "delete the collection": refused },
			"an alias that is not": "done",
		});
		// Nothing was lost by what was refused.
		const after = [["take off", "save", `${collection}:production`, ["latest"]] as const];
		expect(await tryOut(account, version, [...after, ["delete", "delete", `${team}/zoo/datasets:v0`]])).toEqual({
			...{ "take off": "done", delete: "done" },
		});
	});
});
