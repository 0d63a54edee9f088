import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { LineChunk, LineStream } from "./run-line-rules.ts";

export type Line = { readonly number: number; readonly text: string };

const columns = sql`stream, first_line as "firstLine", lines, first_step as "firstStep", last_step as "lastStep"`;

/** The lines from number `from` to before number `to`, in order. */
export async function readLines(
	db: Database,
	of: { readonly runId: string; readonly stream: LineStream; readonly from: number; readonly to: number },
): Promise<Line[]> {
	const { rows } = await named(
		"run.readLines",
		sql<LineChunk>`select ${columns} from run_line_chunk where run_id = ${of.runId} and stream = ${of.stream}
			and first_line < ${of.to} and first_line + line_count > ${of.from} order by first_line`,
	).execute(db);
	return rows.flatMap(linesOf).filter((line) => line.number >= of.from && line.number < of.to);
}

/** The lines with these numbers, in order, as far as they exist. */
export async function readNumberedLines(
	db: Database,
	of: { readonly runId: string; readonly stream: LineStream; readonly numbers: readonly number[] },
): Promise<Line[]> {
	const { rows } = await named(
		"run.readNumberedLines",
		sql<Line>`select n.number, c.lines[n.number - c.first_line + 1] as text
			from unnest(${[...of.numbers]}::int[]) as n(number)
			cross join lateral (select first_line, line_count, lines from run_line_chunk
				where run_id = ${of.runId} and stream = ${of.stream} and first_line <= n.number
				order by first_line desc limit 1) c
			where n.number < c.first_line + c.line_count order by n.number`,
	).execute(db);
	return rows;
}

export type StepRange = { readonly minStep: number /** Exclusive. */; readonly endStep: number };

/** Some chunks of a history that may hold steps of the range, after a line, in order. */
export async function readHistoryChunks(
	db: Database,
	of: StepRange & { readonly runId: string; readonly afterLine: number; readonly limit: number },
): Promise<LineChunk[]> {
	const { rows } = await named(
		"run.readHistoryChunks",
		sql<LineChunk>`select ${columns} from run_line_chunk where run_id = ${of.runId} and stream = 'history'
			and first_line > ${of.afterLine} and last_step >= ${of.minStep} and first_step < ${of.endStep}
			order by first_line limit ${of.limit}`,
	).execute(db);
	return rows;
}

/** The least and the greatest step of a history; undefined where it has no rows. */
export async function findStepBounds(
	db: Database,
	runId: string,
): Promise<{ readonly first: number; readonly last: number } | undefined> {
	const { rows } = await named(
		"run.findStepBounds",
		sql<{ first: number; last: number }>`select min(first_step) as first, max(last_step) as last
			from run_line_chunk where run_id = ${runId} and stream = 'history' having count(*) > 0`,
	).execute(db);
	return rows[0];
}

export type LastLine = { readonly runId: string; readonly stream: LineStream; readonly text: string };

/** The last line of history and of events, of each of these runs that has one. */
export async function findLastLines(db: Database, runIds: readonly string[]): Promise<LastLine[]> {
	const { rows } = await named(
		"run.findLastLines",
		sql<LastLine>`select distinct on (run_id, stream) run_id as "runId", stream, lines[line_count] as text
			from run_line_chunk where run_id = any(${[...runIds]}::uuid[]) and stream in ('history', 'events')
			order by run_id, stream, first_line desc`,
	).execute(db);
	return rows;
}

/** The lines of a chunk with their numbers. */
export function linesOf(chunk: LineChunk): Line[] {
	return chunk.lines.map((text, at) => ({ number: chunk.firstLine + at, text }));
}
