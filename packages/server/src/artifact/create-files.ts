import { signPutUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { md5HexFromBase64 } from "./artifact-input-rules.ts";
import { checkEntryPath } from "./artifact-name-rules.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { requirePending } from "./find-artifact.ts";
import { type FilePart, partMd5s, uploadIdOf } from "./multipart-rules.ts";
import { requireVersion } from "./require-version.ts";
import { findVersionToUpload } from "./version-to-write-reader.ts";

export type FileWanted = {
	readonly artifactId: string;
	readonly name: string;
	/** base64 */
	readonly md5: string;
	readonly mimetype: string | null;
	/** How the client would cut a large file. */
	readonly parts?: readonly FilePart[];
};

export type FileUpload = {
	readonly artifact: ArtifactRow;
	readonly name: string;
	readonly storagePath: string;
	/** Null: the project holds these bytes already. */
	readonly uploadUrl: string | null;
	readonly uploadHeaders: readonly string[];
	/** Null: send it whole. */
	readonly multipart: MultipartUpload | null;
};

export type MultipartUpload = {
	readonly uploadID: string;
	readonly uploadUrlParts: Array<{ readonly partNumber: number; readonly uploadUrl: string }>;
};

/**
 * Where to put the bytes of each file, in the order asked for. Bytes the project possesses need no upload;
 * bytes that only another project possesses do, so that naming a digest never gives anyone content.
 * Client: CreateArtifactFiles.
 */
export async function createFiles(ctx: Ctx, files: readonly FileWanted[]): Promise<FileUpload[]> {
	const uploads = new Map<FileWanted, FileUpload>();
	// One version after the other: nearly always there is one, and of thousands that are made up the first ends it.
	for (const [id, wanted] of Map.groupBy(files, (file) => file.artifactId)) await addUploads(ctx, uploads, id, wanted);
	return files.flatMap((file) => uploads.get(file) ?? []);
}

async function addUploads(
	ctx: Ctx,
	uploads: Map<FileWanted, FileUpload>,
	artifactId: string,
	files: readonly FileWanted[],
): Promise<void> {
	const md5s = files.map(({ md5 }) => md5HexFromBase64(md5));
	const asked = [...new Set(md5s.filter((md5) => md5 !== null))];
	const find = (id: string) => findVersionToUpload(ctx.db, id, asked);
	const { artifact, more } = await requireVersion(ctx, artifactId, "project.write", find);
	const { projectId } = artifact;
	const held = new Set(more);
	for (const [at, file] of files.entries()) {
		checkEntryPath(file.name);
		const md5 = md5s[at] ?? null;
		if (md5 === null) throw new DomainError("INVALID_INPUT", `the MD5 of "${file.name}" must be 16 bytes in base64`);
		requirePending(artifact);
		uploads.set(file, {
			artifact,
			name: file.name,
			storagePath: `${projectId}/${md5}`,
			uploadUrl: held.has(md5) ? null : signPutUrl(ctx, { projectId, md5Hex: md5, to: { kind: "artifact-file" } }),
			multipart: file.parts?.length ? signParts(ctx, projectId, md5, partMd5s(file.parts)) : null,
			uploadHeaders: [`Content-MD5:${file.md5}`, `Content-Type:${file.mimetype ?? "application/octet-stream"}`],
		});
	}
}

/** wire: the client takes the place of a part in this list for its place in the file, so all are listed, in order. */
function signParts(ctx: Ctx, projectId: string, md5Hex: string, md5s: readonly string[]): MultipartUpload {
	const uploadID = uploadIdOf({ projectId, md5Hex, partMd5s: md5s });
	const uploadUrlParts = md5s.map((partMd5, index) => {
		const to = { kind: "artifact-part", upload: uploadID, part: index + 1 } as const;
		return { partNumber: to.part, uploadUrl: signPutUrl(ctx, { projectId, md5Hex: partMd5, to }) };
	});
	return { uploadID, uploadUrlParts };
}
