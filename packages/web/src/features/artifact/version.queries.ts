import { queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { request } from "../../graphql-client.ts";
import { type ArtifactBrief, artifactBrief } from "./artifact-brief.ts";

type ProjectBrief = {
	id: string;
	name: string;
	entityName: string;
	isRegistry: boolean;
	entity: { id: string; organization: { id: string; name: string } | null };
};

/** Another place where the same version is. */
export type OtherPlace = {
	id: string;
	versionIndex: number | null;
	createdAt: string;
	artifactCollection: { __typename: string; id: string; name: string; project: ProjectBrief | null } | null;
};

export type Creator =
	| {
			__typename: "Run";
			id: string;
			name: string;
			displayName: string | null;
			project: { name: string; entityName: string };
	  }
	| { __typename: "User"; id: string; username: string | null; name: string };

export type Version = ArtifactBrief & {
	digest: string;
	fileCount: number;
	description: string | null;
	metadata: string | null;
	tags: { id: string; name: string }[];
	createdBy: Creator | null;
	artifactMemberships: { edges: { node: OtherPlace | null }[] } | null;
};

type MembershipBrief = { id: string; versionIndex: number | null; aliases: { id: string; alias: string }[] };

export type Membership = MembershipBrief & {
	createdAt: string;
	artifactCollection: {
		__typename: string;
		id: string;
		name: string;
		artifactMemberships: { edges: { node: MembershipBrief | null }[] } | null;
	} | null;
	artifact: Version | null;
};

const versionDocument = /* GraphQL */ `
	query VersionPage($entity: String!, $project: String!, $name: String!) {
		project(name: $project, entityName: $entity) {
			id
			artifactCollectionMembership(name: $name) {
				id
				versionIndex
				createdAt
				aliases { id alias }
				artifactCollection {
					__typename
					id
					name
					artifactMemberships(first: 100) { edges { node { id versionIndex aliases { id alias } } } }
				}
				artifact {
					...ArtifactBrief
					digest
					fileCount
					description
					metadata
					tags { id name }
					createdBy {
						__typename
						... on Run { id name displayName project { id name entityName } }
						... on User { id username name }
					}
					artifactMemberships(first: 50) {
						edges {
							node {
								id
								versionIndex
								createdAt
								artifactCollection {
									__typename
									id
									name
									project { id name entityName isRegistry entity { id organization { id name } } }
								}
							}
						}
					}
				}
			}
		}
	}
	${artifactBrief}
`;

const lineageDocument = /* GraphQL */ `
	query VersionLineage($id: ID!) {
		artifact(id: $id) {
			id
			producedBy(first: 50) {
				totalCount
				edges { node { ...LineageRun inputArtifacts(first: 20) { totalCount edges { node { ...ArtifactBrief } } } } }
			}
			usedBy(first: 50) {
				totalCount
				edges { node { ...LineageRun outputArtifacts(first: 20) { totalCount edges { node { ...ArtifactBrief } } } } }
			}
		}
	}
	fragment LineageRun on Run { id name displayName state jobType createdAt project { id name entityName } }
	${artifactBrief}
`;

export type LineageRun = {
	id: string;
	name: string;
	displayName: string | null;
	state: string | null;
	jobType: string | null;
	createdAt: string;
	project: { id: string; name: string; entityName: string };
};
type Neighbours = { totalCount: number; edges: { node: ArtifactBrief | null }[] } | null;
type LineageRuns<T> = { totalCount: number | null; edges: { node: LineageRun & T }[] } | null;
type Lineage = {
	id: string;
	producedBy: LineageRuns<{ inputArtifacts: Neighbours }>;
	usedBy: LineageRuns<{ outputArtifacts: Neighbours }>;
};

export type VersionPlace = { entity: string; project: string; collection: string; version: string };

/** One version where it stands in a collection, found by number, alias or digest. */
export function versionQuery(place: VersionPlace) {
	const { entity, project, collection, version } = place;
	return queryOptions({
		queryKey: ["version", place],
		queryFn: async ({ signal }) => {
			type Result = { project: { id: string; artifactCollectionMembership: Membership | null } | null };
			const variables = { entity, project, name: `${collection}:${version}` };
			const result = await request<Result>(versionDocument, variables, signal);
			const path = `${entity}/${project}/${collection}:${version}`;
			const owner = found(result.project, "project", `${entity}/${project}`);
			const membership = found(owner.artifactCollectionMembership, "version", path);
			return { ...membership, artifact: found(membership.artifact, "version", path) };
		},
	});
}

/** The runs that made and used a version, with what else they read and wrote. */
export function lineageQuery(id: string) {
	return queryOptions({
		queryKey: ["version-lineage", id],
		queryFn: async ({ signal }) =>
			found((await request<{ artifact: Lineage | null }>(lineageDocument, { id }, signal)).artifact, "version", id),
	});
}
