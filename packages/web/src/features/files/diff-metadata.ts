/** A key of the metadata that two versions do not have alike; undefined where it is not there. */
export type MetadataChange = { key: string; before: unknown; after: unknown };

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function leavesOf(metadata: Record<string, unknown>): Map<string, unknown> {
	const leaves = new Map<string, unknown>();
	const stack: [string, unknown][] = Object.entries(metadata).toReversed();
	for (let step = stack.pop(); step; step = stack.pop()) {
		const [key, value] = step;
		if (isRecord(value) && Object.keys(value).length > 0) {
			for (const [name, inner] of Object.entries(value).toReversed()) stack.push([`${key}.${name}`, inner]);
		} else leaves.set(key, value);
	}
	return leaves;
}

/** What differs in the metadata of two versions, nested keys joined by dots, by key. */
export function diffMetadata(before: Record<string, unknown>, after: Record<string, unknown>): MetadataChange[] {
	const [old, now] = [leavesOf(before), leavesOf(after)];
	return [...new Set([...old.keys(), ...now.keys()])]
		.sort()
		.map((key) => ({ key, before: old.get(key), after: now.get(key) }))
		.filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
