import { type FieldTable, fieldsOf, type OrderTable } from "../filter/field-rules.ts";
import { type Filter, type FilterField, parseFilter } from "../filter/filter-rules.ts";
import { parseNodeId } from "../graphql/node-id.ts";

export type ProjectColumn = "name" | "number" | "entity" | "description" | "access" | "created" | "updated" | "creator";
export type ProjectFilter = Filter<FilterField<ProjectColumn>>;

/** wire: the client knows a registry by the number in its internal id. */
const number = { kind: "number", column: "number", read: readNumber } as const;
const created = { kind: "time", column: "created" } as const;
const updated = { kind: "time", column: "updated" } as const;
const table: FieldTable<ProjectColumn> = new Map<string, FilterField<ProjectColumn>>([
	["name", { kind: "text", column: "name" }],
	["id", number],
	["project_id", number],
	["entity_id", { kind: "id", column: "entity", read: (text) => parseNodeId("Entity", text) ?? undefined }],
	["description", { kind: "text", column: "description" }],
	["access", { kind: "text", column: "access" }],
	["creator", { kind: "text", column: "creator" }],
	["created_at", created],
	["createdAt", created],
	["updated_at", updated],
	["updatedAt", updated],
]);
const fieldOf = fieldsOf("Projects and registries", table);

export type ProjectOrderKey = "name" | "created" | "updated";

export const projectOrders: OrderTable<ProjectOrderKey> = {
	noun: "projects and registries",
	keys: new Map([
		["name", "name"],
		["created_at", "created"],
		["createdAt", "created"],
		["updated_at", "updated"],
		["updatedAt", "updated"],
	]),
};

export function parseProjectFilter(text: string | null | undefined): ProjectFilter {
	return parseFilter(text, fieldOf);
}

function readNumber(text: string): number | undefined {
	const inner = parseNodeId("ProjectInternalId", text);
	return inner !== null && /^\d{1,9}$/.test(inner) ? Number(inner) : undefined;
}
