import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { requireRunById } from "./require-run.ts";
import { makeGhost } from "./run-store.ts";

export type DeleteRunInput = { readonly runId: string; readonly deleteArtifacts?: boolean | null | undefined };

/**
 * Deletes a run with its lines, files and alerts. A ghost stays, which no read shows: it keeps the run's name taken, so
 * that a client which is still at it cannot bring the run back, and it is the other end of the edges to versions.
 */
export async function deleteRun(ctx: Ctx, input: DeleteRunInput): Promise<void> {
	const { run } = await requireRunById(ctx, input.runId, "project.write");
	if (input.deleteArtifacts === true) {
		throw new DomainError(
			"NOT_IMPLEMENTED",
			"This server does not delete a run's artifacts along with it: delete them first with artifact.delete(), then the run without delete_artifacts.",
		);
	}
	await inTransaction(ctx, (tx) => makeGhost(tx.db, run.id, ctx.clock()));
}
