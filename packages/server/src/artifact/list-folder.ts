import { z } from "zod";
import type { Ctx } from "../context.ts";
import { boundedByFilter } from "../db/bounded-read.ts";
import { onlyPage, type Page, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { toEntryNode } from "./entry-node.ts";
import { pageFolderEntries, pageFolders } from "./entry-reader.ts";
import type { EntryNode } from "./entry-rows.ts";
import { filterArtifacts, refuseGhost } from "./find-artifact.ts";

const cursorShape = z.tuple([z.enum(["folder", "entry"]), z.string()]);

/** Key of what stands in a folder: folders come before files. */
export const folderCursor = ({ kind, path }: EntryNode) => [kind === "FOLDER" ? "folder" : "entry", path];

/** What stands directly in a folder of a version, folders first. Who may not download gets the names without addresses. */
export async function listFolder(
	ctx: Ctx,
	artifact: ArtifactRow,
	{ path, limit, after }: PageWanted & { readonly path: string },
): Promise<Page<EntryNode>> {
	refuseGhost(artifact);
	const readable = (await filterArtifacts(ctx, [artifact], "version.download")).length > 0;
	const folder = path.replace(/\/+$/, "");
	const prefix = folder === "" ? "" : `${folder}/`;
	const [kind, last] = after === null ? [null, null] : parseCursor(after, cursorShape);
	if (prefix.includes("\u0000")) return onlyPage([]);
	const place = { artifactId: artifact.id, prefix, limit: limit + 1 };
	const afterFolder = kind === "folder" ? last.slice(prefix.length) : null;
	// A plan of its own for each folder: only so is its part of the index read, and no more.
	const [folders, entries] = await boundedByFilter(
		ctx,
		[],
		async ({ db }) => {
			const above = kind === "entry" ? [] : await pageFolders(db, { ...place, after: afterFolder });
			const room = limit + 1 - above.length;
			const afterEntry = kind === "entry" ? last : null;
			return [above, room === 0 ? [] : await pageFolderEntries(db, { ...place, limit: room, after: afterEntry })];
		},
		{ isCostly: true },
	);
	const rows = [
		...folders.map(({ name, size, fileCount }) => folderNode(`${prefix}${name}`, size, fileCount)),
		...entries.map((entry) => toEntryNode(ctx, entry, readable)),
	];
	return pageOf(rows, limit, folderCursor);
}

function folderNode(path: string, sizeBytes: number, fileCount: number): EntryNode {
	return { kind: "FOLDER", path, sizeBytes, fileCount, digest: null, ref: null, directUrl: null };
}
