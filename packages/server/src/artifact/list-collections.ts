import { z } from "zod";
import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { type CountedPage, onlyPage, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import type { ProjectRow } from "../project/index.ts";
import { collectionKey } from "./artifact-name-rules.ts";
import { pageCollections } from "./artifact-reader.ts";
import type { CollectionKind, CollectionRow } from "./artifact-rows.ts";

export type CollectionScope = {
	readonly project: ProjectRow;
	readonly typeId?: string;
	readonly kinds?: readonly CollectionKind[];
};

/** Key of a collection in a list by name. */
export const collectionCursor = (row: CollectionRow) => [collectionKey(row.name), row.id];

/** Collections of a project, or of one of its types, by name. */
export async function listCollections(
	ctx: Ctx,
	scope: CollectionScope,
	page: PageWanted,
): Promise<CountedPage<CollectionRow>> {
	if (!mayOnProject(ctx.actor, scope.project, "collection.see")) return onlyPage<CollectionRow>([]);
	const after = page.after === null ? null : parseCursor(page.after, z.tuple([z.string(), z.uuid()]));
	const { rows, total } = await pageCollections(ctx.db, scope, { limit: page.limit + 1, after });
	return { ...pageOf(rows, page.limit, collectionCursor), total };
}
