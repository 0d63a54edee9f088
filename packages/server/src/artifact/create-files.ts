import { findProjectBlobs, signPutUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { md5HexFromBase64 } from "./artifact-input-rules.ts";
import { checkEntryPath } from "./artifact-name-rules.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { requireArtifact, requirePending } from "./find-artifact.ts";
import { type FilePart, partMd5s, uploadIdOf } from "./multipart-rules.ts";

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
	const ids = [...new Set(files.map((file) => file.artifactId))];
	const artifacts = new Map<string, ArtifactRow>();
	// One after the other: nearly always there is one, and of thousands that are made up the first ends it.
	for (const id of ids) artifacts.set(id, await requireArtifact(ctx, id, "project.write"));
	const wanted = files.map((file) => {
		checkEntryPath(file.name);
		const md5 = md5HexFromBase64(file.md5);
		const artifact = artifacts.get(file.artifactId);
		if (md5 === null || artifact === undefined) {
			throw new DomainError("INVALID_INPUT", `the MD5 of "${file.name}" must be 16 bytes in base64`);
		}
		requirePending(artifact);
		return { file, md5, artifact };
	});
	const held = await heldByProject(ctx, wanted);
	return wanted.map(({ file, md5, artifact: { projectId }, artifact }) => ({
		artifact,
		name: file.name,
		storagePath: `${projectId}/${md5}`,
		uploadUrl: held.get(projectId)?.has(md5)
			? null
			: signPutUrl(ctx, { projectId, md5Hex: md5, to: { kind: "artifact-file" } }),
		multipart: file.parts?.length ? signParts(ctx, projectId, md5, partMd5s(file.parts)) : null,
		uploadHeaders: [`Content-MD5:${file.md5}`, `Content-Type:${file.mimetype ?? "application/octet-stream"}`],
	}));
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

async function heldByProject(ctx: Ctx, wanted: ReadonlyArray<{ md5: string; artifact: ArtifactRow }>) {
	const projects = [...new Set(wanted.map(({ artifact }) => artifact.projectId))];
	const held = await Promise.all(
		projects.map((projectId) =>
			findProjectBlobs(
				ctx.db,
				projectId,
				wanted.filter(({ artifact }) => artifact.projectId === projectId).map(({ md5 }) => md5),
			),
		),
	);
	return new Map(projects.map((projectId, at) => [projectId, held[at]]));
}
