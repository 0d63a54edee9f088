import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { filterSql } from "../db/filter-sql.ts";
import { columnsAs } from "../db/nested-row.ts";
import { named } from "../db/query-name.ts";
import { type SortedRow, sortedBy } from "../db/sorted-page.ts";
import type { ListOrder } from "../filter/field-rules.ts";
import { collectionColumns } from "./artifact-columns-reader.ts";
import { collectionFieldsSql, collectionSortKeys } from "./artifact-fields-reader.ts";
import type { CollectionFilter, CollectionOrderKey } from "./artifact-filter-rules.ts";
import type { CollectionKind, CollectionRow } from "./artifact-rows.ts";

const columns = columnsAs(collectionColumns);

export type CollectionSearch = {
	/** Whose collections the actor may see. */
	readonly projectIds: readonly string[];
	readonly typeId?: string;
	readonly kinds?: readonly CollectionKind[];
	readonly filter: CollectionFilter;
};

/** An artifact whose first version was never committed is not there yet; an empty collection of links is. */
export const isListedCollection = sql<boolean>`(c.name_key is not null and (c.kind = 'PORTFOLIO' or c.next_version_index > 0))`;

function isFound({ typeId, kinds, filter }: CollectionSearch): RawBuilder<boolean> {
	return sql<boolean>`${isListedCollection}
		and ${typeId === undefined ? sql`true` : sql`c.type_id = ${typeId}`}
		and ${kinds === undefined ? sql`true` : sql`c.kind = any(${[...kinds]}::text[])`}
		and ${filterSql(filter, collectionFieldsSql)}`;
}

/** Collections of some projects that a filter leaves, in the order asked for. */
export async function searchCollections(
	db: Database,
	search: CollectionSearch,
	page: { readonly order: ListOrder<CollectionOrderKey>; readonly limit: number; readonly after: string | null },
): Promise<Array<CollectionRow & SortedRow>> {
	const key = collectionSortKeys[page.order.by];
	const sorted = sortedBy(key, { direction: page.order.direction, after: page.after });
	// One project after the other: each has its collections in order.
	const query = sql<CollectionRow & SortedRow>`
		select ${columns}, ${sorted.column} from unnest(${[...search.projectIds]}::uuid[]) place(project_id)
		cross join lateral (
			select c.* from artifact_collection c where c.project_id = place.project_id and ${isFound(search)}
				and ${sorted.beyond}
			order by ${sorted.orderBy} limit ${page.limit}
		) c
		join artifact_type t on t.id = c.type_id
		order by ${sorted.orderBy} limit ${page.limit}`;
	return (await named("artifact.searchCollections", query).execute(db)).rows;
}

export async function countCollections(db: Database, search: CollectionSearch): Promise<number> {
	const query = sql<{ count: number }>`select count(*)::int as count from artifact_collection c
		where c.project_id = any(${[...search.projectIds]}::uuid[]) and ${isFound(search)}`;
	return (await named("artifact.countCollections", query).execute(db)).rows[0]?.count ?? 0;
}
