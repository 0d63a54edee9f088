import { signGetUrl, signPutUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { FileNode } from "../run/index.ts";
import { md5HexFromBase64 } from "./artifact-input-rules.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import type { AnnouncedManifest } from "./create-manifest.ts";
import { filterArtifacts, refuseGhost, requireOnReached } from "./find-artifact.ts";
import { maxManifestBytes } from "./manifest-format.ts";

/** A manifest as the wire has it: announced for upload, or the current one of a committed version. */
export type ManifestNode = { readonly id: string; readonly digest: string | null; readonly file: FileNode };

function manifestFile(
	id: string,
	addresses: { directUrl: string; uploadUrl: string | null },
	updatedAt: Date,
): FileNode {
	return {
		id,
		name: "wandb_manifest.json",
		displayName: "wandb_manifest.json",
		sha256: null,
		size: 0,
		mimetype: "application/json",
		updatedAt,
		md5Hex: null,
		digest: null,
		directUrl: addresses.directUrl,
		url: addresses.directUrl,
		uploadUrl: addresses.uploadUrl,
		uploadHeaders: [],
		storagePath: null,
	};
}

/** The manifest with the address to upload it to. */
export function announcedManifestNode(ctx: Ctx, manifest: AnnouncedManifest): ManifestNode {
	const md5Hex = md5HexFromBase64(manifest.digest);
	const { artifactId, name } = manifest;
	const uploadUrl = signPutUrl(ctx, {
		projectId: manifest.projectId,
		to: { kind: "manifest", id: manifest.id, ...(manifest.type === "FULL" ? { of: { artifactId, name } } : {}) },
		maxSize: maxManifestBytes,
		...(md5Hex === null ? {} : { md5Hex }),
	});
	const id = toNodeId("ArtifactManifest", manifest.id);
	const file = manifestFile(id, { directUrl: "", uploadUrl }, ctx.clock());
	return {
		id,
		digest: manifest.digest,
		file:
			manifest.digest === ""
				? file
				: { ...file, uploadHeaders: [`Content-MD5:${manifest.digest}`, "Content-Type:application/json"] },
	};
}

/**
 * The manifest that a committed version has, with a signed address to read it from; null until then. A deleted one's is
 * refused. It is the first thing that every download reads, and holds the addresses of references.
 * wire: clients up to 0.18 ask for it with all else of a version: there it is null for those who may not download.
 */
export async function currentManifestNode(
	ctx: Ctx,
	artifact: ArtifactRow,
	asked: { readonly alone: boolean },
): Promise<ManifestNode | null> {
	refuseGhost(artifact);
	if (artifact.manifestSha256 === null) return null;
	if (asked.alone) await requireOnReached(ctx, artifact, "version.download");
	else if ((await filterArtifacts(ctx, [artifact], "version.download")).length === 0) return null;
	const directUrl = signGetUrl(ctx, {
		sha256: artifact.manifestSha256,
		name: "wandb_manifest.json",
		contentType: "application/json",
	});
	const id = toNodeId("ArtifactManifest", artifact.id);
	return { id, digest: null, file: manifestFile(id, { directUrl, uploadUrl: null }, artifact.updatedAt) };
}
