import { findProjectXxh128Blobs, signPutUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { md5HexFromBase64 } from "./artifact-input-rules.ts";
import { checkEntryPath } from "./artifact-name-rules.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { requirePending } from "./find-artifact.ts";
import { type FileInParts, type FilePart, partMd5s, storagePathOf, uploadIdOf } from "./multipart-rules.ts";
import { requireVersion } from "./require-version.ts";
import { findVersionToUpload } from "./version-to-write-reader.ts";

export type FileWanted = {
	readonly artifactId: string;
	readonly name: string;
	/** base64 */
	readonly md5: string;
	/** base64, where the manifest names the bytes by it. */
	readonly xxh128?: string | null;
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
	const xxh128s = files.map(({ xxh128, name }) => xxh128Of(xxh128 ?? null, name));
	const byXxh128 = await findProjectXxh128Blobs(ctx.db, projectId, [...new Set(xxh128s.flatMap((hex) => hex ?? []))]);
	for (const [at, file] of files.entries()) {
		checkEntryPath(file.name);
		const md5 = md5s[at] ?? null;
		if (md5 === null) throw new DomainError("INVALID_INPUT", `the MD5 of "${file.name}" must be 16 bytes in base64`);
		requirePending(artifact);
		const xxh128 = xxh128s[at];
		const bytes = { projectId, md5Hex: md5, xxh128Hex: xxh128 };
		// Under the other digest the project may not know yet what it holds: then it is told by an upload.
		const isHeld = xxh128 === undefined ? held.has(md5) : byXxh128.get(xxh128)?.md5Hex === md5;
		uploads.set(file, {
			artifact,
			name: file.name,
			storagePath: storagePathOf(bytes),
			uploadUrl: isHeld ? null : signPutUrl(ctx, { ...bytes, to: { kind: "artifact-file" } }),
			multipart: file.parts?.length ? signParts(ctx, { ...bytes, partMd5s: partMd5s(file.parts) }) : null,
			uploadHeaders: [`Content-MD5:${file.md5}`, `Content-Type:${file.mimetype ?? "application/octet-stream"}`],
		});
	}
}

function xxh128Of(digest: string | null, name: string): string | undefined {
	if (digest === null) return undefined;
	const hex = md5HexFromBase64(digest);
	if (hex === null) throw new DomainError("INVALID_INPUT", `the XXH128 of "${name}" must be 16 bytes in base64`);
	return hex;
}

/** wire: the client takes the place of a part in this list for its place in the file, so all are listed, in order. */
function signParts(ctx: Ctx, file: FileInParts): MultipartUpload {
	const uploadID = uploadIdOf(file);
	const uploadUrlParts = file.partMd5s.map((partMd5, index) => {
		const to = { kind: "artifact-part", upload: uploadID, part: index + 1 } as const;
		return { partNumber: to.part, uploadUrl: signPutUrl(ctx, { projectId: file.projectId, md5Hex: partMd5, to }) };
	});
	return { uploadID, uploadUrlParts };
}
