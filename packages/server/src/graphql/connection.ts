import { type CountedPage, type CursorValue, encodeCursor, type Page, type PageWanted } from "../db/page.ts";

const mostAtOnce = 5000;

/** What a paged field is asked with. */
export type PageArgs = { readonly first?: number | null | undefined; readonly after?: string | null | undefined };

/** The page asked for: `otherwise` rows where `first` is absent, never more than the client's own largest page (5000). */
export function pageWanted({ first, after }: PageArgs, otherwise = 50): PageWanted {
	return { limit: Math.min(Math.max(first ?? otherwise, 0), mostAtOnce), after: after ?? null };
}

/**
 * A Relay connection of one page. wire: clients up to 0.19 page on with the cursor of the last edge, newer ones with
 * `endCursor`: both are the same text.
 */
export function connectionOf<R>(page: Page<R>, keyOf: (row: R) => readonly CursorValue[]) {
	const edges = page.rows.map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
	return {
		edges,
		pageInfo: {
			hasNextPage: page.hasNextPage,
			hasPreviousPage: false,
			startCursor: edges[0]?.cursor ?? null,
			endCursor: page.endCursor,
		},
	};
}

/** As `connectionOf`, with the number of rows on all pages. */
export function countedConnectionOf<R>(page: CountedPage<R>, keyOf: (row: R) => readonly CursorValue[]) {
	return { ...connectionOf(page, keyOf), totalCount: page.total };
}

/** A connection whose rows are counted only when that is asked for. */
export type CountableConnection<R> = {
	readonly edges: ReadonlyArray<{ readonly cursor: string; readonly node: R }>;
	readonly pageInfo: ReturnType<typeof connectionOf>["pageInfo"];
	readonly totalCount: number | (() => Promise<number>);
};

/** As `connectionOf`, with the number of rows on all pages for who asks for it. */
export function countableConnectionOf<R>(
	page: Page<R> & { total(): Promise<number> },
	keyOf: (row: R) => readonly CursorValue[],
) {
	return { ...connectionOf(page, keyOf), totalCount: () => page.total() };
}
