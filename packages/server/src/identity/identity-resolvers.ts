import { userIdOf } from "../access/actor.ts";
import { connectionOf, pageWanted } from "../graphql/connection.ts";
import { fromNodeId, toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { maskedApiKey } from "./api-key-rules.ts";
import { deleteApiKey } from "./delete-api-key.ts";
import { generateApiKey } from "./generate-api-key.ts";
import { acquaintedLoader, userLoader } from "./identity-loaders.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { listUsers } from "./list-users.ts";
import { userCursorKey } from "./user-cursor.ts";

/** `User.entity`, `User.teams`, `User.organizations` and `updateUser` are in `org/`, which knows the entities. */
export const identityResolvers: Resolvers = {
	Query: {
		viewer: (_parent, _args, gql) =>
			gql.ctx.actor.kind === "user" ? userLoader(gql).load(gql.ctx.actor.userId) : null,
		users: async (_parent, { query, ...args }, { ctx }) => {
			const page = await listUsers(ctx, { query: query ?? null, ...pageWanted(args) });
			return connectionOf(page, userCursorKey);
		},
	},
	Mutation: {
		generateApiKey: async (_parent, { input }, { ctx }) => ({
			apiKey: await generateApiKey(ctx, { description: input.description ?? null }),
			clientMutationId: input.clientMutationId,
		}),
		deleteApiKey: async (_parent, { input }, { ctx }) => {
			await deleteApiKey(ctx, { id: fromNodeId("ApiKey", input.id) });
			return { success: true, clientMutationId: input.clientMutationId };
		},
	},
	User: {
		id: (user) => toNodeId("User", user.id),
		email: async (user, _args, gql) => {
			if (userIdOf(gql.ctx.actor) === user.id) return user.email;
			return (await acquaintedLoader(gql).load(user.id)) ? user.email : null;
		},
		admin: (user, _args, { ctx: { actor } }) =>
			userIdOf(actor) === user.id || (actor.kind === "user" && actor.instanceAdmin) ? user.instanceAdmin : null,
		// wire: the client reads a JSON object of switches here at login; there are none.
		flags: () => "{}",
		photoUrl: () => null,
		deletedAt: () => null,
		apiKeys: async (user, _args, { ctx }) => {
			const keys = await listApiKeys(ctx, { userId: user.id });
			return keys && { edges: keys.map((key) => ({ node: { ...key, key: null } })) };
		},
	},
	ApiKey: {
		id: (apiKey) => toNodeId("ApiKey", apiKey.id),
		name: (apiKey) => apiKey.key ?? maskedApiKey,
	},
};
