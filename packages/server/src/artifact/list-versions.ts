import { z } from "zod";
import type { Ctx } from "../context.ts";
import { type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import { parseOrder } from "../filter/field-rules.ts";
import { isEverything } from "../filter/filter-rules.ts";
import { parseVersionFilter, versionOrders } from "./artifact-filter-rules.ts";
import { pageMembers } from "./artifact-reader.ts";
import type { CollectionRow, MembershipRow } from "./artifact-rows.ts";
import { listMembers } from "./list-members.ts";
import type { CountablePage } from "./search-collections.ts";
import { searchMembers } from "./search-members.ts";
import { pageMembersBy } from "./version-list-reader.ts";

export type VersionsWanted = PageWanted & { readonly order: string | null; readonly filters: string | null };

/** A member of a list of versions, with what it was sorted by where that is not its number. */
export type ListedVersion = MembershipRow & { readonly sortValue?: number | string };

/** Key of a version in a list, in whatever order. */
export const versionCursor = ({ id, sortValue, versionIndex }: ListedVersion) => {
	if (sortValue === undefined) return [versionIndex];
	return typeof sortValue === "string" ? [sortValue, id] : [sortValue, versionIndex];
};

/** Living versions of a collection that the actor was allowed to reach, newest first or as asked. Client: Artifacts. */
export async function listVersions(
	ctx: Ctx,
	collection: CollectionRow,
	wanted: VersionsWanted,
): Promise<CountablePage<ListedVersion>> {
	const { by, direction } = parseOrder(wanted.order, versionOrders) ?? { by: "version", direction: "desc" };
	if (!isEverything(parseVersionFilter(wanted.filters)) || by === "linked") {
		const within = { collectionId: collection.id };
		return await searchMembers(ctx, { ...wanted, within, collectionFilters: null, order: wanted.order || "-version" });
	}
	if (by === "version" && direction === "desc") {
		const { total, ...page } = await listMembers(ctx, collection, wanted);
		return { ...page, total: async () => total };
	}
	const after = wanted.after === null ? null : parseCursor(wanted.after, z.tuple([z.int(), z.int()]));
	const rows = await pageMembersBy(ctx.db, collection.id, { order: { by, direction }, limit: wanted.limit + 1, after });
	return {
		...pageOf<ListedVersion>(rows, wanted.limit, versionCursor),
		total: async () => (await pageMembers(ctx.db, collection.id, { limit: 0, after: null })).total,
	};
}
