import { z } from "zod";
import type { Ctx } from "../context.ts";
import { type Page, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import { pageAliases } from "./artifact-reader.ts";
import type { AliasRow, CollectionRow } from "./artifact-rows.ts";

/** Key of an alias in a list by name. */
export const aliasCursor = (row: AliasRow) => [row.alias];

/** Aliases of a collection that the actor was allowed to reach. */
export async function listAliases(ctx: Ctx, collection: CollectionRow, page: PageWanted): Promise<Page<AliasRow>> {
	const after = page.after === null ? null : parseCursor(page.after, z.tuple([z.string()]));
	return pageOf(await pageAliases(ctx.db, collection.id, { limit: page.limit + 1, after }), page.limit, aliasCursor);
}
