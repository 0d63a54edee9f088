/** A line of nested values: a branch that can be opened, or a value. */
export type MetadataRow = {
	/** The keys down to it; what it is known by. */
	path: string;
	key: string;
	depth: number;
	value: unknown;
	/** How many are inside; undefined for a value. */
	count: number | undefined;
	open: boolean;
};

/** Lists of so many plain values stand on one line. */
const shortList = 8;
/** Documents with more values than this are shown folded. */
const shownWhole = 200;

function isPlain(value: unknown): boolean {
	return typeof value !== "object" || value === null;
}

/** What is inside a value that is shown as a branch; undefined where it stands on one line. */
function inside(value: unknown): [string, unknown][] | undefined {
	if (typeof value !== "object" || value === null) return undefined;
	if (Array.isArray(value)) {
		if (value.length <= shortList && value.every(isPlain)) return undefined;
		return value.map((item: unknown, index) => [String(index), item]);
	}
	const entries = Object.entries(value);
	return entries.length === 0 ? undefined : entries;
}

function printed(value: unknown): string {
	return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** How many values there are, down to the last. */
export function countValues(value: unknown): number {
	return inside(value)?.reduce((sum, [, item]) => sum + countValues(item), 0) ?? 1;
}

type Wanted = {
	/** Branches that are not as they are at first. */
	toggled: ReadonlySet<string>;
	/** Leaves only what has it in a key or a value, with all that leads there, open. */
	search: string;
};

/** The lines of nested values, in their order. */
export function metadataRows(values: Record<string, unknown>, { toggled, search }: Wanted): MetadataRow[] {
	const text = search.trim().toLowerCase();
	const openAtFirst = countValues(values) <= shownWhole;
	const walk = (entries: [string, unknown][], prefix: string, depth: number): MetadataRow[] =>
		entries.flatMap(([key, value]) => {
			const path = `${prefix}${JSON.stringify(key)}`;
			const children = inside(value);
			const isHit = text === "" || key.toLowerCase().includes(text);
			if (children === undefined) {
				const isFound = isHit || printed(value).toLowerCase().includes(text);
				return isFound ? [{ path, key, depth, value, count: undefined, open: false }] : [];
			}
			const open = text === "" ? openAtFirst !== toggled.has(path) : true;
			const below = open ? walk(children, `${path}.`, depth + 1) : [];
			if (text !== "" && below.length === 0 && !isHit) return [];
			return [{ path, key, depth, value, count: children.length, open: open && below.length > 0 }, ...below];
		});
	return walk(Object.entries(values), "", 0);
}
