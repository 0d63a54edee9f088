import type { Ctx } from "../context.ts";
import { boundedByFilter } from "../db/bounded-read.ts";
import { type PageWanted, pageOf } from "../db/page.ts";
import { parseOrder } from "../filter/field-rules.ts";
import { parseCollectionFilter, parseVersionFilter, versionOrders } from "./artifact-filter-rules.ts";
import {
	countFoundMembers,
	type FoundMember,
	foundMemberCursor,
	type MemberSearch,
	searchMembers as searchRows,
} from "./member-search-reader.ts";
import type { CountablePage } from "./search-collections.ts";

export { foundMemberCursor };

export type MembersWanted = PageWanted & {
	/** Projects, or the collection, that the actor may see. */
	readonly within: MemberSearch["within"];
	readonly collectionFilters: string | null;
	readonly filters: string | null;
	readonly order: string | null;
};

/** Living versions in their places that the filters leave, by collection or as asked. Client: RegistryVersions. */
export async function searchMembers(ctx: Ctx, wanted: MembersWanted): Promise<CountablePage<FoundMember>> {
	const { within, limit, after } = wanted;
	const collectionFilter = parseCollectionFilter(wanted.collectionFilters);
	const filter = parseVersionFilter(wanted.filters);
	const search: MemberSearch = { within, collectionFilter, filter };
	const page = { order: parseOrder(wanted.order, versionOrders), limit: limit + 1, after };
	const filters = [collectionFilter, filter];
	const rows = await boundedByFilter(ctx, filters, ({ db }) => searchRows(db, search, page));
	return {
		...pageOf<FoundMember>(rows, limit, foundMemberCursor),
		total: () => boundedByFilter(ctx, filters, ({ db }) => countFoundMembers(db, search)),
	};
}
