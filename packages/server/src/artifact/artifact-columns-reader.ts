import { type Columns, columnsAs } from "../db/nested-row.ts";
import type { ArtifactRow, CollectionRow, MembershipRow } from "./artifact-rows.ts";

/** Of a version `a`; its number comes with the member `own` of its own sequence. */
export const artifactColumns: Columns<ArtifactRow> = {
	id: "a.id",
	projectId: "a.project_id",
	collectionId: "a.collection_id",
	state: "a.state",
	digest: "a.digest",
	digestAlgorithm: "a.digest_algorithm",
	description: "a.description",
	metadata: "a.metadata::text",
	ttlSeconds: "a.ttl_seconds",
	historyStep: "a.history_step",
	size: "a.size",
	fileCount: "a.file_count",
	manifestSha256: "a.manifest_sha256",
	baseArtifactId: "a.base_artifact_id",
	runId: "a.run_id",
	createdBy: "a.created_by",
	createdAt: "a.created_at",
	updatedAt: "a.updated_at",
	versionIndex: "own.version_index",
};

/** Of a collection `c` and its type `t`. */
export const collectionColumns: Columns<CollectionRow> = {
	id: "c.id",
	projectId: "c.project_id",
	typeId: "c.type_id",
	typeName: "t.name",
	typeDescription: "t.description",
	typeCreatedAt: "t.created_at",
	kind: "c.kind",
	name: "c.name",
	description: "c.description",
	createdAt: "c.created_at",
	updatedAt: "c.updated_at",
	deletedAt: "c.deleted_at",
};

/** Of a member `own`. */
export const memberColumns: Columns<MembershipRow> = {
	id: "own.id",
	collectionId: "own.collection_id",
	artifactId: "own.artifact_id",
	versionIndex: "own.version_index",
	createdAt: "own.created_at",
};

/** The lists for `select` of one such row, written once: every request asks for some. */
export const artifactList = columnsAs(artifactColumns);
export const collectionList = columnsAs(collectionColumns);
