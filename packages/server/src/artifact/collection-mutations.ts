import type { MutationResolvers, TagInput } from "../graphql/resolver-types.gen.ts";
import { deleteCollection } from "./delete-collection.ts";
import { moveCollection } from "./move-collection.ts";
import { tagCollection } from "./tag-collection.ts";
import { updateCollection } from "./update-collection.ts";

type TagsInput = { entityName: string; projectName: string; artifactCollectionName: string; tags: TagInput[] };

function toPlace({ entityName, projectName, artifactCollectionName }: TagsInput) {
	return { entityName, projectName, collectionName: artifactCollectionName };
}

const namesOf = ({ tags }: TagsInput) => tags.map(({ tagName }) => tagName);

/** Mutations of collections: the client's words in, one use case each. */
export const collectionMutations: MutationResolvers = {
	deleteArtifactSequence: async (_, { input }, { ctx }) => ({
		artifactCollection: await deleteCollection(ctx, { collectionId: input.artifactSequenceID, kind: "SEQUENCE" }),
	}),
	deleteArtifactPortfolio: async (_, { input }, { ctx }) => ({
		artifactCollection: await deleteCollection(ctx, { collectionId: input.artifactPortfolioID, kind: "PORTFOLIO" }),
	}),
	updateArtifactSequence: async (_, { input }, { ctx }) => ({
		artifactCollection: await updateCollection(ctx, {
			collectionId: input.artifactSequenceID,
			kind: "SEQUENCE",
			name: input.name ?? null,
			description: input.description,
		}),
	}),
	updateArtifactPortfolio: async (_, { input }, { ctx }) => ({
		artifactCollection: await updateCollection(ctx, {
			collectionId: input.artifactPortfolioID,
			kind: "PORTFOLIO",
			name: input.name ?? null,
			description: input.description,
		}),
	}),
	moveArtifactSequence: async (_, { input }, { ctx }) => ({
		artifactCollection: await moveCollection(ctx, {
			collectionId: input.artifactSequenceID,
			typeName: input.destinationArtifactTypeName,
		}),
	}),
	createArtifactCollectionTagAssignments: async (_, { input }, { ctx }) => ({
		tags: await tagCollection(ctx, { ...toPlace(input), add: namesOf(input), remove: [] }),
	}),
	deleteArtifactCollectionTagAssignments: async (_, { input }, { ctx }) => {
		await tagCollection(ctx, { ...toPlace(input), add: [], remove: namesOf(input) });
		return { success: true };
	},
};
