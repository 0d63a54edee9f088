import { queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { ask } from "../../graphql-client.ts";
import {
	DeleteTeamDocument,
	TeamDeletionDocument,
	TeamSettingsDocument,
	type TeamSettingsQuery,
	TeamTtlReachDocument,
	UpdateTeamDocument,
} from "./team-settings.graphql.gen.ts";

export type Team = NonNullable<TeamSettingsQuery["entity"]>;

/** A team with its settings, and what the viewer may do with it. */
export function teamQuery(team: string) {
	return queryOptions({
		queryKey: ["team-settings", team],
		queryFn: async ({ signal }): Promise<Team> => {
			const { entity } = await ask(TeamSettingsDocument, { team }, signal);
			return found(entity?.entityType === "team" ? entity : null, "entity", team);
		},
	});
}

/** How many versions live as long as the team's default says; null for who may not change it. */
export function ttlReachQuery(team: string) {
	return queryOptions({
		queryKey: ["team-settings", team, "ttl-reach"],
		queryFn: async ({ signal }) =>
			(await ask(TeamTtlReachDocument, { team }, signal)).entity?.versionsWithDefaultTTL ?? null,
		staleTime: 0,
	});
}

/** What stands in the way of a team's deletion; null for who may not delete it. */
export function teamDeletionQuery(team: string) {
	return queryOptions({
		queryKey: ["team-settings", team, "deletion"],
		queryFn: async ({ signal }) => (await ask(TeamDeletionDocument, { team }, signal)).entity?.deletion ?? null,
		staleTime: 0,
	});
}

/** Changes a team; what is not named stays as it is. A TTL of -2 is none. */
export async function updateTeam(input: {
	team: string;
	name?: string;
	ttl?: number;
	xxhash?: boolean;
}): Promise<void> {
	await ask(UpdateTeamDocument, input);
}

/** Deletes a team that holds no projects. */
export async function deleteTeam(team: string): Promise<void> {
	await ask(DeleteTeamDocument, { team });
}
