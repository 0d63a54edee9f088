/** The columns of a run that are not config or summary, in the order in which they stand. */
export const plainColumns = [
	"state",
	"tags",
	"user",
	"jobType",
	"group",
	"sweep",
	"created",
	"duration",
	"notes",
	"id",
] as const;
export type PlainColumn = (typeof plainColumns)[number];

const shownAtFirst: readonly PlainColumn[] = ["state", "tags", "user", "jobType", "created", "duration"];
const metricsAtFirst = 3;

/** A column that shows a key of config or summary, by its name in orders and filters. */
export type KeyColumn = `config.${string}` | `summary_metrics.${string}`;
export type RunColumnId = PlainColumn | KeyColumn;

export function isPlainColumn(id: string): id is PlainColumn {
	return plainColumns.some((known) => known === id);
}

export function isKeyColumn(id: string): id is KeyColumn {
	return id.startsWith("config.") || id.startsWith("summary_metrics.");
}

export type RunKeys = { config: string[]; summary: string[] };

/** What is shown when nobody has chosen: the usual facts, and the first few metrics that the runs have. */
export function usualColumns(keys: RunKeys): RunColumnId[] {
	// Of what `define_metric` keeps several values of, one is chosen by hand.
	const plain = keys.summary.filter((key) => !/\.(min|max|mean|last|best|first|sum)$/.test(key));
	const metrics = plain.slice(0, metricsAtFirst).map((key): KeyColumn => `summary_metrics.${key}`);
	return [...shownAtFirst, ...metrics];
}

/** The columns in an address: names with commas between; undefined where it says nothing. */
export function readColumns(text: string | undefined): RunColumnId[] | undefined {
	if (text === undefined) return undefined;
	const ids = text.split(",").map((part) => {
		try {
			return decodeURIComponent(part);
		} catch {
			return part;
		}
	});
	return [...new Set(ids)].filter((id): id is RunColumnId => isPlainColumn(id) || isKeyColumn(id));
}

/** The same as text; plain columns keep their order, whenever they were chosen. */
export function printColumns(columns: readonly RunColumnId[]): string {
	const plain = plainColumns.filter((id) => columns.includes(id));
	const keys = columns.filter((id) => !isPlainColumn(id));
	return [...plain, ...keys].map((id) => encodeURIComponent(id).replaceAll("%20", " ")).join(",") || "none";
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a key with dots, which may also be one key. */
export function valueAt(document: Record<string, unknown>, key: string): unknown {
	if (Object.hasOwn(document, key)) return document[key];
	let value: unknown = document;
	for (const part of key.split(".")) {
		if (!isRecord(value) || !Object.hasOwn(value, part)) return undefined;
		value = value[part];
	}
	return value;
}
