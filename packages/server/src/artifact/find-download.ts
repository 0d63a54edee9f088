import type { BlobToSend } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { findArtifactsByIds } from "./artifact-reader.ts";
import { findHoldersInEntity } from "./download-reader.ts";
import { artifactIdOf, filterArtifacts } from "./find-artifact.ts";
import { findEntriesByDigest, findSiblingsHolding } from "./manifest-store.ts";

export type DownloadWanted = {
	/** Whose projects hold the bytes, as a version or as a link to one. */
	readonly entityName: string;
	/** Node ids of versions that may hold the bytes, the most likely first; none in the oldest addresses. */
	readonly artifactIds: readonly string[];
	/** Hex digest of the bytes, MD5 or XXH128. */
	readonly digestHex: string;
};

/**
 * The bytes of one entry of a version the actor may read. Unknown and forbidden give the same NOT_FOUND.
 * wire: the client asks by address when it fetches a single entry, or when a signed URL ran out.
 */
export async function findDownload(ctx: Ctx, wanted: DownloadWanted): Promise<BlobToSend> {
	const digest = Buffer.from(wanted.digestHex, "hex").toString("base64");
	const ids = wanted.artifactIds.map(artifactIdOf).filter((id) => id !== null);
	const candidates = [...ids, ...(await findSiblingsHolding(ctx.db, ids, digest))];
	const found =
		(await findReadable(ctx, candidates, digest)) ??
		(await findReadable(ctx, await findHoldersInEntity(ctx, wanted.entityName, wanted.digestHex), digest));
	if (found !== null) return found;
	throw new DomainError(
		"NOT_FOUND",
		"no file with this digest is in a version you may read: it was deleted, or you have no role in its project",
	);
}

async function findReadable(ctx: Ctx, candidates: readonly string[], digest: string): Promise<BlobToSend | null> {
	if (candidates.length === 0) return null;
	const rows = await findArtifactsByIds(ctx.db, [...new Set(candidates)]);
	const committed = [...rows.values()].filter((row) => row.state === "COMMITTED");
	for (const artifact of await filterArtifacts(ctx, committed, "version.download")) {
		const entry = (await findEntriesByDigest(ctx.db, artifact.id, [digest])).find((each) => each.sha256 !== null);
		if (entry?.sha256) return { sha256: entry.sha256, size: entry.size, name: entry.path, place: entry.place };
	}
	return null;
}
