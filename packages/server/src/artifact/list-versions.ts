import { z } from "zod";
import type { Ctx } from "../context.ts";
import { type CountedPage, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import { pageMembers } from "./artifact-reader.ts";
import type { CollectionRow, MembershipRow } from "./artifact-rows.ts";
import { listMembers } from "./list-members.ts";
import { pageMembersBy, type SortedMember } from "./version-list-reader.ts";
import { checkVersionFilter, parseVersionOrder } from "./version-order-rules.ts";

export type VersionsWanted = PageWanted & { readonly order: string | null; readonly filters: string | null };

/** A member of a list of versions; sorted by something else than its number it has that number, too. */
export type ListedVersion = MembershipRow & Partial<Pick<SortedMember, "sortValue">>;

/** Key of a version in a list, in whatever order. */
export const versionCursor = ({ sortValue, versionIndex }: ListedVersion) =>
	sortValue === undefined ? [versionIndex] : [sortValue, versionIndex];

/** Living versions of a collection that the actor was allowed to reach, newest first or as asked. Client: Artifacts. */
export async function listVersions(
	ctx: Ctx,
	collection: CollectionRow,
	wanted: VersionsWanted,
): Promise<CountedPage<ListedVersion>> {
	checkVersionFilter(wanted.filters);
	const order = parseVersionOrder(wanted.order);
	if (order.by === "version" && order.direction === "desc") return await listMembers(ctx, collection, wanted);
	const after = wanted.after === null ? null : parseCursor(wanted.after, z.tuple([z.int(), z.int()]));
	const [rows, { total }] = await Promise.all([
		pageMembersBy(ctx.db, collection.id, { order, limit: wanted.limit + 1, after }),
		pageMembers(ctx.db, collection.id, { limit: 0, after: null }),
	]);
	return { ...pageOf(rows, wanted.limit, versionCursor), total };
}
