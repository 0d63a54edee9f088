/**
 * Artifacts: versioned content in collections, what runs made and used of it, and the names it goes by.
 * A version is in its own sequence and in every portfolio it is linked to; each such place is a member.
 */
export { addLink, addMember, type Membership } from "./add-member.ts";
export { artifactLoader, collectionLoader, memberLoader } from "./artifact-loaders.ts";
export { checkAliases, checkCollectionName, checkTypeName, nearestNames } from "./artifact-name-rules.ts";
export {
	findAliasesOfMembers,
	findArtifactsByIds,
	findByClientId,
	findCollection,
	findCollectionsByIds,
	findMembersOf,
} from "./artifact-reader.ts";
export { artifactResolvers } from "./artifact-resolvers.ts";
export { artifactRoutes } from "./artifact-routes.ts";
export type {
	AliasRow,
	ArtifactRow,
	CollectionConnectionNode,
	CollectionRow,
	MembershipConnectionNode,
	MembershipRow,
	TagRow,
	TypeRow,
	VersionConnectionNode,
} from "./artifact-rows.ts";
export { deleteMember, ensureType, insertPendingLink, lockArtifact, lockInPlace } from "./artifact-store.ts";
export { changeCollection } from "./change-collection.ts";
export { describeCollection } from "./collection-change-store.ts";
export { passLatestOn } from "./collections-losing.ts";
export { commitArtifact } from "./commit-artifact.ts";
export { type CreateArtifactInput, createArtifact } from "./create-artifact.ts";
export { createFiles } from "./create-files.ts";
export { type CreateManifestInput, createManifest } from "./create-manifest.ts";
export { deleteProjectContents } from "./delete-project-contents.ts";
export { deleteRunOutputs } from "./delete-run-outputs.ts";
export { type CollectionWanted, checkFits, ensureCollection } from "./ensure-collection.ts";
export type { ChangeConnectionNode, EntryNode } from "./entry-rows.ts";
export { filterArtifacts, requireArtifact } from "./find-artifact.ts";
export { findSeen as findSeenCollection } from "./find-collection.ts";
export { withVersion } from "./find-member.ts";
export { announcedManifestNode, type ManifestNode } from "./manifest-node.ts";
export { askToMove, moveAliases } from "./move-aliases.ts";
export { manifestBlobReceived } from "./receive-manifest.ts";
export { relocateCollection } from "./relocate-collection.ts";
export { useArtifact } from "./use-artifact.ts";
