import { z } from "zod";
import { signGetUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { type Page, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { FileNode } from "../run/index.ts";
import { md5HexFromBase64 } from "./artifact-input-rules.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { filterArtifacts, refuseGhost, requireOnReached } from "./find-artifact.ts";
import { type EntryRow, findEntriesByDigest, pageEntries } from "./manifest-store.ts";

export type FilesWanted = PageWanted & { readonly names: readonly string[] | null };

/** A file or reference of a version with a signed address to read it from, valid for minutes. */
export type ArtifactFile = FileNode & { readonly path: string };

/** Key of a file in a list by path. */
export const fileCursor = (file: { readonly path: string }) => [file.path];

/** Files of a version by path. Without the right to read the bytes the names are listed and the addresses left out. */
export async function listFiles(ctx: Ctx, artifact: ArtifactRow, page: FilesWanted): Promise<Page<ArtifactFile>> {
	refuseGhost(artifact);
	const after = page.after === null ? null : parseCursor(page.after, z.tuple([z.string()]));
	const entries = await pageEntries(ctx.db, artifact.id, { limit: page.limit + 1, after, names: page.names });
	const readable = (await filterArtifacts(ctx, [artifact], "version.download")).length > 0;
	return pageOf(
		entries.map((entry) => toFile(ctx, artifact, entry, readable)),
		page.limit,
		fileCursor,
	);
}

/** Files of a version by name and digest, in the order asked for. Client: ArtifactFileURLsByManifestEntries. */
export async function findFilesByEntries(
	ctx: Ctx,
	artifact: ArtifactRow,
	wanted: ReadonlyArray<{ readonly name: string; readonly digest: string }>,
): Promise<ArtifactFile[]> {
	refuseGhost(artifact);
	await requireOnReached(ctx, artifact, "version.download");
	const found = await findEntriesByDigest(ctx.db, artifact.id, [...new Set(wanted.map((entry) => entry.digest))]);
	const byKey = new Map(found.map((entry) => [`${entry.digest} ${entry.path}`, entry]));
	return wanted.flatMap(({ name, digest }) => {
		const entry = byKey.get(`${digest} ${name}`);
		return entry === undefined ? [] : [toFile(ctx, artifact, entry, true)];
	});
}

function toFile(ctx: Ctx, artifact: ArtifactRow, entry: EntryRow, readable: boolean): ArtifactFile {
	const url = readable ? addressOf(ctx, entry) : null;
	return {
		id: toNodeId("ArtifactFile", `${artifact.id}:${entry.path}`),
		path: entry.path,
		name: entry.path,
		displayName: entry.path,
		sha256: entry.sha256,
		size: entry.size,
		mimetype: null,
		updatedAt: artifact.createdAt,
		md5Hex: entry.md5 ?? md5HexFromBase64(entry.digest),
		digest: entry.digest,
		directUrl: url ?? "",
		url,
		uploadUrl: null,
		uploadHeaders: [],
		storagePath: `${artifact.projectId}/${entry.digest}`,
	};
}

/** Where to read an entry. A reference's bytes are not here: its own address is the only one there is. */
function addressOf(ctx: Ctx, entry: EntryRow): string | null {
	if (entry.ref !== null || entry.sha256 === null) return entry.ref;
	return signGetUrl(ctx, { sha256: entry.sha256, place: entry.place, name: entry.path });
}
