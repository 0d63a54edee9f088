import { z } from "zod";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { ProjectRow } from "../project/index.ts";
import { copyChunks, findHistoryBounds, readStraddlingChunks, setInheritedLineCount } from "./run-history-store.ts";
import { endOf, keepSteps } from "./run-line-rules.ts";
import { insertChunks } from "./run-line-store.ts";
import { findRunByName, type RunRow } from "./run-reader.ts";

export type BranchPoint = { readonly runName: string; readonly step: number };

const shape = z.object({
	_wandb: z.object({
		value: z.object({ branch_point: z.object({ run_id: z.string(), step: z.number().nonnegative() }) }),
	}),
});

/** Where the run with this config branches off another one; undefined where it stands on its own. */
export function branchPointOf(config: unknown, ownName: string): BranchPoint | undefined {
	const parsed = shape.safeParse(config);
	if (!parsed.success) return undefined;
	const { run_id: runName, step } = parsed.data._wandb.value.branch_point;
	// wire: a rewound run says that it branches off itself.
	return runName === ownName ? undefined : { runName, step: Math.min(Math.floor(step), Number.MAX_SAFE_INTEGER) };
}

/** The run to fork, of the same project. */
export async function requireParent(ctx: Ctx, project: ProjectRow, branch: BranchPoint): Promise<RunRow> {
	const parent = await findRunByName(ctx, project.id, branch.runName);
	if (parent !== null) return parent;
	const path = `${project.entityName}/${project.name}`;
	throw new DomainError("NOT_FOUND", `There is no run ${JSON.stringify(branch.runName)} in ${path} to fork from.`);
}

/**
 * Copies the parent's history up to the branch point into a run that has none yet.
 * wire: a fork's own lines begin at 0, so that those it inherits end at -1.
 */
export async function forkHistory(ctx: Ctx, from: { runId: string; step: number }, runId: string): Promise<void> {
	const bounds = await findHistoryBounds(ctx.db, from.runId, from.step);
	const pieces = (await readStraddlingChunks(ctx.db, from.runId, from.step)).flatMap((chunk) =>
		keepSteps(chunk, from.step),
	);
	const first = Math.min(bounds.first ?? 0, ...pieces.slice(0, 1).map((piece) => piece.firstLine));
	const end = Math.max(bounds.end ?? first, ...pieces.slice(-1).map(endOf));
	if (end === first) return;
	await copyChunks(ctx.db, from, { runId, shift: -end });
	await insertChunks(
		ctx.db,
		runId,
		pieces.map((piece) => ({ ...piece, firstLine: piece.firstLine - end })),
	);
	await setInheritedLineCount(ctx.db, runId, end - first);
}
