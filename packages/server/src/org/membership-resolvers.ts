import { fromNodeId, parseNodeId, toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { userLoader } from "../identity/index.ts";
import { addUserToTeam } from "./add-user-to-team.ts";
import { createInvite } from "./create-invite.ts";
import { createServiceAccount } from "./create-service-account.ts";
import { inviteState } from "./invite-rules.ts";
import { inviteLink, listInvites, listOwnInvites } from "./list-invites.ts";
import { listMembers } from "./list-members.ts";
import { entityLoader, organizationLoader, unseenKeyLoader } from "./org-loaders.ts";
import { parseOrgRole } from "./org-rules.ts";
import { previewRemoval } from "./preview-removal.ts";
import { removeMember, removeMemberByName } from "./remove-member.ts";
import { revokeInvite } from "./revoke-invite.ts";

/** Who belongs to teams and organisations, and how they come and go. */
export const membershipResolvers: Resolvers = {
	Mutation: {
		createInvite: async (_parent, { input }, { ctx }) => {
			const role = input.role ? parseOrgRole(input.role) : input.admin ? "admin" : "member";
			const { entityName, email, username } = input;
			const invite = await createInvite(ctx, { entityName, email: email || null, username: username || null, role });
			return { invite, clientMutationId: input.clientMutationId };
		},
		deleteInvite: async (_parent, { input }, { ctx }) => {
			const { id, entityName } = { id: input.id ?? "", entityName: input.entityName ?? "" };
			const inviteId = parseNodeId("Invite", id);
			if (inviteId !== null) await revokeInvite(ctx, { id: inviteId, entityName });
			else await removeMember(ctx, { userId: fromNodeId("User", id), entityName });
			return { success: true, clientMutationId: input.clientMutationId };
		},
		createServiceAccount: async (_parent, { input }, { ctx }) => ({
			user: await createServiceAccount(ctx, input),
			clientMutationId: input.clientMutationId,
		}),
		addUserToTeam: async (_parent, { input }, { ctx }) => {
			const { entityName: teamName, username, role } = input;
			await addUserToTeam(ctx, { teamName, username, role: parseOrgRole(role) });
			return { success: true, clientMutationId: input.clientMutationId };
		},
		removeMember: async (_parent, { input }, { ctx }) => {
			await removeMemberByName(ctx, input);
			return { success: true, clientMutationId: input.clientMutationId };
		},
	},
	User: {
		invites: (user, _args, { ctx }) => listOwnInvites(ctx, user.id),
	},
	Entity: {
		members: (entity, _args, { ctx }) => listMembers(ctx, entity),
		invites: (entity, _args, { ctx }) => listInvites(ctx, entity),
		removal: (entity, { username }, { ctx }) => previewRemoval(ctx, entity, { username }),
	},
	Member: {
		id: ({ userId, inviteId }) => (userId !== null ? toNodeId("User", userId) : toNodeId("Invite", inviteId ?? "")),
		admin: (member) => member.role === "admin",
		pending: (member) => member.userId === null,
		photoUrl: () => null,
		user: (member, _args, gql) => (member.userId === null ? null : userLoader(gql).load(member.userId)),
		accountType: (member) => (member.serviceOf === null ? "MEMBER" : "SERVICE"),
		// wire: where a script finds the key of the service account that it has just made.
		apiKey: (member, _args, gql) =>
			member.userId === null || member.serviceOf === null ? null : unseenKeyLoader(gql).load(member.userId),
	},
	Invite: {
		id: (invite) => toNodeId("Invite", invite.id),
		name: async (invite, _args, gql) =>
			invite.email ?? (invite.userId === null ? null : ((await userLoader(gql).load(invite.userId))?.username ?? null)),
		toUser: (invite, _args, gql) => (invite.userId === null ? null : userLoader(gql).load(invite.userId)),
		createdBy: (invite, _args, gql) => (invite.createdBy === null ? null : userLoader(gql).load(invite.createdBy)),
		acceptedBy: (invite, _args, gql) => (invite.acceptedBy === null ? null : userLoader(gql).load(invite.acceptedBy)),
		team: (invite, _args, gql) => (invite.entityId === null ? null : entityLoader(gql).load(invite.entityId)),
		organization: (invite, _args, gql) => organizationLoader(gql).load(invite.organizationId),
		state: (invite, _args, { ctx }) => inviteState(invite, ctx.clock()),
		link: (invite, _args, { ctx }) => inviteLink(ctx, invite),
	},
};
