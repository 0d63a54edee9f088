const keys = ["order", "hide", "q"] as const;

/** How the versions of a collection are listed: their order, the columns put away, the text searched for. */
export type CollectionSearch = { [key in (typeof keys)[number]]?: string };

export function readCollectionSearch(search: Record<string, unknown>): CollectionSearch {
	return Object.fromEntries(keys.flatMap((key) => (typeof search[key] === "string" ? [[key, search[key]]] : [])));
}
