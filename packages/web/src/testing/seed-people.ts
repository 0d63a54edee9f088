import type { KeifuClient } from "@keifu/sdk";

/** Somebody whom the seed made: the password is the same for all of them. */
export const peoplesPassword = "a password of people";

type InviteResult = { createInvite: { invite: { link: string } } };

/** Makes an account by an invitation, as whoever gets its link does; and gives it a role in the organisation. */
export async function makePerson(client: KeifuClient, person: { username: string; entity: string; role: string }) {
	const { username, entity, role } = person;
	const email = `${username}@example.org`;
	const { createInvite } = await client.graphql<InviteResult>(
		`mutation($entity: String!, $email: String, $role: String) {
			createInvite(input: { entityName: $entity, email: $email, role: $role }) { invite { link } }
		}`,
		{ entity, email, role },
	);
	const token = new URL(createInvite.invite.link).searchParams.get("invite");
	await client.request("api/invite/accept", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ token, username, password: peoplesPassword }),
	});
}

type Ids = {
	organization: { id: string; registry: { id: string } };
	entity: { members: { id: string; username: string }[] };
};

/**
 * Of my-org: `tariq`, a member, in my-team too; `vera`, a viewer; `rui`, a viewer who is a restricted viewer by name in
 * the registry `models-eu`, which is restricted, has `my-team` as members, and the protected alias `production`.
 */
export async function seedPeople(client: KeifuClient): Promise<void> {
	await makePerson(client, { username: "tariq", entity: "my-team", role: "member" });
	await makePerson(client, { username: "vera", entity: "my-org", role: "viewer" });
	await makePerson(client, { username: "rui", entity: "my-org", role: "viewer" });
	await client.graphql(
		`mutation { upsertModel(input: {
			entityName: "my-org", name: "wandb-registry-models-eu", access: "RESTRICTED", description: "Models that serve Europe.",
			artifactTypes: [{ name: "model" }], allowAllArtifactTypesInRegistry: false
		}) { project { id } } }`,
		{},
	);
	const ids = await client.graphql<Ids>(
		`{ organization(name: "my-org") { id registry(name: "models-eu") { id } }
			entity(name: "my-org") { members { id username } } }`,
		{},
	);
	const team = await client.graphql<{ entity: { id: string } }>('{ entity(name: "my-team") { id } }', {});
	const id = ids.organization.registry.id;
	const rui = ids.entity.members.find(({ username }) => username === "rui")?.id;
	await client.graphql(
		`mutation($id: ID!, $rui: ID!, $team: ID!) {
			user: updateProjectMember(input: { projectId: $id, userId: $rui, userProjectRole: "restricted_viewer" }) { success }
			team: updateProjectTeamMember(input: { projectId: $id, teamId: $team, teamProjectRole: "member" }) { success }
			registry: updateRegistry(input: { projectId: $id, protectedAliases: ["production"] }) { project { id } }
		}`,
		{ id, rui, team: team.entity.id },
	);
}
