import { onlyPage } from "../db/page.ts";
import { isAskedAlone } from "../graphql/asked-alone.ts";
import { connectionOf, countedConnectionOf, pageWanted } from "../graphql/connection.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { fromNodeId, toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { projectLoader } from "../project/index.ts";
import { versionCapabilities } from "./artifact-capabilities.ts";
import { artifactAliasLoader, collectionLoader, tagLoader } from "./artifact-loaders.ts";
import { artifactMutations } from "./artifact-mutations.ts";
import { type ArtifactRow, type CollectionRow, typeOf } from "./artifact-rows.ts";
import { collectionResolvers, isVisible, versionOf } from "./collection-resolvers.ts";
import { entryFields, entryResolvers } from "./entry-resolvers.ts";
import { findArtifactOrGhost } from "./find-artifact.ts";
import { findClientId } from "./find-client-id.ts";
import { findCollectionById } from "./find-collection.ts";
import { findMemberByName, requireMemberByName } from "./find-member.ts";
import { listArtifactTypes } from "./list-artifact-types.ts";
import { fileCursor, findFilesByEntries, listFiles } from "./list-files.ts";
import { memberCursor } from "./list-members.ts";
import { listMemberships } from "./list-memberships.ts";
import { currentManifestNode } from "./manifest-node.ts";

const commitHashLength = 20;

function sequenceOf(artifact: ArtifactRow, gql: GqlContext): CollectionRow | Promise<CollectionRow> {
	return artifact.sequence ?? loadSequence(artifact, gql);
}

async function loadSequence(artifact: ArtifactRow, gql: GqlContext): Promise<CollectionRow> {
	const collection = await collectionLoader(gql).load(artifact.collectionId);
	if (collection === null) throw new Error(`collection ${artifact.collectionId} of a version is not there`);
	return collection;
}

const artifactFields: Resolvers["Artifact"] = {
	...entryFields,
	id: (row) => toNodeId("Artifact", row.id),
	commitHash: (row) => row.digest.slice(0, commitHashLength),
	// wire: non-null; anything not positive is shown as no TTL.
	ttlDurationSeconds: async (row, _, gql) => {
		if (row.ttlSeconds !== null) return row.ttlSeconds;
		const project = row.sequence?.project ?? (await projectLoader(gql).load(row.projectId));
		return project?.defaultTtlSeconds ?? -1;
	},
	ttlIsInherited: (row) => row.ttlSeconds === null,
	artifactSequence: (row, _, gql) => sequenceOf(row, gql),
	artifactType: async (row, _, gql) => typeOf(await sequenceOf(row, gql)),
	aliases: async (row, _, gql) => {
		const aliases = row.aliases ?? (await artifactAliasLoader(gql).load(row.id));
		const visible = await Promise.all(
			aliases.map(async (alias) => {
				const collection = alias.collection ?? (await collectionLoader(gql).load(alias.collectionId));
				return collection !== null && (await isVisible(gql, collection));
			}),
		);
		return aliases.filter((_alias, at) => visible[at]);
	},
	tags: (row, _, gql) => (row.tags === undefined ? tagLoader(gql).load(row.id) : [...row.tags]),
	capabilities: (row, _, gql) => versionCapabilities(gql, row),
	currentManifest: (row, _, gql, info) => currentManifestNode(gql.ctx, row, { alone: isAskedAlone(info) }),
	artifactMemberships: async (row, _, gql) => {
		return countedConnectionOf(onlyPage(await listMemberships(gql.ctx, row)), memberCursor);
	},
	files: async (row, args, gql) => {
		const page = await listFiles(gql.ctx, row, { ...pageWanted(args), names: args.names ?? null });
		return { ...connectionOf(page, fileCursor), totalCount: args.names?.length ?? row.fileCount };
	},
	filesByManifestEntries: async (row, args, gql) => {
		const rows = await findFilesByEntries(gql.ctx, row, args.entries ?? []);
		return countedConnectionOf(onlyPage(rows), fileCursor);
	},
};

const ownResolvers: Resolvers = {
	Query: {
		artifact: async (_, args, gql) => await findArtifactOrGhost(gql.ctx, args.id),
		artifactCollection: async (_, args, { ctx }) =>
			await findCollectionById(ctx, fromNodeId("ArtifactCollection", args.id)),
		clientIDMapping: async (_, args, gql) => {
			const found = await findClientId(gql.ctx, args.clientID);
			if (found === null) return null;
			return { serverID: toNodeId(found.kind, found.id) };
		},
	},
	Mutation: artifactMutations,
	Artifact: artifactFields,
	Tag: { id: (row) => toNodeId("Tag", row.id), tagCategoryName: () => null },
	Project: {
		...collectionResolvers.Project,
		// wire: null, not an error, where there is none: clients ask before they log something new. Those up to 0.22 that
		// look a version up for somebody say whether to track that; whatever error they get they take for "there is none".
		artifact: async (project, args, gql) => {
			const isLookedUp = typeof args.enableTracking === "boolean";
			const member = await (isLookedUp ? requireMemberByName : findMemberByName)(gql.ctx, project, args.name);
			return member === null ? null : await versionOf(gql, member);
		},
		artifactCollectionMembership: async (project, args, gql) => await requireMemberByName(gql.ctx, project, args.name),
		artifactTypes: async (project, _, gql) =>
			connectionOf(onlyPage(await listArtifactTypes(gql.ctx, project)), (row) => [row.name]),
	},
};

/** Artifacts, their collections and types. */
export const artifactResolvers: Resolvers = { ...collectionResolvers, ...entryResolvers, ...ownResolvers };
