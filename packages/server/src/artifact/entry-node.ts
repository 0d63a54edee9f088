import { signGetUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import type { EntryNode, ListedEntry } from "./entry-rows.ts";

/** A file or reference on the wire; addresses are signed for those who may download. */
export function toEntryNode(ctx: Ctx, entry: ListedEntry, readable: boolean): EntryNode {
	const { path, ref, sha256, place, size, digest } = entry;
	const kind = ref === null ? "FILE" : "REFERENCE";
	const signed = readable && ref === null && sha256 !== null;
	const directUrl = signed ? signGetUrl(ctx, { sha256, place, name: path }) : null;
	return { kind, path, sizeBytes: size, fileCount: 1, digest, ref, directUrl };
}
