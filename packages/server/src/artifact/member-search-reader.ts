import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { filterSql } from "../db/filter-sql.ts";
import { parseCursor } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import { sortedBy } from "../db/sorted-page.ts";
import type { ListOrder } from "../filter/field-rules.ts";
import { collectionFieldsSql, versionFieldsSql, versionSortKeys } from "./artifact-fields-reader.ts";
import type { CollectionFilter, VersionFilter, VersionOrderKey } from "./artifact-filter-rules.ts";
import type { MembershipRow } from "./artifact-rows.ts";
import { likelyMembers } from "./likely-members-reader.ts";

export type MemberSearch = {
	/** Projects, or the collection, that the actor may see. */
	readonly within: { readonly projectIds: readonly string[] } | { readonly collectionId: string };
	readonly collectionFilter: CollectionFilter;
	readonly filter: VersionFilter;
};

/** A member of a list; sorted as asked for it has what it was sorted by. */
export type FoundMember = MembershipRow & { readonly sortValue?: string };

/** Newest collection first and newest version first: neither ever changes, so that no page misses what was renamed. */
export const foundMemberCursor = ({ sortValue, id, collectionId, versionIndex }: FoundMember) =>
	sortValue === undefined ? [collectionId, versionIndex] : [sortValue, id];

type MemberPage = {
	/** Null: by collection and version. */
	readonly order: ListOrder<VersionOrderKey> | null;
	readonly limit: number;
	readonly after: string | null;
};

const columns = sql`m.id, m.collection_id as "collectionId", m.artifact_id as "artifactId",
	m.version_index as "versionIndex", m.created_at as "createdAt"`;
const tables = sql`artifact_collection c join artifact_member m on m.collection_id = c.id join artifact a on a.id = m.artifact_id`;

/** So many members are looked at one by one; where a condition leaves more, a list in its order is faster. */
const fewMembers = 10_000;

/** Living members that the filters leave. */
export async function searchMembers(db: Database, search: MemberSearch, page: MemberPage): Promise<FoundMember[]> {
	const { within } = search;
	const sorted = memberOrder(page);
	const tail = sql`and ${isFound(search)} and ${sorted.beyond} order by ${sorted.orderBy} limit ${page.limit}`;
	const select = sql`select ${columns}${sorted.column}`;
	const likely = "collectionId" in within ? null : likelyMembers(search.filter);
	const inOrder =
		"collectionId" in within
			? sql`${select} from ${tables} where c.id = ${within.collectionId} ${tail}`
			: sql`select found.* from unnest(${[...within.projectIds]}::uuid[]) place(project_id)
				cross join lateral (${select} from ${tables} where c.project_id = place.project_id ${tail}) found`;
	if (likely === null || "collectionId" in within) {
		const query = sql<FoundMember>`select * from (${inOrder}) m order by ${sorted.outer} limit ${page.limit}`;
		return (await named("artifact.searchMembers", query).execute(db)).rows;
	}
	// Only one of the two halves runs, whichever the number of likely ones says.
	const query = sql<FoundMember>`
		with likely as materialized (select id from (${likely}) member limit ${fewMembers + 1}),
			few as materialized (select count(*) <= ${fewMembers} as are from likely)
		select * from (
			(${select} from likely join artifact_member m on m.id = likely.id join artifact_collection c on c.id = m.collection_id
				join artifact a on a.id = m.artifact_id
				where (select are from few) and c.project_id = any(${[...within.projectIds]}::uuid[]) ${tail})
			union all (select * from (${inOrder}) m where not (select are from few))
		) m order by ${sorted.outer} limit ${page.limit}`;
	return (await named("artifact.searchLikelyMembers", query).execute(db)).rows;
}

export async function countFoundMembers(db: Database, search: MemberSearch): Promise<number> {
	const { within } = search;
	const place =
		"collectionId" in within
			? sql`c.id = ${within.collectionId}`
			: sql`c.project_id = any(${[...within.projectIds]}::uuid[])`;
	const query = sql<{
		count: number;
	}>`select count(*)::int as count from ${tables} where ${place} and ${isFound(search)}`;
	return (await named("artifact.countFoundMembers", query).execute(db)).rows[0]?.count ?? 0;
}

function isFound({ collectionFilter, filter }: MemberSearch): RawBuilder<boolean> {
	return sql<boolean>`c.name_key is not null and a.state = 'COMMITTED'
		and ${filterSql(collectionFilter, collectionFieldsSql)} and ${filterSql(filter, versionFieldsSql)}`;
}

function memberOrder({ order, after }: MemberPage) {
	if (order !== null) {
		const key = versionSortKeys[order.by];
		const { column, beyond, orderBy } = sortedBy(key, { direction: order.direction, after });
		const way = order.direction === "asc" ? sql`asc` : sql`desc`;
		const typed = key.kind === "time" ? sql`timestamptz` : sql`bigint`;
		return { column: sql`, ${column}`, beyond, orderBy, outer: sql`m."sortValue"::${typed} ${way}, m.id ${way}` };
	}
	const orderBy = sql`c.id desc, m.version_index desc`;
	const outer = sql`m."collectionId" desc, m."versionIndex" desc`;
	if (after === null) return { column: sql``, beyond: sql<boolean>`true`, orderBy, outer };
	const [collectionId, version] = parseCursor(after, z.tuple([z.uuid(), z.int()]));
	const beyond = sql<boolean>`(c.id <= ${collectionId}::uuid and (c.id, m.version_index) < (${collectionId}::uuid, ${version}::int))`;
	return { column: sql``, beyond, orderBy, outer };
}
