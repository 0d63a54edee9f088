import DataLoader from "dataloader";
import { manyLoader, oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { readAcquainted } from "./identity-reader.ts";
import { type ApiKeyRow, findApiKeysOfUsers, findUsersByIds, type UserRow } from "./identity-store.ts";

/** Users by id; null for an id that nobody has. */
export function userLoader(gql: GqlContext): DataLoader<string, UserRow | null> {
	const read = (ids: readonly string[]) => findUsersByIds(gql.ctx.db, ids);
	return oneLoader(gql, userLoader, { read, keyOf: (row) => row.id });
}

/** The keys of a user, by user id; asks no policy. */
export function apiKeysLoader(gql: GqlContext): DataLoader<string, ApiKeyRow[]> {
	const read = (ids: readonly string[]) => findApiKeysOfUsers(gql.ctx.db, ids);
	return manyLoader(gql, apiKeysLoader, { read, keyOf: (row) => row.userId });
}

/** By user id: may the caller know this user's address, because they share a team or an organisation? */
export function acquaintedLoader(gql: GqlContext): DataLoader<string, boolean> {
	return gql.loader(
		acquaintedLoader,
		() =>
			new DataLoader<string, boolean>(async (ids) => {
				const { actor, db } = gql.ctx;
				if (actor.kind !== "user") return ids.map(() => actor.kind === "system");
				const known = await readAcquainted(db, actor, ids);
				return ids.map((id) => known.has(id));
			}),
	);
}
