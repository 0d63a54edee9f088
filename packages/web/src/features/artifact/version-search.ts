const keys = ["compare", "file"] as const;

/** What links to a version may say besides its tab: which version it is compared with, and which file is open. */
export type VersionSearch = { [key in (typeof keys)[number]]?: string };

export function readVersionSearch(search: Record<string, unknown>): VersionSearch {
	return Object.fromEntries(keys.flatMap((key) => (typeof search[key] === "string" ? [[key, search[key]]] : [])));
}
