import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { afterKey } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import type { ListOrder } from "../filter/field-rules.ts";
import type { VersionOrderKey } from "./artifact-filter-rules.ts";
import type { MembershipRow } from "./artifact-rows.ts";

type SortedByMember = Exclude<VersionOrderKey, "linked">;

/** A member, and the number by which it was sorted. */
export type SortedMember = MembershipRow & { readonly sortValue: number };

/** Times in microseconds, as exact as they are stored: two that look alike must not hide each other. */
const sortValues: Readonly<Record<SortedByMember, RawBuilder<unknown>>> = {
	version: sql`m.version_index::bigint`,
	created: sql`(extract(epoch from a.created_at) * 1000000)::bigint`,
	updated: sql`(extract(epoch from a.updated_at) * 1000000)::bigint`,
	size: sql`a.size`,
};

/** Living members of a collection in an order asked for; by number where that leaves it open. */
export async function pageMembersBy(
	db: Database,
	collectionId: string,
	page: {
		readonly order: ListOrder<SortedByMember>;
		readonly limit: number;
		readonly after: readonly [number, number] | null;
	},
): Promise<SortedMember[]> {
	const { by, direction } = page.order;
	const way = direction === "asc" ? sql`asc` : sql`desc`;
	const further = page.after === null ? sql`true` : afterKey(["sortValue", "versionIndex"], [...page.after], direction);
	const query = sql<SortedMember>`
		select * from (
			select m.id, m.collection_id as "collectionId", m.artifact_id as "artifactId", m.version_index as "versionIndex",
				m.created_at as "createdAt", ${sortValues[by]} as "sortValue"
			-- By its key for each member (offset 0 keeps it so): the planner would rather read every version there is.
			from artifact_member m, lateral (
				select created_at, updated_at, size from artifact where id = m.artifact_id and state = 'COMMITTED' offset 0) a
			where m.collection_id = ${collectionId}
		) sorted
		where ${further} order by "sortValue" ${way}, "versionIndex" ${way} limit ${page.limit}`;
	return (await named("artifact.pageMembersBy", query).execute(db)).rows;
}
