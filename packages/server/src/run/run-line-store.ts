import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { emitting, eventsFrom } from "../jobs/outbox.ts";
import { endOf, type LineChunk, type LineStream } from "./run-line-rules.ts";
import { liveStates, type RunState } from "./run-rules.ts";
import { offlineFeature } from "./told-time-rules.ts";

const countColumns = {
	history: "history_line_count",
	events: "events_line_count",
	log: "log_line_count",
} as const satisfies Record<LineStream, string>;

/** What a file stream request writes besides its lines. */
export type LineUpdate = {
	readonly chunks: readonly LineChunk[];
	/** JSON text. */
	readonly summaryMetrics: string | undefined;
	readonly systemMetrics: string | undefined;
	readonly now: Date;
	/** The last sign of life, where that is not now. */
	readonly heartbeatAt?: Date | undefined;
};

export type AppendTarget = { readonly projectId: string; readonly name: string };

/** The end of a run, as its client tells it. */
export type RunEnd = { readonly state: "finished" | "failed"; readonly exitCode: number };

/**
 * The usual request in one statement: a live run, every chunk exactly at the end of its stream, perhaps its end (which
 * goes to the outbox), but not that of a run made offline: when that was has to be found out.
 * Undefined when it is not like that (or there is no such run) and nothing was written.
 */
export async function appendAtEnd(
	ctx: Ctx,
	target: AppendTarget,
	update: LineUpdate & { readonly end: RunEnd | undefined },
): Promise<{ id: string; stopRequested: boolean } | undefined> {
	const { chunks, end, now } = update;
	const course = end === undefined ? {} : { ...end, finishedAt: now };
	const live = sql.join(liveStates.map((state) => sql.val(state)));
	const conditions = [
		...chunks.map((chunk) => sql` and ${sql.ref(countColumns[chunk.stream])} = ${chunk.firstLine}`),
		...(end === undefined ? [] : [sql` and not ${wasOffline}`]),
	];
	const parts = [
		sql`updated as (update run set ${sql.join([assignments(update), ...courseAssignments(course)])}
			where project_id = ${target.projectId} and name = ${target.name} and deleted_at is null
			and state in (${live})${sql.join(conditions, sql``)} returning id, project_id, stop_requested)`,
		...(chunks.length === 0
			? []
			: [
					sql`inserted as (insert into run_line_chunk
						(run_id, stream, first_line, line_count, first_step, last_step, lines)
						select u.id, c.* from updated u cross join (values ${chunkValues(chunks)}) as c)`,
				]),
		...(end === undefined ? [] : [sql`ended as (${endedEvent(ctx, end)})`]),
	];
	const { rows } = await named(
		"run.appendAtEnd",
		sql<{ id: string; stopRequested: boolean }>`with ${sql.join(parts)}
			select id, stop_requested as "stopRequested" from updated`,
	).execute(ctx.db);
	return rows[0];
}

function endedEvent(ctx: Ctx, end: RunEnd): RawBuilder<unknown> {
	const id = sql`${ctx.ids.uuid()}::uuid`;
	const payload = { runId: sql<string>`updated.id`, projectId: sql<string>`project_id`, state: end.state };
	return emitting(ctx, [eventsFrom({ type: "run.finished", id, payload, from: sql`updated` })]);
}

const wasOffline = sql<boolean>`coalesce(config #> '{_wandb,value,t,3}' @> ${String(offlineFeature)}::jsonb, false)`;

export type LockedRun = {
	readonly id: string;
	readonly state: RunState;
	readonly stopRequested: boolean;
	readonly historyLineCount: number;
	readonly eventsLineCount: number;
	readonly logLineCount: number;
};

/** The run, its row locked until the transaction ends. */
export async function lockRun(db: Database, target: AppendTarget): Promise<LockedRun | undefined> {
	const { rows } = await named(
		"run.lock",
		sql<LockedRun>`select id, state, stop_requested as "stopRequested", history_line_count as "historyLineCount",
			events_line_count as "eventsLineCount", log_line_count as "logLineCount"
			from run where project_id = ${target.projectId} and name = ${target.name} and deleted_at is null for update`,
	).execute(db);
	return rows[0];
}

