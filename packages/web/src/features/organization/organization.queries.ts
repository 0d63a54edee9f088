import { queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { ask } from "../../graphql-client.ts";
import {
	CreateTeamDocument,
	DeleteOrganizationDocument,
	OrganizationSettingsDocument,
	type OrganizationSettingsQuery,
	OrganizationTeamsDocument,
	RenameOrganizationDocument,
} from "./organization.graphql.gen.ts";

export type Organization = NonNullable<OrganizationSettingsQuery["organization"]>;

/** An organisation, its teams, and what the viewer may do with it. */
export function organizationQuery(org: string) {
	return queryOptions({
		queryKey: ["organization-settings", org],
		queryFn: async ({ signal }): Promise<Organization> =>
			found((await ask(OrganizationSettingsDocument, { org }, signal)).organization, "organization", org),
	});
}

/** The teams of an organisation with the number of their members. */
export function organizationTeamsQuery(org: string) {
	return queryOptions({
		queryKey: ["organization-settings", org, "teams"],
		queryFn: async ({ signal }) => {
			const { organization } = await ask(OrganizationTeamsDocument, { org }, signal);
			return (found(organization, "organization", org).teams ?? []).map(({ members, ...team }) => ({
				...team,
				memberCount: members?.filter(({ pending }) => !pending).length ?? 0,
			}));
		},
	});
}

/** Gives an organisation another name; the old one leads on. */
export async function renameOrganization(input: { id: string; name: string }): Promise<void> {
	await ask(RenameOrganizationDocument, input);
}

/** Deletes an organisation without teams and with empty registries. */
export async function deleteOrganization(id: string): Promise<void> {
	await ask(DeleteOrganizationDocument, { id });
}

/** Makes a team, of which the viewer is the admin. */
export async function createTeam(input: { name: string; organization: string }): Promise<string> {
	return (await ask(CreateTeamDocument, input)).createTeam?.entity?.name ?? input.name;
}
