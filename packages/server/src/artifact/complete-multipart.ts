import { findProjectBlobs, findProjectXxh128Blobs, recordBlob } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { requireArtifact } from "./find-artifact.ts";
import { digestsInPath, type FileBytes, type FilePart, partMd5s, uploadIdOf } from "./multipart-rules.ts";

export type CompleteMultipartInput = {
	readonly action: "Complete" | "Abort";
	readonly artifactId: string;
	/** As `createFiles` gave it. */
	readonly storagePath: string;
	readonly uploadId: string;
	readonly parts: readonly FilePart[];
};

/**
 * Puts the uploaded parts of a file together, or drops them; answers the file's MD5 in base64. Idempotent: the client
 * asks again when large files take longer than it waits. Client: CompleteMultipartUploadArtifact.
 */
export async function completeMultipart(ctx: Ctx, input: CompleteMultipartInput): Promise<string | null> {
	const artifact = await requireArtifact(ctx, input.artifactId, "project.write");
	const md5s = partMd5s(input.parts);
	const { projectId } = artifact;
	const { md5Hex, xxh128Hex } = digestsInPath(input.storagePath);
	const upload = uploadIdOf({ projectId, md5Hex, xxh128Hex, partMd5s: md5s });
	if (upload !== input.uploadId) {
		throw new DomainError(
			"INVALID_INPUT",
			"these parts are not those of the upload that was begun: send the file again",
		);
	}
	if (input.action === "Abort") {
		await ctx.blobs.dropParts(upload);
		return null;
	}
	if (await isHeld(ctx, { projectId, md5Hex, xxh128Hex })) {
		await ctx.blobs.dropParts(upload);
	} else {
		const { sha256, size } = await ctx.blobs.joinParts(upload, md5s.length, { md5Hex, xxh128Hex });
		await recordBlob(ctx.db, { projectId, sha256, md5Hex, xxh128Hex, size });
	}
	return Buffer.from(md5Hex, "hex").toString("base64");
}

async function isHeld(ctx: Ctx, { projectId, md5Hex, xxh128Hex }: FileBytes): Promise<boolean> {
	if (xxh128Hex === undefined) return (await findProjectBlobs(ctx.db, projectId, [md5Hex])).has(md5Hex);
	return (await findProjectXxh128Blobs(ctx.db, projectId, [xxh128Hex])).get(xxh128Hex)?.md5Hex === md5Hex;
}
