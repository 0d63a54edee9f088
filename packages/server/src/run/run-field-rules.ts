import { DomainError } from "../errors.ts";
import type { FilterField } from "../filter/filter-rules.ts";

/** Something of a run that lists can be filtered and ordered by. */
export type RunColumn = TextColumn | TimeColumn | "duration" | "tags" | "config" | "summary";
export type RunField = FilterField<RunColumn>;

export type TextColumn = "state" | "name" | "displayName" | "group" | "jobType" | "sweep" | "username";
export type TimeColumn = "createdAt" | "heartbeatAt";

const columns: ReadonlyMap<string, RunField> = new Map<string, RunField>([
	["state", { kind: "text", column: "state" }],
	["name", { kind: "text", column: "name" }],
	["display_name", { kind: "text", column: "displayName" }],
	["displayName", { kind: "text", column: "displayName" }],
	["group", { kind: "text", column: "group" }],
	["job_type", { kind: "text", column: "jobType" }],
	["jobType", { kind: "text", column: "jobType" }],
	["sweep", { kind: "text", column: "sweep" }],
	["username", { kind: "text", column: "username" }],
	["created_at", { kind: "time", column: "createdAt" }],
	["createdAt", { kind: "time", column: "createdAt" }],
	["heartbeat_at", { kind: "time", column: "heartbeatAt" }],
	["heartbeatAt", { kind: "time", column: "heartbeatAt" }],
	["duration", { kind: "number", column: "duration" }],
	["tags", { kind: "set", column: "tags" }],
]);

const known =
	"state, name, display_name, tags, group, job_type, sweep, created_at, heartbeat_at, duration (in seconds), username, config.KEY and summary_metrics.KEY";

/** The field behind a key of a filter or an order; an unknown one is refused with the list of those there are. */
export function parseRunField(key: string): RunField {
	const column = columns.get(key);
	if (column !== undefined) return column;
	const dot = key.indexOf(".");
	const document = key.slice(0, Math.max(dot, 0));
	const inner = key.slice(dot + 1).replaceAll("\u0000", "");
	if (inner !== "" && document === "config") return { kind: "json", column: "config", paths: configPaths(inner) };
	if (inner !== "" && document === "summary_metrics") {
		return { kind: "json", column: "summary", paths: distinctPaths([inner.split("."), [inner]]) };
	}
	throw new DomainError(
		"INVALID_INPUT",
		`Runs have no field ${JSON.stringify(key.slice(0, 100))}; there are ${known}.`,
	);
}

/** wire: `config.lr`, `config.lr.value`, `config.net.depth` and `config.net.value.depth` are all in use. */
function configPaths(key: string): ReadonlyArray<readonly string[]> {
	const [first = "", ...rest] = key.split(".");
	if (rest[0] === "value" && rest.length > 1) return [[first, "value", ...rest.slice(1)]];
	const withoutValue = rest.at(-1) === "value" ? rest.slice(0, -1) : rest;
	return distinctPaths([
		[first, "value", ...withoutValue],
		[[first, ...withoutValue].join("."), "value"],
	]);
}

function distinctPaths(paths: ReadonlyArray<readonly string[]>): ReadonlyArray<readonly string[]> {
	const [first, second] = paths;
	return first?.length === second?.length ? paths.slice(0, 1) : paths;
}

export type RunOrder = { readonly field: RunField; readonly direction: "asc" | "desc" };

/** `+created_at`, `-summary_metrics.loss`; oldest first where nothing is said. */
export function parseRunOrder(order: string | null | undefined): RunOrder {
	if (order === null || order === undefined || order.trim() === "") {
		return { field: { kind: "time", column: "createdAt" }, direction: "asc" };
	}
	const text = order.trim();
	const direction = text.startsWith("-") ? "desc" : "asc";
	const field = parseRunField(/^[+-]/.test(text) ? text.slice(1) : text);
	if (field.kind === "set") throw new DomainError("INVALID_INPUT", "Runs cannot be ordered by tags.");
	return { field, direction };
}
