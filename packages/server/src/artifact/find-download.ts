import type { BlobToSend } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { findArtifactsByIds } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { artifactIdOf, filterArtifacts } from "./find-artifact.ts";
import { findEntriesByDigest, findSiblingsHolding } from "./manifest-store.ts";

export type DownloadWanted = {
	/** Node ids of versions that may hold the bytes, the most likely first. */
	readonly artifactIds: readonly string[];
	/** Hex MD5 of the bytes. */
	readonly md5Hex: string;
};

/**
 * The bytes of one entry of a version the actor may read. Unknown and forbidden give the same NOT_FOUND.
 * wire: the client asks by address when it fetches a single entry, or when a signed URL ran out.
 */
export async function findDownload(ctx: Ctx, wanted: DownloadWanted): Promise<BlobToSend> {
	const digest = Buffer.from(wanted.md5Hex, "hex").toString("base64");
	const ids = wanted.artifactIds.map(artifactIdOf).filter((id) => id !== null);
	const candidates = [...ids, ...(await findSiblingsHolding(ctx.db, ids, digest))];
	const rows =
		candidates.length === 0
			? new Map<string, ArtifactRow>()
			: await findArtifactsByIds(ctx.db, [...new Set(candidates)]);
	const readable = await filterArtifacts(
		ctx,
		[...rows.values()].filter((row) => row.state === "COMMITTED"),
		"project.read",
	);
	for (const artifact of readable) {
		const entry = (await findEntriesByDigest(ctx.db, artifact.id, [digest])).find((each) => each.sha256 !== null);
		if (entry?.sha256) return { sha256: entry.sha256, size: entry.size, name: entry.path, place: entry.place };
	}
	throw new DomainError(
		"NOT_FOUND",
		"no file with this digest is in a version you may read: it was deleted, or you have no role in its project",
	);
}
