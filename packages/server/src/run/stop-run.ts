import type { Ctx } from "../context.ts";
import { requireRunById } from "./require-run.ts";
import { requestStop } from "./run-store.ts";

/** Asks the client of a run to stop its script; false where the run is over anyhow. */
export async function stopRun(ctx: Ctx, input: { readonly runId: string }): Promise<boolean> {
	const { run } = await requireRunById(ctx, input.runId, "project.write");
	return await requestStop(ctx.db, run.id);
}
