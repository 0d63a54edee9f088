import { z } from "zod";
import type { Ctx } from "../context.ts";
import { type CountedPage, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import { pageMembers } from "./artifact-reader.ts";
import type { CollectionRow, MembershipRow } from "./artifact-rows.ts";

/** Key of a member in a list by version number. */
export const memberCursor = (row: MembershipRow) => [row.versionIndex];

/** Members of a collection that the actor was allowed to reach, newest first. */
export async function listMembers(
	ctx: Ctx,
	collection: CollectionRow,
	page: PageWanted,
): Promise<CountedPage<MembershipRow>> {
	const after = page.after === null ? null : parseCursor(page.after, z.tuple([z.int()]));
	const { rows, total } = await pageMembers(ctx.db, collection.id, { limit: page.limit + 1, after });
	return { ...pageOf(rows, page.limit, memberCursor), total };
}
