import { at, listAt, textAt } from "../json.ts";
import {
	artifact,
	entityName,
	filesOf,
	membership,
	newVersionId,
	nodeId,
	orgName,
	project,
	versionOf,
} from "./floor-artifact.ts";

/** A GraphQL request as far as an answer depends on it. */
export type Call = {
	readonly variables: unknown;
	/** Where this server answers, for the addresses it hands out. */
	readonly url: string;
	readonly features: readonly string[];
};

const pageInfo = { __typename: "PageInfo", endCursor: null, hasNextPage: false };

/** The data of each operation that the benched client sends, by the operation's name. */
export const operations: Readonly<Record<string, (call: Call) => object>> = {
	Viewer: () => ({ viewer }),
	GetDefaultEntity: () => ({ viewer }),
	ServerFeaturesQuery: ({ features }) => ({
		serverInfo: { features: features.map((name) => ({ name, isEnabled: true })) },
	}),
	OrganizationCoreWeaveOrganizationID: () => ({ entity: { organization: { coreWeaveOrganizationId: null } } }),
	FetchOrgInfoFromEntity: () => ({
		entity: { organization: { name: orgName, orgEntity: { name: orgName } }, user: null },
	}),
	UpsertBucket: ({ variables }) => ({
		upsertBucket: {
			bucket: {
				id: nodeId("Run", "1"),
				name: textAt(variables, "name"),
				displayName: "floor-run-1",
				description: null,
				config: "{}",
				sweepName: null,
				project: project(textAt(variables, "project")),
				historyLineCount: 0,
			},
			inserted: true,
		},
	}),
	CreateRunFiles: ({ variables, url }) => ({
		createRunFiles: {
			runID: nodeId("Run", "1"),
			uploadHeaders: [],
			files: listAt(variables, "files").map((name) => ({ name, uploadUrl: `${url}/put` })),
		},
	}),
	ArtifactType: () => ({ project: { artifact: null } }),
	CreateArtifact: ({ variables }) => {
		const input = at(variables, "input");
		const version = {
			project: textAt(input, "projectName"),
			collection: textAt(input, "artifactCollectionName"),
			again: typeof at(input, "metadata") === "string",
		};
		const made = { id: newVersionId(version), state: "PENDING", artifactSequence: { latestArtifact: null } };
		return { createArtifact: { artifact: made } };
	},
	CreateArtifactManifest: ({ url }) => ({
		createArtifactManifest: {
			artifactManifest: {
				id: nodeId("ArtifactManifest", "1"),
				file: { id: nodeId("File", "1"), uploadUrl: `${url}/put`, uploadHeaders: [] },
			},
		},
	}),
	CreateArtifactFiles: ({ variables, url }) => ({
		createArtifactFiles: {
			files: { edges: listAt(variables, "input", "artifactFiles").map((file) => ({ node: upload(file, url) })) },
		},
	}),
	CommitArtifact: ({ variables }) => ({
		commitArtifact: { artifact: { id: textAt(variables, "artifactID"), digest: "d41d8cd98f00b204e9800998ecf8427e" } },
	}),
	ArtifactByID: ({ variables }) => ({ artifact: artifact(textAt(variables, "id")) }),
	UseArtifact: ({ variables }) => ({ useArtifact: { artifact: artifact(textAt(variables, "artifactID")) } }),
	LinkArtifact: ({ variables }) => {
		const input = at(variables, "input");
		const target = {
			__typename: "ArtifactPortfolio",
			name: textAt(input, "artifactPortfolioName"),
			project: project(textAt(input, "projectName"), orgName),
		};
		return { result: { versionIndex: 0, artifactMembership: membership(textAt(input, "artifactID"), target) } };
	},
	ArtifactMembershipByName: ({ variables }) => {
		const projectName = textAt(variables, "project");
		const [collection = ""] = textAt(variables, "name").split(":");
		const sequence = { __typename: "ArtifactSequence", name: collection, project: project(projectName) };
		const id = nodeId("Artifact", `${projectName}/${collection}/first/0`);
		return { project: { artifactCollectionMembership: membership(id, sequence) } };
	},
	FetchArtifactManifest: ({ variables, url }) => {
		const { collection } = versionOf(textAt(variables, "id"));
		return { artifact: { currentManifest: { file: { directUrl: `${url}/manifest/${collection}` } } } };
	},
	GetArtifactMembershipFileUrls: ({ variables, url }) => {
		const edges = filesOf(textAt(variables, "collection")).map(({ name, size }) => ({
			node: { __typename: "File", name, directUrl: `${url}/get/${size}/${name}` },
		}));
		const artifactMembership = { files: { pageInfo, edges } };
		return { project: { artifactCollection: { __typename: "ArtifactSequence", artifactMembership } } };
	},
	ArtifactTypeArtifactCollections: ({ variables }) => {
		const edges = Array.from({ length: 50 }, (_, index) => ({
			node: listed(`collection-${String(index).padStart(3, "0")}`, textAt(variables, "project")),
		}));
		const artifactCollections = {
			totalCount: 500,
			pageInfo: { ...pageInfo, endCursor: "50", hasNextPage: true },
			edges,
		};
		return { project: { artifactType: { artifactCollections } } };
	},
};

const viewer = {
	id: nodeId("User", "1"),
	entity: entityName,
	username: "floor",
	email: "floor@example.com",
	flags: "{}",
	teams: { edges: [{ node: { name: entityName } }] },
};

function upload(file: unknown, url: string): object {
	const id = textAt(file, "artifactID");
	const name = textAt(file, "name");
	const isHeld = versionOf(id).again && !/00\.bin$/.test(name);
	return {
		storagePath: name,
		uploadUrl: isHeld ? null : `${url}/put`,
		uploadHeaders: ["Content-Type:application/octet-stream"],
		uploadMultipartUrls: null,
		artifact: { id },
	};
}

function listed(name: string, projectName: string): object {
	return {
		__typename: "ArtifactSequence",
		id: nodeId("ArtifactCollection", name),
		name,
		description: null,
		createdAt: "2026-01-01T00:00:00Z",
		updatedAt: "2026-01-01T00:00:00Z",
		project: project(projectName),
		type: { name: "dataset" },
		tags: { edges: [] },
	};
}
