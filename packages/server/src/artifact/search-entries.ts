import { z } from "zod";
import type { Ctx } from "../context.ts";
import { boundedByFilter } from "../db/bounded-read.ts";
import { type Page, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { toEntryNode } from "./entry-node.ts";
import { entryPattern } from "./entry-pattern-rules.ts";
import { findEntriesLike } from "./entry-reader.ts";
import type { EntryNode } from "./entry-rows.ts";
import { filterArtifacts, refuseGhost } from "./find-artifact.ts";

/** Key of an entry in a list by path. */
export const entryCursor = ({ path }: { readonly path: string }) => [path];

/** Files and references of a version by a part of their path, or a pattern with stars. */
export async function searchEntries(
	ctx: Ctx,
	artifact: ArtifactRow,
	{ pattern, limit, after }: PageWanted & { readonly pattern: string },
): Promise<Page<EntryNode>> {
	refuseGhost(artifact);
	const readable = (await filterArtifacts(ctx, [artifact], "version.download")).length > 0;
	const like = entryPattern(pattern);
	const last = after === null ? null : parseCursor(after, z.tuple([z.string()]))[0];
	const search = { artifactId: artifact.id, like, limit: limit + 1, after: last };
	const rows = await boundedByFilter(ctx, [], ({ db }) => findEntriesLike(db, search), { isCostly: true });
	return pageOf(
		rows.map((row) => toEntryNode(ctx, row, readable)),
		limit,
		entryCursor,
	);
}
