/** Reads a query string as plain texts: an alias "1" or "true" must stay a text. */
export function parseSearch(search: string): Record<string, string> {
	return Object.fromEntries(new URLSearchParams(search));
}

/** Writes texts back as a query string; what is not a text is left out. */
export function printSearch(search: Record<string, unknown>): string {
	const entries = Object.entries(search).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : []));
	const text = new URLSearchParams(entries).toString();
	return text === "" ? "" : `?${text}`;
}

/** For a route's `validateSearch`: the named texts of an address, and no others. */
export function textsNamed<Name extends string>(...names: Name[]) {
	return (search: Record<string, unknown>): { [N in Name]?: string | undefined } => {
		const found = names.flatMap((name) => {
			const value = search[name];
			return typeof value === "string" && value !== "" ? [[name, value] as const] : [];
		});
		// The names are those of the type; `fromEntries` forgets them.
		return Object.fromEntries(found) as { [N in Name]?: string };
	};
}
