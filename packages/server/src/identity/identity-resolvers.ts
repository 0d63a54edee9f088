import { userIdOf } from "../access/actor.ts";
import { connectionOf, pageWanted } from "../graphql/connection.ts";
import { fromNodeId, toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { apiKeyName, parseScope } from "./api-key-rules.ts";
import { activateUser, deactivateUser } from "./deactivate-user.ts";
import { deleteApiKey } from "./delete-api-key.ts";
import { endSessions } from "./end-sessions.ts";
import { generateApiKey } from "./generate-api-key.ts";
import { acquaintedLoader, apiKeysLoader, userLoader } from "./identity-loaders.ts";
import { mayRevokeKeysOf } from "./identity-policy.ts";
import { listSessions } from "./list-sessions.ts";
import { listUsers } from "./list-users.ts";
import { setInstanceAdmin } from "./set-instance-admin.ts";
import { userCursorKey } from "./user-cursor.ts";

/** `User.entity`, `User.teams`, `User.organizations` and `updateUser` are in `org/`, which knows the entities. */
export const identityResolvers: Resolvers = {
	Query: {
		// Remembered for a moment, as are the entity and the teams of the one who asks: each run begins with them.
		viewer: (_parent, _args, gql) => {
			const { actor, actors, clock } = gql.ctx;
			if (actor.kind !== "user") return null;
			return actors.recall(actor, "user", clock(), () => userLoader(gql).load(actor.userId));
		},
		users: async (_parent, { query, ...args }, { ctx }) => {
			const page = await listUsers(ctx, { query: query ?? null, ...pageWanted(args) });
			return connectionOf(page, userCursorKey);
		},
	},
	Mutation: {
		generateApiKey: async (_parent, { input }, { ctx }) => {
			const { description = null, username = null, expiresAt = null } = input;
			const scope = input.scope ? parseScope(input.scope) : null;
			const apiKey = await generateApiKey(ctx, { description, username, scope, expiresAt });
			return { apiKey, clientMutationId: input.clientMutationId };
		},
		deleteApiKey: async (_parent, { input }, { ctx }) => {
			await deleteApiKey(ctx, { id: fromNodeId("ApiKey", input.id) });
			return { success: true, clientMutationId: input.clientMutationId };
		},
		endSessions: async (_parent, { input }, { ctx }) => {
			const ended = await endSessions(ctx, { id: input.id ? fromNodeId("Session", input.id) : null });
			return { ended, clientMutationId: input.clientMutationId };
		},
		deactivateUser: async (_parent, { input }, { ctx }) => ({
			user: await deactivateUser(ctx, input),
			clientMutationId: input.clientMutationId,
		}),
		activateUser: async (_parent, { input }, { ctx }) => ({
			user: await activateUser(ctx, input),
			clientMutationId: input.clientMutationId,
		}),
		setInstanceAdmin: async (_parent, { input }, { ctx }) => ({
			user: await setInstanceAdmin(ctx, input),
			clientMutationId: input.clientMutationId,
		}),
	},
	User: {
		id: (user) => toNodeId("User", user.id),
		email: async (user, _args, gql) => {
			if (userIdOf(gql.ctx.actor) !== user.id && !(await acquaintedLoader(gql).load(user.id))) return null;
			return user.email === "" ? null : user.email;
		},
		admin: (user, _args, { ctx: { actor } }) =>
			userIdOf(actor) === user.id || (actor.kind === "user" && actor.instanceAdmin) ? user.instanceAdmin : null,
		// wire: the client reads a JSON object of switches here at login; there are none.
		flags: () => "{}",
		photoUrl: () => null,
		deletedAt: (user) => user.deactivatedAt,
		accountType: (user) => (user.serviceOf === null ? "MEMBER" : "SERVICE"),
		apiKeys: async (user, _args, gql) => {
			const { actor, sentApiKey = null } = gql.ctx;
			if (!mayRevokeKeysOf(actor, user)) return null;
			const sentId = actor.kind === "user" ? actor.credential?.id : undefined;
			const isSent = ({ id }: { readonly id: string }) => id === sentId;
			const keys = await apiKeysLoader(gql).load(user.id);
			const nodes = keys.map((row) => ({ ...row, key: isSent(row) ? sentApiKey : null }));
			return { edges: nodes.sort((a, b) => Number(isSent(b)) - Number(isSent(a))).map((node) => ({ node })) };
		},
		sessions: (user, _args, { ctx }) => (userIdOf(ctx.actor) === user.id ? listSessions(ctx) : null),
	},
	Session: {
		id: (session) => toNodeId("Session", session.id),
	},
	ApiKey: {
		id: (apiKey) => toNodeId("ApiKey", apiKey.id),
		name: (apiKey) => apiKey.key ?? apiKeyName(apiKey),
	},
};
