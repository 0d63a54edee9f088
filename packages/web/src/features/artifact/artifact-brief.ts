/** As much of a version as a link to it needs. */
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

export type ArtifactBrief = {
	id: string;
	versionIndex: number | null;
	state: string;
	size: number;
	createdAt: string;
	artifactType: { id: string; name: string };
	artifactSequence: {
		id: string;
		name: string;
		project: { id: string; name: string; entityName: string } | null;
	};
};
