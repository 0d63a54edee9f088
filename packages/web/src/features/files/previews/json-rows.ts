/** A value of a JSON document where it stands: a row of its tree. */
export type JsonRow = {
	/** The way to it, a JSON text: no key can be mistaken for another. */
	path: string;
	level: number;
	name: string | undefined;
	value: unknown;
	/** How many values it holds; undefined for one that holds none. */
	size: number | undefined;
	isOpen: boolean;
};

/** More values of one object or list than this are left out. */
export const mostChildren = 5_000;

type Holder = Record<string, unknown> | unknown[];

function isHolder(value: unknown): value is Holder {
	return typeof value === "object" && value !== null;
}

function sizeOf(value: Holder): number {
	return Array.isArray(value) ? value.length : Object.keys(value).length;
}

/** The rows of what is open, in order. Walks with a stack of its own: documents may be as deep as they like. */
export function jsonRows(root: unknown, open: ReadonlySet<string>): JsonRow[] {
	const rows: JsonRow[] = [];
	type Step = { path: string; level: number; name: string | undefined; value: unknown };
	const stack: Step[] = [{ path: "", level: 0, name: undefined, value: root }];
	for (let step = stack.pop(); step; step = stack.pop()) {
		const { path, level, value } = step;
		const size = isHolder(value) ? sizeOf(value) : undefined;
		const isOpen = size !== undefined && open.has(path);
		rows.push({ ...step, size, isOpen });
		if (!isOpen || !isHolder(value)) continue;
		const children: [string, unknown][] = Array.isArray(value)
			? value.slice(0, mostChildren).map((child, at) => [String(at), child])
			: Object.entries(value).slice(0, mostChildren);
		for (const [name, child] of children.reverse()) {
			stack.push({ path: `${path}${JSON.stringify(name)}`, level: level + 1, name, value: child });
		}
	}
	return rows;
}

/** A value on one line, a long one cut. */
export function briefValue(value: unknown): string {
	if (typeof value === "string") return JSON.stringify(value.length > 500 ? `${value.slice(0, 500)}…` : value);
	return String(value);
}

/** JSON with indentation; undefined where it is nested too deep to be written so. */
export function prettyJson(value: unknown): string | undefined {
	try {
		return JSON.stringify(value, null, 2);
	} catch {
		return undefined;
	}
}

export type ParsedJson = { value: unknown } | { error: unknown };

/** Reads JSON; also what Python writes of numbers that JSON has no words for. */
export function parseJson(text: string): ParsedJson {
	try {
		return { value: JSON.parse(text) };
	} catch (error) {
		try {
			return { value: JSON.parse(withoutPythonNumbers(text)) };
		} catch {
			return { error };
		}
	}
}

/** wire: Python writes NaN and Infinity bare; outside of strings they become texts. */
function withoutPythonNumbers(text: string): string {
	return text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (found) =>
		found.startsWith('"') ? found : `"${found}"`,
	);
}
