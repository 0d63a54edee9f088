import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { runGuards } from "../guards.ts";
import { requireRunById } from "./require-run.ts";
import { makeGhost } from "./run-store.ts";

export type DeleteRunInput = { readonly runId: string; readonly deleteArtifacts?: boolean | null | undefined };

/**
 * Deletes a run with its lines, files and alerts. A ghost stays, which no read shows: it keeps the run's name taken, so
 * that a client which is still at it cannot bring the run back, and it is the other end of the edges to versions.
 * Client: DeleteRun; `delete_artifacts` takes what the run made along.
 */
export async function deleteRun(ctx: Ctx, input: DeleteRunInput): Promise<void> {
	const { run, project } = await requireRunById(ctx, input.runId, "project.write");
	await inTransaction(ctx, async (tx) => {
		if (input.deleteArtifacts === true) {
			await runGuards(tx, "run.delete-with-artifacts", { runId: run.id, projectId: project.id });
		}
		await makeGhost(tx.db, run.id, ctx.clock());
	});
}
