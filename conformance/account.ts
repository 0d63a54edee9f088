import { randomBytes } from "node:crypto";
import { graphql } from "./graphql.ts";
import { textAt } from "./json.ts";
import { type Door, newApiKey } from "./server.ts";

/** A user with an organisation and a team of their own, so that tests on one server do not meet. */
export interface Account extends Door {
	readonly username: string;
	readonly team: string;
	readonly org: string;
	/** The entity that the organisation's registries live under. */
	readonly orgEntity: string;
	/** Where runs go when no entity is named. */
	readonly defaultEntity: string;
}

/** Makes a user whose default entity is their team, as the documents assume. */
export async function createAccount(admin: Door): Promise<Account> {
	const account = await createPersonalAccount(admin);
	await graphql(
		account,
		"mutation ($entity: String) { updateUser(input: { defaultEntity: $entity }) { user { id } } }",
		{
			entity: account.team,
		},
	);
	return { ...account, defaultEntity: account.team };
}

/** Makes a user who has an organisation and a team, and whose default entity is still their own name. */
export async function createPersonalAccount(admin: Door): Promise<Account> {
	const mark = randomBytes(4).toString("hex");
	const user = await createUser(admin, `user-${mark}`);
	const made = await graphql(
		user,
		"mutation ($name: String!) { createOrganization(input: { name: $name }) { organization { id name orgEntity { name } } } }",
		{ name: `org-${mark}` },
	);
	const organization = ["createOrganization", "organization"];
	const team = await graphql(
		user,
		"mutation ($name: String!, $org: ID) { createTeam(input: { teamName: $name, organizationId: $org }) { entity { name } } }",
		{ name: `team-${mark}`, org: textAt(made, ...organization, "id") },
	);
	return {
		...user,
		team: textAt(team, "createTeam", "entity", "name"),
		org: textAt(made, ...organization, "name"),
		orgEntity: textAt(made, ...organization, "orgEntity", "name"),
		defaultEntity: user.username,
	};
}

/** Makes a user who belongs to nothing. */
export async function createUser(admin: Door, username: string): Promise<Door & { readonly username: string }> {
	const apiKey = newApiKey();
	const made = await graphql(
		admin,
		`mutation ($email: String!, $username: String, $apiKey: String) {
			createUser(input: { email: $email, username: $username, apiKey: $apiKey }) { user { username } }
		}`,
		{ email: `${username}@example.com`, username, apiKey },
	);
	return { url: admin.url, apiKey, username: textAt(made, "createUser", "user", "username") };
}

/** Makes a project: PRIVATE, USER_READ (public) or USER_WRITE (open). */
export async function createProject(owner: Door, entity: string, name: string, access = "PRIVATE"): Promise<void> {
	await graphql(
		owner,
		`mutation ($entity: String, $name: String, $access: String) {
			upsertModel(input: { entityName: $entity, name: $name, access: $access }) { project { id } }
		}`,
		{ entity, name, access },
	);
}

/** Makes a registry that takes every type of artifact. */
export async function createRegistry(owner: Account, name: string): Promise<void> {
	await graphql(
		owner,
		`mutation ($entity: String, $name: String) {
			upsertModel(
				input: { entityName: $entity, name: $name, access: "PRIVATE", allowAllArtifactTypesInRegistry: true }
			) { project { id } }
		}`,
		{ entity: owner.orgEntity, name: `wandb-registry-${name}` },
	);
}
