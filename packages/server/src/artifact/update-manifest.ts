import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { fromNodeId, toNodeId } from "../graphql/node-id.ts";
import { checkManifestDigest } from "./artifact-input-rules.ts";
import type { AnnouncedManifest } from "./create-manifest.ts";
import { findArtifact, requirePending } from "./find-artifact.ts";
import { findManifest, setManifestDigest } from "./manifest-store.ts";
import { requireVersion } from "./require-version.ts";
import { findVersionToWrite } from "./version-to-write-reader.ts";

export type UpdateManifestInput = {
	readonly manifestId: string;
	readonly digest: string | null;
	readonly baseArtifactId: string | null;
};

/** Announces the digest of a manifest made earlier. Client: UpdateArtifactManifest. */
export async function updateManifest(ctx: Ctx, input: UpdateManifestInput): Promise<AnnouncedManifest> {
	const manifest = await findManifest(ctx.db, fromNodeId("ArtifactManifest", input.manifestId));
	if (manifest === undefined) throw new DomainError("NOT_FOUND", "no manifest has this id");
	const find = (id: string) => findVersionToWrite(ctx.db, id);
	const { artifact } = await requireVersion(ctx, toNodeId("Artifact", manifest.artifactId), "project.write", find);
	requirePending(artifact);
	const digest = input.digest ?? manifest.digest;
	checkManifestDigest(digest);
	const base = input.baseArtifactId === null ? null : await findArtifact(ctx, input.baseArtifactId, "version.download");
	await setManifestDigest(ctx.db, manifest.id, digest, base?.id ?? null);
	return { ...manifest, digest, projectId: artifact.projectId };
}
