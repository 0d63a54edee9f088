import type { Ctx } from "../context.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { toEntryNode } from "./entry-node.ts";
import { findEntry as findRow } from "./entry-reader.ts";
import type { EntryNode } from "./entry-rows.ts";
import { filterArtifacts, refuseGhost } from "./find-artifact.ts";

/** A file or reference of a version by its path; null when there is none. */
export async function findEntry(ctx: Ctx, artifact: ArtifactRow, path: string): Promise<EntryNode | null> {
	refuseGhost(artifact);
	const readable = (await filterArtifacts(ctx, [artifact], "version.download")).length > 0;
	const entry = path.includes("\u0000") ? undefined : await findRow(ctx.db, artifact.id, path);
	return entry === undefined ? null : toEntryNode(ctx, entry, readable);
}
