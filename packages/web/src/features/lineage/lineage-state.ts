import type { Level } from "./lineage-api.ts";

/** All that a reader chose on the page; it is in the address, so that it can be sent to somebody and gone back to. */
export type LineageState = {
	/** Ancestors and descendants of the focus, or everything that hangs together with it. */
	scope: "lines" | "component";
	up: number;
	down: number;
	/** How much is drawn as one; `none` is what older documents call Explode. */
	group: Level | "auto";
	/** Groups that were opened, and nodes whose neighbours are shown as well. */
	open: readonly string[];
	extra: readonly string[];
	/** The node or group whose details are shown. */
	selected: string | undefined;
	/** Types of versions and job types of runs that are left out, as `artifact/model`, and single nodes. */
	without: readonly string[];
	hidden: readonly string[];
	/** Only versions or only runs, what lies between them drawn as one edge. */
	only: "artifact" | "run" | undefined;
	/** The picture, the same as a table, or all that came of the focus. */
	view: "graph" | "list" | "impact";
	/** The other end of the path that is shown, as `artifact:ID`. */
	path: string | undefined;
	/** Nothing before, and nothing after, this moment. */
	from: string | undefined;
	until: string | undefined;
	/** From left to right in the order of the flow, or in columns of time. */
	axis: "flow" | "time";
	/** The node whose ancestors are shown against those of the focus, as `artifact:ID`. */
	compare: string | undefined;
};

export const startState: LineageState = {
	scope: "lines",
	up: 4,
	down: 3,
	group: "auto",
	open: [],
	extra: [],
	selected: undefined,
	without: [],
	hidden: [],
	only: undefined,
	view: "graph",
	path: undefined,
	from: undefined,
	until: undefined,
	axis: "flow",
	compare: undefined,
};

export const mostHops = 20;
const groups = ["auto", "none", "sweep", "pipeline", "project"] as const;

type Search = Record<string, unknown>;

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
	return allowed.find((each) => each === value);
}

function hopsOf(value: unknown, otherwise: number): number {
	const hops = Number(value);
	return value !== undefined && Number.isInteger(hops) && hops >= 0 && hops <= mostHops ? hops : otherwise;
}

/** Lists are parted by commas; no id and no type key has one unescaped. */
function listOf(value: unknown): string[] {
	return typeof value === "string" && value !== "" ? value.split(",").map(decodeURIComponent) : [];
}

function textOf(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" ? value : undefined;
}

function momentOf(value: unknown): string | undefined {
	const text = textOf(value);
	return text === undefined || Number.isNaN(Date.parse(text)) ? undefined : text;
}

/** What an address says; where it says nothing, or nonsense, the page begins as it always does. */
export function readLineageState(search: Search): LineageState {
	return {
		scope: oneOf(search.scope, ["lines", "component"]) ?? startState.scope,
		up: hopsOf(search.up, startState.up),
		down: hopsOf(search.down, startState.down),
		group: oneOf(search.group, groups) ?? startState.group,
		open: listOf(search.open),
		extra: listOf(search.extra),
		selected: textOf(search.selected),
		without: listOf(search.without),
		hidden: listOf(search.hidden),
		only: oneOf(search.only, ["artifact", "run"]),
		view: oneOf(search.view, ["graph", "list", "impact"]) ?? startState.view,
		path: textOf(search.path),
		from: momentOf(search.from),
		until: momentOf(search.until),
		axis: oneOf(search.axis, ["flow", "time"]) ?? startState.axis,
		compare: textOf(search.compare),
	};
}

/** The state as an address has it: only what differs from the beginning. */
export function printLineageState(state: LineageState): Record<string, string> {
	const entries = Object.entries(state).flatMap(([key, value]): [string, string][] => {
		if (value === undefined || value === Reflect.get(startState, key)) return [];
		if (Array.isArray(value)) return value.length === 0 ? [] : [[key, value.map(encodeURIComponent).join(",")]];
		return [[key, `${value}`]];
	});
	return Object.fromEntries(entries);
}
