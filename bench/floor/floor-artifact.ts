import { createHash, randomUUID } from "node:crypto";

// Nothing is kept: all that an answer needs is in the version's id, and what a collection holds is in its name.

export const entityName = "floor-team";
export const orgName = "floor-org";

/** A version, as far as this server knows: what its id says. */
export type Version = {
	readonly project: string;
	readonly collection: string;
	/** Logged a second time: of its files only every hundredth is new. */
	readonly again: boolean;
};

export function nodeId(type: string, id: string): string {
	return Buffer.from(`${type}:${id}`).toString("base64");
}

/** An id that no other version has. */
export function newVersionId(version: Version): string {
	return nodeId(
		"Artifact",
		[version.project, version.collection, version.again ? "again" : "first", randomUUID()].join("/"),
	);
}

export function versionOf(id: string): Version {
	const text = Buffer.from(id, "base64").toString();
	const [project = "", collection = "", phase = ""] = text.slice("Artifact:".length).split("/");
	return { project, collection, again: phase === "again" };
}

export type FloorFile = { readonly name: string; readonly size: number; readonly md5: string };

/** `files-2000x4096` holds 2,000 files of 4,096 bytes, any other collection one of 1,024. */
export function filesOf(collection: string): FloorFile[] {
	const [, count = "1", size = "1024"] = /-(\d+)x(\d+)/.exec(collection) ?? [];
	return Array.from({ length: Number(count) }, (_, index) => {
		const name = `f${String(index).padStart(5, "0")}.bin`;
		const md5 = createHash("md5").update(`${collection}/${name}`).digest("base64");
		return { name, size: Number(size), md5 };
	});
}

export function project(name: string, entity = entityName): object {
	return {
		id: nodeId("Project", "1"),
		internalId: nodeId("ProjectInternalId", "1"),
		name,
		entity: { id: nodeId("Entity", "1"), name: entity },
	};
}

/** The version with every field the client asks for. */
export function artifact(id: string): object {
	const { project: projectName, collection } = versionOf(id);
	const sequence = { __typename: "ArtifactSequence", name: collection, project: project(projectName) };
	return {
		__typename: "Artifact",
		id,
		artifactSequence: sequence,
		versionIndex: 0,
		artifactType: { name: "dataset" },
		description: null,
		metadata: null,
		ttlDurationSeconds: -1,
		ttlIsInherited: true,
		tags: [],
		historyStep: null,
		state: "COMMITTED",
		size: 1024,
		digest: "d41d8cd98f00b204e9800998ecf8427e",
		commitHash: "d41d8cd98f00b204e980",
		fileCount: 1,
		createdAt: "2026-01-01T00:00:00Z",
		updatedAt: "2026-01-01T00:00:00Z",
		aliases: [alias(sequence)],
	};
}

/** The version in a collection: its own, or one it is linked to. */
export function membership(id: string, collection: object): object {
	return {
		__typename: "ArtifactCollectionMembership",
		id: nodeId("ArtifactCollectionMembership", "1"),
		versionIndex: 0,
		createdAt: "2026-01-01T00:00:00Z",
		aliases: [alias(collection)],
		artifactCollection: collection,
		artifact: artifact(id),
	};
}

function alias(artifactCollection: object): object {
	return { __typename: "ArtifactAlias", id: nodeId("ArtifactAlias", "1"), alias: "latest", artifactCollection };
}

/** The manifest of a collection's only version. */
export function manifest(collection: string): object {
	const contents = filesOf(collection).map(({ name, size, md5 }) => [name, { digest: md5, size }]);
	return {
		version: 1,
		storagePolicy: "wandb-storage-policy-v1",
		storagePolicyConfig: { storageLayout: "V2" },
		contents: Object.fromEntries(contents),
	};
}