/** What a request does to the run's course; undefined parts stay. */
export type RunCourse = {
	readonly state?: RunState;
	readonly exitCode?: number | null;
	readonly finishedAt?: Date | null;
	readonly stopRequested?: boolean;
};

/** Writes counts, documents and course of a locked run. */
export async function updateLockedRun(
	db: Database,
	runId: string,
	update: LineUpdate & { readonly course: RunCourse },
): Promise<void> {
	const sets = [assignments(update), ...courseAssignments(update.course)];
	await named("run.updateLocked", sql`update run set ${sql.join(sets)} where id = ${runId}`).execute(db);
}

/** What tells when a run ended: undefined where its client was online, and so told its end when it came. */
export async function findToldTimes(
	db: Database,
	runId: string,
): Promise<{ readonly createdAt: Date; readonly summary: string } | undefined> {
	const { rows } = await named(
		"run.findToldTimes",
		sql<{ createdAt: Date; summary: string }>`select created_at as "createdAt", summary_metrics::text as summary
			from run where id = ${runId} and ${wasOffline}`,
	).execute(db);
	return rows[0];
}

/** Takes out every line of a stream that is the run's own, and forgets that there were any. */
export async function restartStream(db: Database, runId: string, stream: LineStream): Promise<void> {
	await named(
		"run.deleteStream",
		sql`delete from run_line_chunk where run_id = ${runId} and stream = ${stream} and first_line >= 0`,
	).execute(db);
	const column = sql.ref(countColumns[stream]);
	await named("run.restartStream", sql`update run set ${column} = 0 where id = ${runId}`).execute(db);
}

/** Takes out the chunks that share a line with the given one, and hands them over. */
export async function takeOverlappingChunks(db: Database, runId: string, chunk: LineChunk): Promise<LineChunk[]> {
	const { rows } = await named(
		"run.takeOverlappingChunks",
		sql<LineChunk>`delete from run_line_chunk where run_id = ${runId} and stream = ${chunk.stream}
			and first_line < ${endOf(chunk)} and first_line + line_count > ${chunk.firstLine}
			returning stream, first_line as "firstLine", lines, first_step as "firstStep", last_step as "lastStep"`,
	).execute(db);
	return rows;
}

export async function insertChunks(db: Database, runId: string, chunks: readonly LineChunk[]): Promise<void> {
	if (chunks.length === 0) return;
	await named(
		"run.insertChunks",
		sql`insert into run_line_chunk (run_id, stream, first_line, line_count, first_step, last_step, lines)
			select ${runId}::uuid, c.* from (values ${chunkValues(chunks)}) as c`,
	).execute(db);
}

function courseAssignments(course: RunCourse): Array<RawBuilder<unknown>> {
	return [
		...(course.state === undefined ? [] : [sql`state = ${course.state}`]),
		...(course.exitCode === undefined ? [] : [sql`exit_code = ${course.exitCode}`]),
		...(course.finishedAt === undefined ? [] : [sql`finished_at = ${course.finishedAt}`]),
		...(course.stopRequested === undefined ? [] : [sql`stop_requested = ${course.stopRequested}`]),
	];
}

function assignments(update: LineUpdate): RawBuilder<unknown> {
	const counts = update.chunks.map((chunk) => {
		const column = sql.ref(countColumns[chunk.stream]);
		return sql`${column} = greatest(${column}, ${endOf(chunk)}::int)`;
	});
	return sql.join([
		sql`heartbeat_at = ${update.heartbeatAt ?? update.now}`,
		sql`updated_at = ${update.now}`,
		...counts,
		...(update.summaryMetrics === undefined ? [] : [sql`summary_metrics = ${update.summaryMetrics}::jsonb`]),
		...(update.systemMetrics === undefined ? [] : [sql`system_metrics = ${update.systemMetrics}::jsonb`]),
	]);
}

function chunkValues(chunks: readonly LineChunk[]): RawBuilder<unknown> {
	return sql.join(
		chunks.map(
			(chunk) => sql`(${chunk.stream}::text, ${chunk.firstLine}::int, ${chunk.lines.length}::int,
				${chunk.firstStep}::bigint, ${chunk.lastStep}::bigint, ${[...chunk.lines]}::text[])`,
		),
	);
}
