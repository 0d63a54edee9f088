/** The tabs of a version's page, in order. */
export const versionTabs = ["version", "metadata", "usage", "files", "lineage"] as const;

export type VersionTab = (typeof versionTabs)[number];

/** Other words that addresses use for a tab; printed documents say `graph`, the client says `overview`. */
const oldWords: Readonly<Record<string, VersionTab>> = { graph: "lineage", overview: "version", api: "usage" };

/** The tab an address names; undefined when there is none of that name. */
export function readTab(text: string | undefined): VersionTab | undefined {
	if (text === undefined) return "version";
	const known = versionTabs.find((tab) => tab === text);
	return known ?? (Object.hasOwn(oldWords, text) ? oldWords[text] : undefined);
}
