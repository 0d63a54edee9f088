import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { requireProject } from "../project/index.ts";
import { countedEvery, readHistoryKeys } from "./read-history-keys.ts";
import { forgetHistoryFacts } from "./run-history-store.ts";
import { parseJsonObject } from "./run-json-rules.ts";
import { endOf, type LineChunk, overlay, type SentLines, startsOver, toChunk } from "./run-line-rules.ts";
import {
	type AppendTarget,
	appendAtEnd,
	findToldTimes,
	insertChunks,
	type LineUpdate,
	type LockedRun,
	lockRun,
	type RunCourse,
	type RunEnd,
	restartStream,
	takeOverlappingChunks,
	updateLockedRun,
} from "./run-line-store.ts";
import { liveStates, type RunState } from "./run-rules.ts";
import { toldEnd } from "./told-time-rules.ts";

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

type Request = AppendRunLinesInput & {
	readonly update: LineUpdate;
	/** The summary it brings, parsed. */
	readonly summaryValue: unknown;
	readonly end: RunEnd | undefined;
};

/** Takes one request of a run's file stream; answers whether somebody asked the run to stop. */
export async function appendRunLines(ctx: Ctx, input: AppendRunLinesInput): Promise<{ stopped: boolean }> {
	const chunks = [toChunk("history", input.history), toChunk("events", input.events), toChunk("log", input.log)].filter(
		(chunk) => chunk !== undefined,
	);
	const summary = input.summary === undefined ? undefined : parseJsonObject(input.summary, "The summary");
	const update: LineUpdate = {
		chunks,
		summaryMetrics: summary?.text,
		systemMetrics: chunks.find((chunk) => chunk.stream === "events")?.lines.at(-1),
		now: ctx.clock(),
	};
	const end = endOfRun(input);
	const { entityName, projectName, runName: name } = input;
	const project = await requireProject(ctx, { entityName, projectName }, "project.write");
	const target: AppendTarget = { projectId: project.id, name };
	if (input.preempting !== true) {
		const appended = await appendAtEnd(ctx, target, { ...update, end });
		if (appended !== undefined) {
			if (chunks.some(reachesNextCount)) await readHistoryKeys(ctx, appended.id);
			return { stopped: appended.stopRequested };
		}
	}
	return await inTransaction(ctx, (tx) =>
		appendLocked(tx, target, { ...input, update, end, summaryValue: summary?.value }),
	);
}

function endOfRun(input: AppendRunLinesInput): RunEnd | undefined {
	if (input.complete !== true) return undefined;
	const exitCode = input.exitCode ?? 0;
	return { state: exitCode === 0 ? "finished" : "failed", exitCode };
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
	const endedAt = request.end === undefined ? undefined : await findEnd(ctx, run.id, request);
	const course = nextCourse(run.state, request, endedAt);
	await updateLockedRun(ctx.db, run.id, { ...request.update, course, heartbeatAt: endedAt });
	if (request.end !== undefined && course.state !== undefined) {
		await emit(ctx, { type: "run.finished", runId: run.id, projectId: target.projectId, state: course.state });
	}
	return { stopped: course.stopRequested ?? run.stopRequested };
}

async function writeChunk(ctx: Ctx, run: LockedRun, chunk: LineChunk): Promise<void> {
	const end = { history: run.historyLineCount, events: run.eventsLineCount, log: run.logLineCount }[chunk.stream];
	if (chunk.stream === "history" && chunk.firstLine < end) await forgetHistoryFacts(ctx.db, run.id, chunk.firstLine);
	const overlapping = chunk.firstLine < end ? await takeOverlappingChunks(ctx.db, run.id, chunk) : [];
	if (startsOver(overlapping, chunk)) {
		await restartStream(ctx.db, run.id, chunk.stream);
		await insertChunks(ctx.db, run.id, [chunk]);
	} else {
		await insertChunks(ctx.db, run.id, overlay(overlapping, chunk));
	}
}

async function findEnd(ctx: Ctx, runId: string, { update, summaryValue }: Request): Promise<Date> {
	const told = await findToldTimes(ctx.db, runId);
	if (told === undefined) return update.now;
	return toldEnd(told.createdAt, summaryValue ?? JSON.parse(told.summary), update.now);
}

function nextCourse(state: RunState, request: Request, endedAt: Date | undefined): RunCourse {
	const ended = state === "finished" || state === "failed";
	if (request.end !== undefined && endedAt !== undefined) {
		// The same last request may come twice; it ends the run once.
		return state === request.end.state ? {} : { ...request.end, finishedAt: endedAt };
	}
	if (request.preempting === true && !ended) return { state: "preempting" };
	if (liveStates.some((live) => live === state)) return {};
	// A client that sends lines is alive: the run was resumed (or made ahead of its start).
	return { state: "running", exitCode: null, finishedAt: null, stopRequested: false };
}
