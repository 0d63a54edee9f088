import type { Ctx } from "../context.ts";
import { type RunAddress, requireRun } from "./require-run.ts";
import { findArrivedNames } from "./run-file-store.ts";

/** The client says that it has uploaded these files; true when their bytes are indeed here. */
export async function markRunFilesUploaded(
	ctx: Ctx,
	input: RunAddress & { readonly names: readonly string[] },
): Promise<boolean> {
	const { run } = await requireRun(ctx, input, "project.write");
	const arrived = await findArrivedNames(ctx.db, run.id, input.names);
	return input.names.every((name) => arrived.has(name));
}
