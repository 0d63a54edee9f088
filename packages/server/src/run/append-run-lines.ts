import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { requireProject } from "../project/index.ts";
import { countedEvery, readHistoryKeys } from "./read-history-keys.ts";
import { forgetHistoryFacts } from "./run-history-store.ts";
import { parseJsonObject } from "./run-json-rules.ts";
import { endOf, type LineChunk, overlay, type SentLines, toChunk } from "./run-line-rules.ts";
import {
	type AppendTarget,
	appendAtEnd,
	insertChunks,
	type LineUpdate,
	type LockedRun,
	lockRun,
	type RunCourse,
	takeOverlappingChunks,
	updateLockedRun,
} from "./run-line-store.ts";
import { liveStates, type RunState } from "./run-rules.ts";

export type AppendRunLinesInput = {
	readonly entityName: string;
	readonly projectName: string;
	readonly runName: string;
	readonly history?: SentLines | undefined;
	readonly events?: SentLines | undefined;
	readonly log?: SentLines | undefined;
	/** JSON text of the whole summary. */
	readonly summary?: string | undefined;
	readonly preempting?: boolean | undefined;
	readonly complete?: boolean | undefined;
	readonly exitCode?: number | null | undefined;
};

type Request = AppendRunLinesInput & { readonly update: LineUpdate };

/** Takes one request of a run's file stream; answers whether somebody asked the run to stop. */
export async function appendRunLines(ctx: Ctx, input: AppendRunLinesInput): Promise<{ stopped: boolean }> {
	const chunks = [toChunk("history", input.history), toChunk("events", input.events), toChunk("log", input.log)].filter(
		(chunk) => chunk !== undefined,
	);
	const update: LineUpdate = {
		chunks,
		summaryMetrics: input.summary === undefined ? undefined : parseJsonObject(input.summary, "The summary").text,
		systemMetrics: chunks.find((chunk) => chunk.stream === "events")?.lines.at(-1),
		now: ctx.clock(),
	};
	const { entityName, projectName, runName: name } = input;
	const project = await requireProject(ctx, { entityName, projectName }, "project.write");
	const target: AppendTarget = { projectId: project.id, name };
	if (input.complete !== true && input.preempting !== true) {
		const appended = await appendAtEnd(ctx.db, target, update);
		if (appended !== undefined) {
			if (chunks.some(reachesNextCount)) await readHistoryKeys(ctx, appended.id);
			return { stopped: appended.stopRequested };
		}
	}
	return await inTransaction(ctx, (tx) => appendLocked(tx, target, { ...input, update }));
}

function reachesNextCount(chunk: LineChunk): boolean {
	const counts = (line: number) => Math.floor(line / countedEvery);
	return chunk.stream === "history" && counts(endOf(chunk)) > counts(chunk.firstLine);
}

async function appendLocked(ctx: Ctx, target: AppendTarget, request: Request): Promise<{ stopped: boolean }> {
	const run = await lockRun(ctx.db, target);
	if (run === undefined) {
		const path = `${request.entityName}/${request.projectName}`;
		throw new DomainError(
			"NOT_FOUND",
			`There is no run ${JSON.stringify(request.runName)} in ${path}. It was never made, or was deleted.`,
		);
	}
	for (const chunk of request.update.chunks) await writeChunk(ctx, run, chunk);
	const course = nextCourse(run.state, request);
	await updateLockedRun(ctx.db, run.id, { ...request.update, course });
	if (course.state !== undefined && course.finishedAt instanceof Date) {
		await emit(ctx, { type: "run.finished", runId: run.id, projectId: target.projectId, state: course.state });
	}
	return { stopped: course.stopRequested ?? run.stopRequested };
}

async function writeChunk(ctx: Ctx, run: LockedRun, chunk: LineChunk): Promise<void> {
	const end = { history: run.historyLineCount, events: run.eventsLineCount, log: run.logLineCount }[chunk.stream];
	if (chunk.stream === "history" && chunk.firstLine < end) await forgetHistoryFacts(ctx.db, run.id, chunk.firstLine);
	const overlapping = chunk.firstLine < end ? await takeOverlappingChunks(ctx.db, run.id, chunk) : [];
	await insertChunks(ctx.db, run.id, overlay(overlapping, chunk));
}

function nextCourse(state: RunState, request: Request): RunCourse {
	const ended = state === "finished" || state === "failed";
	if (request.complete === true) {
		const exitCode = request.exitCode ?? 0;
		const endState = exitCode === 0 ? "finished" : "failed";
		// The same last request may come twice; it ends the run once.
		return state === endState ? {} : { state: endState, exitCode, finishedAt: request.update.now };
	}
	if (request.preempting === true && !ended) return { state: "preempting" };
	if (liveStates.some((live) => live === state)) return {};
	// A client that sends lines is alive: the run was resumed (or made ahead of its start).
	return { state: "running", exitCode: null, finishedAt: null, stopRequested: false };
}
