import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { requireRunById } from "./require-run.ts";
import { findRunIdsOfFiles } from "./run-file-reader.ts";
import { deleteFilesOfRun } from "./run-file-store.ts";

const mostAtOnce = 10_000;

export type DeleteRunFilesInput = {
	readonly fileIds: readonly string[];
	/** wire: newer clients say the project's number, too. */
	readonly projectNumber?: number | null | undefined;
};

/** Deletes files of runs: all of them, or none where one is not there or may not be deleted. */
export async function deleteRunFiles(ctx: Ctx, input: DeleteRunFilesInput): Promise<boolean> {
	const ids = [...new Set(input.fileIds)];
	if (ids.length > mostAtOnce) {
		throw new DomainError("INVALID_INPUT", `At most ${mostAtOnce} files at once; delete the rest in another request.`);
	}
	const known = await findRunIdsOfFiles(ctx.db, ids);
	if (known.fileCount < ids.length)
		throw new DomainError("NOT_FOUND", "There is no file with that id; was it deleted?");
	for (const runId of known.runIds) {
		const { project } = await requireRunById(ctx, runId, "project.write");
		if (typeof input.projectNumber === "number" && project.number !== input.projectNumber) {
			throw new DomainError("NOT_FOUND", "There is no file with that id in that project.");
		}
	}
	await inTransaction(ctx, (tx) => deleteFilesOfRun(tx.db, known.runIds, ids));
	return true;
}
