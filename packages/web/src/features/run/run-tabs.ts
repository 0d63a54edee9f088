/** The tabs of a run's page, in order. */
export const runTabs = [
	"overview",
	"charts",
	"config",
	"summary",
	"media",
	"logs",
	"files",
	"artifacts",
	"lineage",
] as const;

export type RunTab = (typeof runTabs)[number];

/** W&B's words for a tab, so that addresses from there open the right one. */
const oldWords: Readonly<Record<string, RunTab>> = {
	workspace: "charts",
	system: "charts",
	metrics: "charts",
	log: "logs",
	model: "overview",
};

/** The tab an address names; the first one where it names none. */
export function readRunTab(text: string | undefined): RunTab {
	const known = runTabs.find((tab) => tab === text);
	return known ?? (text !== undefined && Object.hasOwn(oldWords, text) ? oldWords[text] : undefined) ?? "overview";
}
