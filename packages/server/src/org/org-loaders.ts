import DataLoader from "dataloader";
import { manyLoader, oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { findUnseenServiceKeys } from "../identity/index.ts";
import { readOrganizationsOfUsers, readTeamsOfUsers } from "./org-reader.ts";
import type { EntityRow, OrganizationRow } from "./org-rows.ts";
import { findEntitiesByIds, findOrganizationsByIds } from "./org-store.ts";

/** Entities by id; asks no policy. */
export function entityLoader(gql: GqlContext): DataLoader<string, EntityRow | null> {
	const read = (ids: readonly string[]) => findEntitiesByIds(gql.ctx.db, ids);
	return oneLoader(gql, entityLoader, { read, keyOf: (row) => row.id });
}

/** Organisations by id; asks no policy. */
export function organizationLoader(gql: GqlContext): DataLoader<string, OrganizationRow | null> {
	const read = (ids: readonly string[]) => findOrganizationsByIds(gql.ctx.db, ids);
	return oneLoader(gql, organizationLoader, { read, keyOf: (row) => row.id });
}

/** By user id: the key of a service account, where the caller may read it. */
export function unseenKeyLoader(gql: GqlContext): DataLoader<string, string | null> {
	return gql.loader(
		unseenKeyLoader,
		() =>
			new DataLoader<string, string | null>(async (ids) => {
				const keys = await findUnseenServiceKeys(gql.ctx, ids);
				return ids.map((id) => keys.get(id) ?? null);
			}),
	);
}

/** The teams of a user, by user id; asks no policy. */
export function teamsOfUserLoader(gql: GqlContext): DataLoader<string, EntityRow[]> {
	const read = (ids: readonly string[]) => readTeamsOfUsers(gql.ctx.db, ids);
	return manyLoader(gql, teamsOfUserLoader, { read, keyOf: (row) => row.memberId });
}

/** The organisations of a user, by user id; asks no policy. */
export function organizationsOfUserLoader(gql: GqlContext): DataLoader<string, OrganizationRow[]> {
	const read = (ids: readonly string[]) => readOrganizationsOfUsers(gql.ctx.db, ids);
	return manyLoader(gql, organizationsOfUserLoader, { read, keyOf: (row) => row.memberId });
}
