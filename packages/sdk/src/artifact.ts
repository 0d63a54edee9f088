import { KeifuError } from "./errors.ts";
import type { RequestOptions, Transport } from "./transport.ts";

export type ArtifactPath = { entity: string; project: string; name: string; version: string };

export type ArtifactFile = {
	name: string;
	size: number;
	/** base64 MD5, as the client writes it in the manifest. */
	digest: string | null;
	/** Signed and short-lived. */
	url: string;
};

export type Artifact = {
	id: string;
	/** `collection:vN` in the collection it was asked through. */
	name: string;
	version: string;
	type: string;
	digest: string;
	size: number;
	aliases: string[];
	/** Every file, fetched page by page as the loop goes on. */
	files(options?: RequestOptions): AsyncGenerator<ArtifactFile>;
	/** Starts the download of one file; the body is a stream. */
	open(file: ArtifactFile, options?: RequestOptions): Promise<Response>;
};

/** Splits `entity/project/name:alias`; without an alias it means `latest`. */
export function parseArtifactPath(path: string): ArtifactPath {
	const match = /^([^/]+)\/([^/]+)\/([^/:]+)(?::([^/:]+))?$/.exec(path);
	const [, entity, project, name, version] = match ?? [];
	if (entity === undefined || project === undefined || name === undefined) {
		throw new KeifuError(`"${path}" is not an artifact path; it reads entity/project/name:alias.`, {
			status: 0,
			code: "INVALID_INPUT",
		});
	}
	return { entity, project, name, version: version ?? "latest" };
}

const resolveDocument = /* GraphQL */ `
	query SdkArtifact($entity: String!, $project: String!, $name: String!) {
		project(name: $project, entityName: $entity) {
			artifactCollectionMembership(name: $name) {
				versionIndex
				aliases { alias }
				artifactCollection { name }
				artifact { id digest size artifactType { name } }
			}
		}
	}
`;

const filesDocument = /* GraphQL */ `
	query SdkArtifactFiles($id: ID!, $first: Int!, $after: String) {
		artifact(id: $id) {
			files(first: $first, after: $after) {
				edges { node { name sizeBytes digest directUrl } }
				pageInfo { hasNextPage endCursor }
			}
		}
	}
`;

type ResolveResult = {
	project: {
		artifactCollectionMembership: {
			versionIndex: number | null;
			aliases: { alias: string }[];
			artifactCollection: { name: string } | null;
			artifact: { id: string; digest: string; size: number; artifactType: { name: string } } | null;
		} | null;
	} | null;
};

type FilesResult = {
	artifact: {
		files: {
			edges: { node: { name: string; sizeBytes: number; digest: string | null; directUrl: string } | null }[];
			pageInfo: { hasNextPage: boolean; endCursor: string | null };
		} | null;
	} | null;
};

async function* pageFiles(transport: Transport, id: string, options: RequestOptions): AsyncGenerator<ArtifactFile> {
	for (let after: string | null = null; ; ) {
		const result: FilesResult = await transport.graphql<FilesResult>(filesDocument, { id, first: 200, after }, options);
		const page = result.artifact?.files;
		for (const { node } of page?.edges ?? []) {
			if (node) yield { name: node.name, size: node.sizeBytes, digest: node.digest, url: node.directUrl };
		}
		if (!page?.pageInfo.hasNextPage || page.pageInfo.endCursor === null) return;
		after = page.pageInfo.endCursor;
	}
}

/** Finds a version by its path; throws NOT_FOUND when there is none that the caller may see. */
export async function resolveArtifact(
	transport: Transport,
	path: string,
	options: RequestOptions = {},
): Promise<Artifact> {
	const { entity, project, name, version } = parseArtifactPath(path);
	const variables = { entity, project, name: `${name}:${version}` };
	const result = await transport.graphql<ResolveResult>(resolveDocument, variables, options);
	const membership = result.project?.artifactCollectionMembership;
	const artifact = membership?.artifact;
	if (!membership || !artifact) {
		throw new KeifuError(`No artifact "${path}" that you may see. Check the name, the alias and your access.`, {
			status: 404,
			code: "NOT_FOUND",
		});
	}
	const found = membership.versionIndex === null ? version : `v${membership.versionIndex}`;
	return {
		id: artifact.id,
		name: `${membership.artifactCollection?.name ?? name}:${found}`,
		version: found,
		type: artifact.artifactType.name,
		digest: artifact.digest,
		size: artifact.size,
		aliases: membership.aliases.map(({ alias }) => alias),
		files: (fileOptions = {}) => pageFiles(transport, artifact.id, fileOptions),
		open: (file, { signal } = {}) => transport.request(file.url, { signal: signal ?? null }),
	};
}
