import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { mimetypeOf } from "./run-file-rules.ts";
import { saveRunFile } from "./run-file-store.ts";

/** Completion of a run file's upload: the bytes that arrived are the file's content from now on. */
export async function runBlobReceived(
	ctx: Ctx,
	to: { readonly runId: string; readonly name: string },
	received: { readonly sha256: string; readonly md5Hex: string; readonly size: number },
): Promise<void> {
	const { sha256, md5Hex, size } = received;
	const { runId, name } = to;
	const saved = await saveRunFile(ctx.db, {
		...{ runId, id: ctx.ids.uuid(), name, mimetype: mimetypeOf(name) },
		...{ sha256, md5Hex, size, now: ctx.clock() },
	});
	if (!saved) throw new DomainError("GONE", `The run of the file ${JSON.stringify(name)} was deleted.`);
}
