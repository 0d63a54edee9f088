import type { ArtifactBriefFragment } from "./version.graphql.gen.ts";

/** As much of a version as a link to it needs. */
export type ArtifactBrief = ArtifactBriefFragment;

/** The same for documents that are not generated. */
export const artifactBrief = /* GraphQL */ `
	fragment ArtifactBrief on Artifact {
		id
		versionIndex
		state
		size
		createdAt
		artifactType { id name }
		artifactSequence { id name project { id name entityName } }
	}
`;
