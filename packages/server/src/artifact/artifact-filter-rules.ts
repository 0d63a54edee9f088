import { type FieldTable, fieldsOf, type OrderTable } from "../filter/field-rules.ts";
import { everything, type Filter, type FilterField, parseFilter } from "../filter/filter-rules.ts";
import { parseNodeId } from "../graphql/node-id.ts";

// wire: clients write either of several spellings; some of them only where a server says that it has an "advanced search".

const time = <C extends string>(column: C) => ({ kind: "time", column }) as const;
const idOf = (type: string) => (text: string) => parseNodeId(type, text) ?? undefined;

export type CollectionColumn =
	| "id"
	| "name"
	| "type"
	| "description"
	| "tags"
	| "aliases"
	| "creator"
	| "created"
	| "updated";
export type CollectionFilter = Filter<FilterField<CollectionColumn>>;

const collectionId = { kind: "id", column: "id", read: idOf("ArtifactCollection") } as const;
const collectionFields: FieldTable<CollectionColumn> = new Map<string, FilterField<CollectionColumn>>([
	["name", { kind: "text", column: "name" }],
	["collection_name", { kind: "text", column: "name" }],
	["artifact_collection_name", { kind: "text", column: "name" }],
	["tag", { kind: "set", column: "tags" }],
	["tags", { kind: "set", column: "tags" }],
	["alias", { kind: "set", column: "aliases" }],
	["aliases", { kind: "set", column: "aliases" }],
	["description", { kind: "text", column: "description" }],
	["type", { kind: "text", column: "type" }],
	["creator", { kind: "text", column: "creator" }],
	["created_at", time("created")],
	["createdAt", time("created")],
	["updated_at", time("updated")],
	["updatedAt", time("updated")],
	["id", collectionId],
	["collection_id", collectionId],
	["artifact_collection_id", collectionId],
]);
const collectionField = fieldsOf("Collections", collectionFields);

export function parseCollectionFilter(text: string | null | undefined): CollectionFilter {
	return parseFilter(text, collectionField);
}

export type CollectionOrderKey = "name" | "created" | "updated" | "id";

export const collectionOrders: OrderTable<CollectionOrderKey> = {
	noun: "collections",
	keys: new Map([
		["name", "name"],
		["created_at", "created"],
		["createdAt", "created"],
		["updated_at", "updated"],
		["updatedAt", "updated"],
		["id", "id"],
	]),
};

export type VersionColumn =
	| "id"
	| "version"
	| "state"
	| "digest"
	| "description"
	| "tags"
	| "aliases"
	| "metadata"
	| "size"
	| "creator"
	| "created"
	| "updated"
	| "linked";
export type VersionFilter = Filter<FilterField<VersionColumn>>;

const versionId = { kind: "id", column: "id", read: idOf("Artifact") } as const;
const version = { kind: "number", column: "version", read: readVersion } as const;
const metadata = { kind: "json", column: "metadata", paths: [[]] } as const;
const size = { kind: "number", column: "size" } as const;
const versionFields: FieldTable<VersionColumn> = new Map<string, FilterField<VersionColumn>>([
	["version", version],
	["version_index", version],
	["versionIndex", version],
	["alias", { kind: "set", column: "aliases" }],
	["aliases", { kind: "set", column: "aliases" }],
	["tag", { kind: "set", column: "tags" }],
	["tags", { kind: "set", column: "tags" }],
	["metadata", metadata],
	["artifact_metadata", metadata],
	["description", { kind: "text", column: "description" }],
	["digest", { kind: "text", column: "digest" }],
	["state", { kind: "text", column: "state" }],
	["size", size],
	["artifact_size", size],
	["creator", { kind: "text", column: "creator" }],
	["created_at", time("created")],
	["createdAt", time("created")],
	["artifact_created_at", time("created")],
	["updated_at", time("updated")],
	["updatedAt", time("updated")],
	["linked_at", time("linked")],
	["acm_created_at", time("linked")],
	["id", versionId],
	["artifact_id", versionId],
]);
const versionField = fieldsOf("Versions", versionFields);

/** wire: clients ask for those that are committed; there are no others in any list. */
export function parseVersionFilter(text: string | null | undefined): VersionFilter {
	return withoutCommitted(parseFilter(text, versionField));
}

function withoutCommitted(filter: VersionFilter): VersionFilter {
	if (filter.kind === "all") return { kind: "all", of: filter.of.map(withoutCommitted) };
	const isThat = filter.kind === "compare" && filter.field.column === "state" && filter.operator === "eq";
	return isThat && filter.value === "COMMITTED" ? everything : filter;
}

export type VersionOrderKey = "version" | "created" | "updated" | "linked" | "size";

export const versionOrders: OrderTable<VersionOrderKey> = {
	noun: "versions",
	keys: new Map([
		["version", "version"],
		["version_index", "version"],
		["versionIndex", "version"],
		["created_at", "created"],
		["createdAt", "created"],
		["artifact_created_at", "created"],
		["updated_at", "updated"],
		["updatedAt", "updated"],
		["linked_at", "linked"],
		["acm_created_at", "linked"],
		["size", "size"],
		["artifact_size", "size"],
	]),
};

function readVersion(text: string): number | undefined {
	const digits = /^v?(\d{1,9})$/.exec(text)?.[1];
	return digits === undefined ? undefined : Number(digits);
}
