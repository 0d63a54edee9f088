/** Which part of a settings page is open, and what is searched for there. */
export type TabSearch = { tab?: string | undefined; q?: string | undefined };

/** What of that an address holds. */
export function readTabSearch(search: Record<string, unknown>): TabSearch {
	const keys = ["tab", "q"] as const;
	return Object.fromEntries(keys.flatMap((key) => (typeof search[key] === "string" ? [[key, search[key]]] : [])));
}
