/** What a list of runs is narrowed down to: field, test, value; all of them hold. */
export type Condition = { field: string; test: Test; value: string };

export const tests = ["contains", "is", "isnt", "gt", "ge", "lt", "le", "exists", "missing"] as const;
export type Test = (typeof tests)[number];

type Kind = "text" | "state" | "set" | "time" | "number" | "value";

/** The fields of a run itself, as the server's filters call them. */
export const runFields = {
	display_name: "text",
	state: "state",
	tags: "set",
	username: "text",
	job_type: "text",
	group: "text",
	sweep: "text",
	created_at: "time",
	duration: "number",
	name: "text",
} as const satisfies Readonly<Record<string, Kind>>;

export type RunFieldName = keyof typeof runFields;

export function isRunField(field: string): field is RunFieldName {
	return Object.hasOwn(runFields, field);
}

/** Of what kind a field is; keys of config and summary can hold anything. */
export function kindOf(field: string): Kind {
	return isRunField(field) ? runFields[field] : "value";
}

const testsOf: Readonly<Record<Kind, readonly Test[]>> = {
	text: ["contains", "is", "isnt", "exists", "missing"],
	state: ["is", "isnt"],
	set: ["is", "isnt", "exists", "missing"],
	time: ["gt", "lt"],
	number: ["gt", "ge", "lt", "le"],
	value: ["is", "isnt", "gt", "ge", "lt", "le", "contains", "exists", "missing"],
};

/** The tests that make sense of a field. */
export function testsFor(field: string): readonly Test[] {
	return testsOf[kindOf(field)];
}

/** Whether a test asks for a value beside the field. */
export function needsValue(test: Test): boolean {
	return test !== "exists" && test !== "missing";
}

function isTest(value: unknown): value is Test {
	return tests.some((known) => known === value);
}

/** The conditions in an address; what is no condition is passed over. */
export function readConditions(text: string | undefined): Condition[] {
	if (text === undefined) return [];
	try {
		const list: unknown = JSON.parse(text);
		return (Array.isArray(list) ? list : []).flatMap((item: unknown): Condition[] => {
			if (!Array.isArray(item)) return [];
			const [field, test, value = ""]: unknown[] = item;
			return typeof field === "string" && isTest(test) && typeof value === "string" ? [{ field, test, value }] : [];
		});
	} catch {
		return [];
	}
}

export function printConditions(conditions: Condition[]): string | undefined {
	if (conditions.length === 0) return undefined;
	return JSON.stringify(
		conditions.map(({ field, test, value }) => (needsValue(test) ? [field, test, value] : [field, test])),
	);
}

/** A value as config and summaries hold it: 0.1 and true are no texts, "0.1" in quotes is one. */
function readValue(field: string, text: string): unknown {
	const kind = kindOf(field);
	if (kind === "number") return Number(text);
	if (kind === "time") {
		const at = Date.parse(text);
		return Number.isNaN(at) ? text : new Date(at).toISOString();
	}
	if (kind !== "value") return text;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null ? text : value;
	} catch {
		return text;
	}
}

function containing(text: string): object {
	return { $regex: `(?i)${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}` };
}

const operators = { isnt: "$ne", gt: "$gt", ge: "$gte", lt: "$lt", le: "$lte" } as const;

function printCondition({ field, test, value }: Condition): object {
	switch (test) {
		case "contains":
			return { [field]: containing(value) };
		case "is":
			return { [field]: readValue(field, value) };
		case "exists":
			return field === "tags" ? { tags: { $not: { $size: 0 } } } : { [field]: { $ne: null } };
		case "missing":
			return field === "tags" ? { tags: { $size: 0 } } : { [field]: null };
		default:
			return { [field]: { [operators[test]]: readValue(field, value) } };
	}
}

/** The server's filter for a search by name and some conditions; null where nothing is asked for. */
export function printFilters(search: string, conditions: Condition[]): string | null {
	const text = search.trim();
	const named = text === "" ? [] : [{ $or: [{ display_name: containing(text) }, { name: containing(text) }] }];
	const all = [...named, ...conditions.map(printCondition)];
	return all.length === 0 ? null : JSON.stringify({ $and: all });
}
