import type { VersionSearch } from "../artifact/version-search.ts";

/** Every view state of the registry's pages, as texts. */
export type RegistrySearch = VersionSearch & {
	/** The collection that is open, and which page of it: the client prints these three. */
	selectionPath?: string | undefined;
	view?: string | undefined;
	version?: string | undefined;
	tab?: string | undefined;
	/** Which rows of the list are shown, and how. */
	q?: string | undefined;
	tag?: string | undefined;
	type?: string | undefined;
	sort?: string | undefined;
	hide?: string | undefined;
	/** The metric whose values are drawn; "" for the first. */
	metrics?: string | undefined;
	/** What is open at the side: `history`, `link` or `create`. */
	panel?: string | undefined;
};

/** The states of the pages in `RegistrySearch` that a reader changes there. */
export const registryView = ["q", "tag", "type", "sort", "hide", "metrics", "panel"] as const;

/** Whatever is a text: the pages of a version, which have states of their own, are shown here as well. */
export function readTexts(search: Record<string, unknown>): RegistrySearch {
	return Object.fromEntries(Object.entries(search).filter(([, value]) => typeof value === "string"));
}
