import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { requireRunById } from "./require-run.ts";
import { parseRunState, type RunState } from "./run-rules.ts";
import { changeState } from "./run-store.ts";

/** From which states somebody else than the run's own client may set a state. */
const sources: ReadonlyMap<RunState, readonly RunState[]> = new Map<RunState, readonly RunState[]>([
	["pending", ["running", "failed", "crashed", "preempted"]],
	["failed", ["pending", "running"]],
]);

/** Queues a run once more (`pending`), or gives it up (`failed`); the client's rules for `Run.update_state`. */
export async function updateRunState(
	ctx: Ctx,
	input: { readonly runId: string; readonly state: string },
): Promise<boolean> {
	const state = parseRunState(input.state);
	const { run, project } = await requireRunById(ctx, input.runId, "project.write");
	const from = sources.get(state);
	if (from === undefined) {
		const text = `The state of a run can be set to pending or failed, not to ${state}: the run's own client does that.`;
		throw new DomainError("CONFLICT", text);
	}
	if (run.sweepId !== null) {
		throw new DomainError("CONFLICT", "The run belongs to a sweep, which alone decides on its state.");
	}
	if (!from.includes(run.state)) {
		const text = `The run is ${run.state}; only one that is ${from.join(", ")} can be set to ${state}.`;
		throw new DomainError("CONFLICT", text);
	}
	return await inTransaction(ctx, async (tx) => {
		const changed = await changeState(tx.db, run.id, { state, from, now: ctx.clock() });
		if (changed && state === "failed") {
			await emit(tx, { type: "run.finished", runId: run.id, projectId: project.id, state });
		}
		return changed;
	});
}
