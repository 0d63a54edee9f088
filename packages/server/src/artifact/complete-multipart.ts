import { findProjectBlobs, recordBlob } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { requireArtifact } from "./find-artifact.ts";
import { type FilePart, partMd5s, uploadIdOf } from "./multipart-rules.ts";

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
	const md5Hex = input.storagePath.split("/").at(-1) ?? "";
	const upload = uploadIdOf({ projectId: artifact.projectId, md5Hex, partMd5s: md5s });
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
	const held = await findProjectBlobs(ctx.db, artifact.projectId, [md5Hex]);
	if (held.has(md5Hex)) {
		await ctx.blobs.dropParts(upload);
	} else {
		const { sha256, size } = await ctx.blobs.joinParts(upload, md5s.length, { md5Hex });
		await recordBlob(ctx.db, { projectId: artifact.projectId, sha256, md5Hex, size });
	}
	return Buffer.from(md5Hex, "hex").toString("base64");
}
