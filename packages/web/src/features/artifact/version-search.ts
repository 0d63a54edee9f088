const keys = ["link", "find", "compare", "file"] as const;

/** What else the address of a version says: how far linking it has come, what is searched for in its metadata, which file is open, which version it is compared with. */
export type VersionSearch = { [key in (typeof keys)[number]]?: string | undefined };

export function readVersionSearch(search: Record<string, unknown>): VersionSearch {
	return Object.fromEntries(keys.flatMap((key) => (typeof search[key] === "string" ? [[key, search[key]]] : [])));
}
