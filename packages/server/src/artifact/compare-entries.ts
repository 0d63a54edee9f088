import { z } from "zod";
import type { Ctx } from "../context.ts";
import { type Page, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { countChanges, pageChanges } from "./entry-reader.ts";
import type { ChangeKind, ChangeRow, ChangeTotal } from "./entry-rows.ts";
import { refuseGhost, requireArtifact } from "./find-artifact.ts";
import { entryCursor } from "./search-entries.ts";

type ChangesWanted = PageWanted & {
	/** The version compared with, by its node id. */
	readonly before: string;
	/** Null: all. */
	readonly kinds: readonly ChangeKind[] | null;
};

const allKinds: readonly ChangeKind[] = ["ADDED", "REMOVED", "CHANGED"];

/** Entries that a version does not have as another one has them, by path; the totals are counted when asked for. */
export async function compareEntries(
	ctx: Ctx,
	artifact: ArtifactRow,
	{ before, kinds, limit, after }: ChangesWanted,
): Promise<Page<ChangeRow> & { totals(): Promise<ChangeTotal[]> }> {
	refuseGhost(artifact);
	const other = await requireArtifact(ctx, before, "version.see");
	const both = { before: other.id, after: artifact.id };
	const afterPath = after === null ? null : parseCursor(after, z.tuple([z.string()]))[0];
	const rows = await pageChanges(ctx.db, both, { kinds: kinds ?? allKinds, limit: limit + 1, afterPath });
	return { ...pageOf(rows, limit, entryCursor), totals: () => countChanges(ctx.db, both) };
}
