import { signPutUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { md5HexFromBase64 } from "./artifact-input-rules.ts";
import { checkEntryPath } from "./artifact-name-rules.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { requirePending } from "./find-artifact.ts";
import { requireVersion } from "./require-version.ts";
import { findVersionToUpload } from "./version-to-write-reader.ts";

export type FileWanted = {
	readonly artifactId: string;
	readonly name: string;
	/** base64 */
	readonly md5: string;
	readonly mimetype: string | null;
};

export type FileUpload = {
	readonly artifact: ArtifactRow;
	readonly name: string;
	readonly storagePath: string;
	/** Null: the project holds these bytes already. */
	readonly uploadUrl: string | null;
	readonly uploadHeaders: readonly string[];
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
	const held = new Set(more);
	for (const [at, file] of files.entries()) {
		checkEntryPath(file.name);
		const md5 = md5s[at] ?? null;
		if (md5 === null) throw new DomainError("INVALID_INPUT", `the MD5 of "${file.name}" must be 16 bytes in base64`);
		requirePending(artifact);
		uploads.set(file, {
			artifact,
			name: file.name,
			storagePath: `${artifact.projectId}/${md5}`,
			uploadUrl: held.has(md5)
				? null
				: signPutUrl(ctx, { projectId: artifact.projectId, md5Hex: md5, to: { kind: "artifact-file" } }),
			uploadHeaders: [`Content-MD5:${file.md5}`, `Content-Type:${file.mimetype ?? "application/octet-stream"}`],
		});
	}
}
