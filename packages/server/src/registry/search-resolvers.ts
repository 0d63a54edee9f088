import { collectionLoader, memberLoader } from "../artifact/index.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { projectLoader } from "../project/index.ts";
import { runLoader } from "../run/index.ts";
import { searchEverything } from "./search-everything.ts";
import { foundRanks } from "./search-rows.ts";

export const searchResolvers: Resolvers = {
	Query: {
		search: async (_, { query, first }, { ctx }) => await searchEverything(ctx, { text: query, first: first ?? null }),
	},
	SearchHit: {
		rank: ({ rank }) => foundRanks[rank] ?? "substring",
		project: ({ kind, id }, _, gql) => (kind === "project" ? projectLoader(gql).load(id) : null),
		collection: ({ kind, id }, _, gql) => (kind === "collection" ? collectionLoader(gql).load(id) : null),
		membership: ({ kind, id }, _, gql) => (kind === "membership" ? memberLoader(gql).load(id) : null),
		run: ({ kind, id }, _, gql) => (kind === "run" ? runLoader(gql).load(id) : null),
	},
};
