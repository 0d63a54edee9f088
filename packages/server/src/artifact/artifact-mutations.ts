import { DomainError } from "../errors.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type {
	ArtifactCollectionAliasInput,
	CreateArtifactInput,
	MutationResolvers,
} from "../graphql/resolver-types.gen.ts";
import { projectLoader } from "../project/index.ts";
import { artifactLoader, collectionLoader, newestMemberLoader } from "./artifact-loaders.ts";
import { type AliasPlace, changeAliases } from "./change-aliases.ts";
import { collectionMutations } from "./collection-mutations.ts";
import { commitArtifact } from "./commit-artifact.ts";
import { completeMultipart } from "./complete-multipart.ts";
import { type CreatedArtifact, createArtifact } from "./create-artifact.ts";
import { createFiles } from "./create-files.ts";
import { createManifest } from "./create-manifest.ts";
import { deleteArtifact } from "./delete-artifact.ts";
import { announcedManifestNode } from "./manifest-node.ts";
import { updateArtifact } from "./update-artifact.ts";
import { updateManifest } from "./update-manifest.ts";
import { useArtifact } from "./use-artifact.ts";

function toAliasPlace(input: ArtifactCollectionAliasInput): AliasPlace {
	return {
		entityName: input.entityName ?? null,
		projectName: input.projectName ?? null,
		collectionName: input.artifactCollectionName,
		alias: input.alias,
	};
}

/** wire: the Go client sends one name, the Python client a list of one. */
function collectionNameOf(input: CreateArtifactInput): string {
	const name = input.artifactCollectionName ?? input.artifactCollectionNames?.[0];
	if (name === undefined)
		throw new DomainError("INVALID_INPUT", "artifactCollectionName is missing: name the artifact");
	return name;
}

/** wire: an empty text is how Go clients say nothing. */
function textOrNull(value: string | null | undefined): string | null {
	return value === "" || value === undefined ? null : value;
}

/** wire: the client asks for the sequence and its newest version along, which were read already. */
function primeLoaders(gql: GqlContext, { artifact, project, collection, newest }: CreatedArtifact): void {
	projectLoader(gql).prime(project.id, project);
	collectionLoader(gql).prime(collection.id, collection);
	// A version that was there has changed its place among the others, or become the newest itself.
	if (artifact.state !== "PENDING") return;
	newestMemberLoader(gql).prime(collection.id, newest?.member ?? null);
	if (newest !== null) artifactLoader(gql).prime(newest.artifact.id, newest.artifact);
}

/** Mutations of artifacts: the client's words in, one use case each. */
export const artifactMutations: MutationResolvers = {
	createArtifact: async (_, { input }, gql) => {
		const created = await createArtifact(gql.ctx, {
			entityName: input.entityName,
			projectName: input.projectName,
			runName: textOrNull(input.runName),
			typeName: input.artifactTypeName,
			collectionName: collectionNameOf(input),
			digest: input.digest,
			digestAlgorithm: input.digestAlgorithm ?? "MANIFEST_MD5",
			description: input.description ?? null,
			metadata: input.metadata ?? null,
			aliases: (input.aliases ?? []).map(({ alias }) => alias),
			tags: (input.tags ?? []).map(({ tagName }) => tagName),
			ttlDurationSeconds: input.ttlDurationSeconds ?? null,
			historyStep: input.historyStep ?? null,
			distributedId: textOrNull(input.distributedID),
			clientId: textOrNull(input.clientID),
			sequenceClientId: textOrNull(input.sequenceClientID),
		});
		primeLoaders(gql, created);
		return { artifact: created.artifact };
	},
	createArtifactManifest: async (_, { input }, { ctx }) => {
		const manifest = await createManifest(ctx, {
			artifactId: input.artifactID,
			baseArtifactId: textOrNull(input.baseArtifactID),
			name: input.name,
			digest: input.digest,
			type: input.type ?? "FULL",
		});
		return { artifactManifest: announcedManifestNode(ctx, manifest) };
	},
	updateArtifactManifest: async (_, { input }, { ctx }) => {
		const manifest = await updateManifest(ctx, {
			manifestId: input.artifactManifestID,
			digest: input.digest ?? null,
			baseArtifactId: textOrNull(input.baseArtifactID),
		});
		return { artifactManifest: announcedManifestNode(ctx, manifest) };
	},
	createArtifactFiles: async (_, { input }, { ctx }) => {
		const uploads = await createFiles(
			ctx,
			input.artifactFiles.map((file) => ({
				artifactId: file.artifactID,
				name: file.name,
				md5: file.md5,
				xxh128: input.digestAlgorithm === "MANIFEST_XXH128" ? (file.digest ?? null) : null,
				mimetype: file.mimetype ?? null,
				parts: file.uploadPartsInput ?? [],
			})),
		);
		const edges = uploads.map((upload) => ({
			node: {
				...upload,
				id: toNodeId("ArtifactFile", `${upload.artifact.id}:${upload.name}`),
				displayName: upload.name,
				uploadHeaders: [...upload.uploadHeaders],
				uploadMultipartUrls: upload.multipart,
			},
		}));
		return { files: { edges } };
	},
	completeMultipartUploadArtifact: async (_, { input }, { ctx }) => ({
		digest: await completeMultipart(ctx, {
			action: input.completeMultipartAction,
			artifactId: input.artifactID,
			storagePath: input.storagePath,
			uploadId: input.uploadID,
			parts: input.completedParts,
		}),
	}),
	commitArtifact: async (_, { input }, { ctx }) => ({
		artifact: await commitArtifact(ctx, { artifactId: input.artifactID }),
	}),
	useArtifact: async (_, { input }, { ctx }) => ({
		artifact: await useArtifact(ctx, {
			entityName: input.entityName,
			projectName: input.projectName,
			runName: input.runName,
			artifactId: input.artifactID,
			usedAs: input.usedAs ?? null,
			artifactEntityName: textOrNull(input.artifactEntityName),
			artifactProjectName: textOrNull(input.artifactProjectName),
		}),
	}),
	addAliases: async (_, { input }, { ctx }) => {
		await changeAliases(ctx, { artifactId: input.artifactID, add: input.aliases.map(toAliasPlace), remove: [] });
		return { success: true };
	},
	deleteAliases: async (_, { input }, { ctx }) => {
		await changeAliases(ctx, { artifactId: input.artifactID, add: [], remove: input.aliases.map(toAliasPlace) });
		return { success: true };
	},
	deleteArtifact: async (_, { input }, { ctx }) => ({
		artifact: await deleteArtifact(ctx, {
			artifactId: input.artifactID,
			deleteAliases: input.deleteAliases ?? false,
		}),
	}),
	...collectionMutations,
	updateArtifact: async (_, { input }, { ctx }) => ({
		artifact: await updateArtifact(ctx, {
			artifactId: input.artifactID,
			description: input.description,
			metadata: input.metadata,
			ttlDurationSeconds: input.ttlDurationSeconds,
			addTags: (input.tagsToAdd ?? []).map(({ tagName }) => tagName),
			removeTags: (input.tagsToDelete ?? []).map(({ tagName }) => tagName),
		}),
	}),
};
