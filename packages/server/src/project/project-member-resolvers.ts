import { connectionOf, pageWanted } from "../graphql/connection.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { fromNodeId, toNodeId } from "../graphql/node-id.ts";
import type { CreateProjectMembersInput, Resolvers } from "../graphql/resolver-types.gen.ts";
import { userLoader } from "../identity/index.ts";
import { entityLoader } from "../org/index.ts";
import {
	addProjectMembers,
	type MembersInput,
	parseGivenRole,
	removeProjectMembers,
} from "./change-project-members.ts";
import { listPeople, personCursor } from "./list-people.ts";
import { listProjectMembers, maySeePeople } from "./list-project-members.ts";
import type { PersonRow } from "./project-people-reader.ts";
import type { ProjectRow } from "./project-reader.ts";
import { highestOrigin, type RoleOrigin, roleOrigins } from "./role-origin-rules.ts";
import { setProjectMember } from "./set-project-member.ts";
import { setProjectOwner } from "./set-project-owner.ts";

type MembersArgs = Pick<CreateProjectMembersInput, "projectId" | "userIds" | "teamIds">;

function toMembers({ projectId, userIds, teamIds }: MembersArgs): MembersInput {
	return {
		projectId: fromNodeId("Project", projectId),
		members: [
			...(userIds ?? []).map((id) => ({ userId: fromNodeId("User", id) })),
			...(teamIds ?? []).map((id) => ({ teamId: fromNodeId("Entity", id) })),
		],
	};
}

async function existing<T>(found: Promise<T | null>, what: string): Promise<T> {
	const row = await found;
	if (row === null) throw new Error(`${what} that has a role is not there`);
	return row;
}

async function shownPerson(gql: GqlContext, project: ProjectRow, person: PersonRow) {
	const origins = roleOrigins(project, person);
	return {
		user: await existing(userLoader(gql).load(person.userId), "a user"),
		role: highestOrigin(origins),
		origins: await Promise.all(origins.map(async (origin) => await shownOrigin(gql, origin))),
	};
}

async function shownOrigin(gql: GqlContext, { role, kind, teamId }: RoleOrigin) {
	return { role, kind, team: teamId === null ? null : await entityLoader(gql).load(teamId) };
}

/** Who has which role in a registry or project. */
export const projectMemberResolvers: Resolvers = {
	Mutation: {
		createProjectMembers: async (_parent, { input }, { ctx }) => {
			await addProjectMembers(ctx, toMembers(input));
			return { success: true, clientMutationId: input.clientMutationId };
		},
		deleteProjectMembers: async (_parent, { input }, { ctx }) => {
			await removeProjectMembers(ctx, toMembers(input));
			return { success: true, clientMutationId: input.clientMutationId };
		},
		updateProjectMember: async (_parent, { input }, { ctx }) => {
			const [projectId, userId] = [fromNodeId("Project", input.projectId), fromNodeId("User", input.userId)];
			await setProjectMember(ctx, { projectId, member: { userId }, role: parseGivenRole(input.userProjectRole) });
			return { success: true, clientMutationId: input.clientMutationId };
		},
		updateProjectTeamMember: async (_parent, { input }, { ctx }) => {
			const [projectId, teamId] = [fromNodeId("Project", input.projectId), fromNodeId("Entity", input.teamId)];
			await setProjectMember(ctx, { projectId, member: { teamId }, role: parseGivenRole(input.teamProjectRole) });
			return { success: true, clientMutationId: input.clientMutationId };
		},
		setProjectOwner: async (_parent, { input }, { ctx }) => {
			const userId = input.userId ? fromNodeId("User", input.userId) : null;
			const project = await setProjectOwner(ctx, { projectId: fromNodeId("Project", input.projectId), userId });
			return { project, clientMutationId: input.clientMutationId };
		},
	},
	Project: {
		members: async (project, _args, { ctx }) =>
			(await listProjectMembers(ctx, project))
				.filter(({ kind }) => kind === "user")
				.map(({ id, name, displayName, email, role }) => ({
					id: toNodeId("User", id),
					name: displayName ?? name,
					username: name,
					email,
					role: { name: role },
				})),
		teamMembers: async (project, _args, gql) => {
			const teams = (await listProjectMembers(gql.ctx, project)).filter(({ kind }) => kind === "team");
			return await Promise.all(
				teams.map(async ({ id, role }) => ({
					team: await existing(entityLoader(gql).load(id), "a team"),
					role: { name: role },
				})),
			);
		},
		owner: (project, _args, gql) =>
			project.responsibleUserId === null || !maySeePeople(gql.ctx, project)
				? null
				: userLoader(gql).load(project.responsibleUserId),
		people: async (project, args, gql) => {
			const { edges, pageInfo } = connectionOf(await listPeople(gql.ctx, project, pageWanted(args)), personCursor);
			const shown = edges.map(async ({ cursor, node }) => ({ cursor, node: await shownPerson(gql, project, node) }));
			return { edges: await Promise.all(shown), pageInfo };
		},
	},
};
