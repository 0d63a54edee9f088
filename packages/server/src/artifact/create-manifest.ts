import { createHash } from "node:crypto";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { checkManifestDigest } from "./artifact-input-rules.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { artifactIdOf, findArtifact, requirePending } from "./find-artifact.ts";
import { type ManifestRow, type ManifestType, upsertManifest } from "./manifest-store.ts";
import { recallWritable, requireVersion } from "./require-version.ts";
import { findVersionToWrite } from "./version-to-write-reader.ts";

export type CreateManifestInput = {
	readonly artifactId: string;
	readonly baseArtifactId: string | null;
	readonly name: string;
	/** base64 MD5 of the manifest file; empty while the client does not know it. */
	readonly digest: string;
	readonly type: ManifestType;
};

/** A manifest, and the project that will possess its bytes. */
export type AnnouncedManifest = ManifestRow & { readonly projectId: string };

/**
 * Announces the manifest of a pending version. wire: called twice with the same name; file uploads refer to the id of the
 * first answer, the second brings the digest.
 */
export async function createManifest(ctx: Ctx, input: CreateManifestInput): Promise<AnnouncedManifest> {
	const artifact = await requireWritable(ctx, input.artifactId);
	requirePending(artifact);
	checkManifestDigest(input.digest);
	if (input.type === "FULL") return announceFull(artifact, input);
	// wire: the client names the latest version with every manifest; only an incremental one builds on it.
	const baseId = input.type === "INCREMENTAL" ? input.baseArtifactId : null;
	const base = baseId === null ? null : await findArtifact(ctx, baseId, "version.download");
	const manifest = await upsertManifest(ctx, {
		artifactId: artifact.id,
		name: input.name,
		// wire: writers that share a version each bring a patch under the same name, one run perhaps several; a patch is
		// announced once, and its digest comes with UpdateArtifactManifest.
		writer: input.type === "PATCH" ? ctx.ids.uuid() : "",
		type: input.type,
		digest: input.digest,
		baseArtifactId: base?.id ?? null,
	});
	if (manifest === undefined) {
		requirePending(await readWritable(ctx, input.artifactId));
		throw new DomainError("CONFLICT", "this version was changed at this moment: try again");
	}
	return { ...manifest, projectId: artifact.projectId };
}

/** A version has one whole manifest of a name: nothing has to be noted of it until its bytes arrive. */
function announceFull(artifact: ArtifactRow, { name, digest }: CreateManifestInput): AnnouncedManifest {
	const { id: artifactId, projectId } = artifact;
	const id = manifestIdOf(artifactId, name);
	return { id, artifactId, projectId, name, type: "FULL", digest, baseArtifactId: null, sha256: null };
}

/** The same whenever it is asked for, in the form of a UUID of version 8. */
function manifestIdOf(artifactId: string, name: string): string {
	const hex = createHash("sha256").update(`manifest ${artifactId} ${name}`).digest("hex");
	return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-8$3-8$4-$5");
}

/** Remembered for a moment: a version has two manifests announced, right after it was made. */
async function requireWritable(ctx: Ctx, nodeId: string): Promise<ArtifactRow> {
	const id = artifactIdOf(nodeId);
	const known = id === null ? null : await recallWritable(ctx, id, async () => await readWritable(ctx, nodeId));
	return known ?? (await readWritable(ctx, nodeId));
}

async function readWritable(ctx: Ctx, nodeId: string): Promise<ArtifactRow> {
	const find = (id: string) => findVersionToWrite(ctx.db, id);
	return (await requireVersion(ctx, nodeId, "project.write", find)).artifact;
}
