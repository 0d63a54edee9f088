function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key of a history and the types its values have: `number`, `string`, `image-file`, … */
export type HistoryKey = { name: string; types: string[] };

/** What the server tells of a history's keys, in the order of their names. */
export function readHistoryKeys(answer: unknown): HistoryKey[] {
	const keys = isRecord(answer) && isRecord(answer.keys) ? answer.keys : {};
	const found = Object.entries(keys).map(([name, facts]) => {
		const counts: unknown[] = isRecord(facts) && Array.isArray(facts.typeCounts) ? facts.typeCounts : [];
		return { name, types: counts.flatMap((one) => (isRecord(one) && typeof one.type === "string" ? [one.type] : [])) };
	});
	return found.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

/** The keys that can be drawn as curves: numbers that the script logged, not the client's own. */
export function numericKeys(keys: HistoryKey[]): string[] {
	return keys.flatMap(({ name, types }) => (types.includes("number") && !name.startsWith("_") ? [name] : []));
}

export type KeyGroup = { name: string; keys: string[] };

/** Keys by what stands before their first slash; those without one come first, in a group without a name. */
export function groupKeys(keys: string[]): KeyGroup[] {
	const groups = new Map<string, string[]>([["", []]]);
	for (const key of keys) {
		const name = key.includes("/") ? key.slice(0, key.indexOf("/")) : "";
		groups.set(name, [...(groups.get(name) ?? []), key]);
	}
	return [...groups].flatMap(([name, members]) => (members.length > 0 ? [{ name, keys: members }] : []));
}
