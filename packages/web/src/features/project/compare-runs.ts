function isBranch(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** The values of a document by their ways, with dots; media stay whole. */
function flatten(values: Record<string, unknown>, prefix = ""): [string, unknown][] {
	return Object.entries(values).flatMap(([key, value]): [string, unknown][] =>
		isBranch(value) && !("_type" in value) ? flatten(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value]],
	);
}

export type ComparedRow = { key: string; values: unknown[]; differs: boolean };

/** One line for each key that some of the documents have; undefined where one has it not. */
export function compareDocuments(documents: readonly Record<string, unknown>[]): ComparedRow[] {
	const flat = documents.map((document) => new Map(flatten(document)));
	const keys = [...new Set(flat.flatMap((one) => [...one.keys()]))];
	keys.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
	return keys.map((key) => {
		const values = flat.map((one) => one.get(key));
		const [first, ...others] = values.map((value) => JSON.stringify(value));
		return { key, values, differs: others.some((other) => other !== first) };
	});
}
