import { type RawBuilder, sql } from "kysely";
import type { FieldsSql } from "../db/filter-sql.ts";
import type { SortKey } from "../db/sorted-page.ts";
import type { CollectionColumn, CollectionOrderKey, VersionColumn, VersionOrderKey } from "./artifact-filter-rules.ts";

// Where the fields of filters and orders are, in queries over a collection `c` with its type `t`, or a member `m`, its
// version `a` and its collection `c`.

const makerOf = (table: "a" | "c") =>
	sql`(select username from user_account maker where maker.id = ${sql.ref(`${table}.created_by`)})`;

const collectionColumns: Readonly<Record<CollectionColumn, RawBuilder<unknown>>> = {
	id: sql`c.id`,
	name: sql`c.name`,
	type: sql`(select type.name from artifact_type type where type.id = c.type_id)`,
	description: sql`c.description`,
	creator: makerOf("c"),
	created: sql`c.created_at`,
	updated: sql`c.updated_at`,
	tags: sql`select g.name from artifact_collection_tag g where g.collection_id = c.id`,
	aliases: sql`select l.alias from artifact_alias l where l.collection_id = c.id`,
};

export const collectionFieldsSql: FieldsSql<CollectionColumn> = {
	column: (column) => collectionColumns[column],
	elements: (column) => collectionColumns[column],
	document: (column) => collectionColumns[column],
};

const collectionId = sql`c.id`;
export const collectionSortKeys: Readonly<Record<CollectionOrderKey, SortKey>> = {
	name: { kind: "text", value: sql`c.name_key`, id: collectionId },
	created: { kind: "time", value: sql`c.created_at`, id: collectionId },
	updated: { kind: "time", value: sql`c.updated_at`, id: collectionId },
	id: { kind: "id", value: sql`c.id`, id: collectionId },
};

const versionColumns: Readonly<Record<VersionColumn, RawBuilder<unknown>>> = {
	id: sql`a.id`,
	version: sql`m.version_index`,
	state: sql`a.state`,
	digest: sql`a.digest`,
	description: sql`a.description`,
	creator: makerOf("a"),
	created: sql`a.created_at`,
	updated: sql`a.updated_at`,
	linked: sql`m.created_at`,
	size: sql`a.size`,
	tags: sql`select g.name from artifact_tag g where g.artifact_id = a.id`,
	aliases: sql`select l.alias from artifact_alias l where l.member_id = m.id`,
	// As its index has it.
	metadata: sql`(a.metadata::jsonb)`,
};

export const versionFieldsSql: FieldsSql<VersionColumn> = {
	column: (column) => versionColumns[column],
	elements: (column) => versionColumns[column],
	document: (column) => versionColumns[column],
};

const memberId = sql`m.id`;
export const versionSortKeys: Readonly<Record<VersionOrderKey, SortKey>> = {
	version: { kind: "number", value: sql`m.version_index`, id: memberId },
	created: { kind: "time", value: sql`a.created_at`, id: memberId },
	updated: { kind: "time", value: sql`a.updated_at`, id: memberId },
	linked: { kind: "time", value: sql`m.created_at`, id: memberId },
	size: { kind: "number", value: sql`a.size`, id: memberId },
};
