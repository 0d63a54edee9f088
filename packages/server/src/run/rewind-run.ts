import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { type RunAddress, type RunInProject, requireRun } from "./require-run.ts";
import {
	deleteChunksBeyond,
	findHistoryBounds,
	forgetHistoryFacts,
	readStraddlingChunks,
	saveRewound,
} from "./run-history-store.ts";
import { keepSteps } from "./run-line-rules.ts";
import { insertChunks, lockRun } from "./run-line-store.ts";

export type RewindRunInput = RunAddress & { readonly metricName: string; readonly metricValue: number };

/** Takes a run's history back to a step; its summary is the last row that is left. */
export async function rewindRun(ctx: Ctx, input: RewindRunInput): Promise<RunInProject> {
	const step = parseStep(input.metricName, input.metricValue);
	const { run, project } = await requireRun(ctx, input, "project.write");
	await inTransaction(ctx, async (tx) => {
		const locked = await lockRun(tx.db, { projectId: project.id, name: run.name });
		if (locked === undefined)
			throw new DomainError("NOT_FOUND", `The run ${JSON.stringify(run.name)} was just deleted.`);
		const kept = (await readStraddlingChunks(tx.db, run.id, step)).flatMap((chunk) => keepSteps(chunk, step));
		await deleteChunksBeyond(tx.db, run.id, step);
		await insertChunks(tx.db, run.id, kept);
		const { first, end } = await findHistoryBounds(tx.db, run.id, step);
		const historyLineCount = Math.max(end ?? 0, 0);
		const inheritedLineCount = Math.max(-(first ?? 0), 0);
		await saveRewound(tx.db, run.id, { historyLineCount, inheritedLineCount, now: ctx.clock() });
		await forgetHistoryFacts(tx.db, run.id, end ?? -(2 ** 31));
	});
	return await requireRun(ctx, input, "project.write");
}

function parseStep(metricName: string, metricValue: number): number {
	if (metricName !== "_step") {
		const shown = JSON.stringify(metricName.slice(0, 60));
		throw new DomainError("INVALID_INPUT", `A run is rewound to a "_step", not by ${shown}.`);
	}
	if (metricValue < 0 || metricValue > Number.MAX_SAFE_INTEGER) {
		throw new DomainError("INVALID_INPUT", `${metricValue} is no step to rewind a run to: steps begin at 0.`);
	}
	return Math.floor(metricValue);
}
