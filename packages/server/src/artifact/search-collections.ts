import type { Ctx } from "../context.ts";
import { boundedByFilter } from "../db/bounded-read.ts";
import { type Page, type PageWanted, pageOf } from "../db/page.ts";
import { type SortedRow, sortedCursor } from "../db/sorted-page.ts";
import { type ListOrder, parseOrder } from "../filter/field-rules.ts";
import type { ProjectRow } from "../project/index.ts";
import { type CollectionOrderKey, collectionOrders, parseCollectionFilter } from "./artifact-filter-rules.ts";
import type { CollectionKind, CollectionRow } from "./artifact-rows.ts";
import {
	type CollectionSearch,
	countCollections,
	searchCollections as searchRows,
} from "./collection-search-reader.ts";

export type CollectionsWanted = PageWanted & {
	/** Those that the actor may see. */
	readonly projects: readonly ProjectRow[];
	readonly typeId?: string;
	readonly kinds?: readonly CollectionKind[];
	readonly filters: string | null;
	readonly order: string | null;
};

/** A page, and the number of rows on all pages, counted only when asked for. */
export type CountablePage<R> = Page<R> & { total(): Promise<number> };

const byName: ListOrder<CollectionOrderKey> = { by: "name", direction: "asc" };

/** Collections of projects that a filter leaves, by name or as asked. Client: RegistryCollections and its like. */
export async function searchCollections(
	ctx: Ctx,
	{ projects, filters, order, limit, after, ...scope }: CollectionsWanted,
): Promise<CountablePage<CollectionRow & SortedRow>> {
	const filter = parseCollectionFilter(filters);
	const search: CollectionSearch = { ...scope, projectIds: projects.map(({ id }) => id), filter };
	const page = { order: parseOrder(order, collectionOrders) ?? byName, limit: limit + 1, after };
	const byId = new Map(projects.map((project) => [project.id, project]));
	const rows = await boundedByFilter(ctx, [filter], ({ db }) => searchRows(db, search, page));
	const withProject = rows.map((row) => {
		const project = byId.get(row.projectId);
		return project === undefined ? row : { ...row, project };
	});
	return {
		...pageOf(withProject, limit, sortedCursor),
		total: () => boundedByFilter(ctx, [filter], ({ db }) => countCollections(db, search)),
	};
}
