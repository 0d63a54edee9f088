import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { LineChunk } from "./run-line-rules.ts";

const columns = sql`stream, first_line as "firstLine", lines, first_step as "firstStep", last_step as "lastStep"`;

function historyOf(runId: string): RawBuilder<boolean> {
	return sql<boolean>`run_id = ${runId} and stream = 'history'`;
}

/** The chunks of a history that hold steps on both sides of a cut after `step`. */
export async function readStraddlingChunks(db: Database, runId: string, step: number): Promise<LineChunk[]> {
	const { rows } = await named(
		"run.readStraddlingChunks",
		sql<LineChunk>`select ${columns} from run_line_chunk
			where ${historyOf(runId)} and first_step <= ${step} and last_step > ${step} order by first_line`,
	).execute(db);
	return rows;
}

/** Takes out every chunk of a history that holds a step beyond `step`. */
export async function deleteChunksBeyond(db: Database, runId: string, step: number): Promise<void> {
	await named(
		"run.deleteChunksBeyond",
		sql`delete from run_line_chunk where ${historyOf(runId)} and last_step > ${step}`,
	).execute(db);
}

/** First line of a history and the line after its last, of chunks without a step beyond `step`; null where none is. */
export async function findHistoryBounds(
	db: Database,
	runId: string,
	step: number,
): Promise<{ readonly first: number | null; readonly end: number | null }> {
	const { rows } = await named(
		"run.findHistoryBounds",
		sql<{ first: number | null; end: number | null }>`select min(first_line) as first,
			max(first_line + line_count) as end from run_line_chunk where ${historyOf(runId)} and last_step <= ${step}`,
	).execute(db);
	return rows[0] ?? { first: null, end: null };
}

/** Copies the chunks without a step beyond `step` into another run's history, `shift` lines further on. */
export async function copyChunks(
	db: Database,
	from: { readonly runId: string; readonly step: number },
	to: { readonly runId: string; readonly shift: number },
): Promise<void> {
	await named(
		"run.copyChunks",
		sql`insert into run_line_chunk (run_id, stream, first_line, line_count, first_step, last_step, lines)
			select ${to.runId}::uuid, stream, first_line + ${to.shift}::int, line_count, first_step, last_step, lines
			from run_line_chunk where ${historyOf(from.runId)} and last_step <= ${from.step}`,
	).execute(db);
}

export async function setInheritedLineCount(db: Database, runId: string, count: number): Promise<void> {
	await named(
		"run.setInheritedLineCount",
		sql`update run set inherited_line_count = ${count} where id = ${runId}`,
	).execute(db);
}

/** What a rewind leaves of a run whose row is locked: counts and summary; its client is about to go on. */
export async function saveRewound(
	db: Database,
	runId: string,
	left: { readonly historyLineCount: number; readonly inheritedLineCount: number; readonly now: Date },
): Promise<void> {
	const { historyLineCount, inheritedLineCount, now } = left;
	await named(
		"run.saveRewound",
		sql`update run set history_line_count = ${historyLineCount}, inherited_line_count = ${inheritedLineCount},
			updated_at = ${now}, summary_metrics = coalesce((
				select lines[line_count]::jsonb from run_line_chunk where ${historyOf(runId)}
				order by first_line desc limit 1), '{}') where id = ${runId}`,
	).execute(db);
}

/** Of a locked run: history from this line on is not what it was, so that what was counted of it does not hold. */
export async function forgetHistoryFacts(db: Database, runId: string, fromLine: number): Promise<void> {
	await named(
		"run.noteRewrite",
		sql`update run set history_rewrites = history_rewrites + 1 where id = ${runId}`,
	).execute(db);
	await named(
		"run.forgetHistoryFacts",
		sql`delete from run_history_facts where run_id = ${runId} and line_count > ${fromLine}`,
	).execute(db);
}

export type HistoryFacts = {
	/** Tells one rewriting of the history from the next. */
	readonly rewrites: number;
	/** The lines before this one are counted; null where nothing is. */
	readonly lineCount: number | null;
	/** JSON text. */
	readonly facts: string | null;
};

export async function findHistoryFacts(db: Database, runId: string): Promise<HistoryFacts | undefined> {
	const { rows } = await named(
		"run.findHistoryFacts",
		sql<HistoryFacts>`select r.history_rewrites as rewrites, f.line_count as "lineCount", f.facts
			from run r left join run_history_facts f on f.run_id = r.id where r.id = ${runId}`,
	).execute(db);
	return rows[0];
}

/** Keeps what was counted, unless the history was rewritten meanwhile or somebody has counted further. */
export async function saveHistoryFacts(
	db: Database,
	runId: string,
	counted: { readonly rewrites: number; readonly lineCount: number; readonly facts: string },
): Promise<void> {
	await named(
		"run.saveHistoryFacts",
		sql`with unchanged as (
				select id from run where id = ${runId} and history_rewrites = ${counted.rewrites} for no key update)
			insert into run_history_facts as f (run_id, line_count, facts)
			select id, ${counted.lineCount}::int, ${counted.facts}::text from unchanged
			on conflict (run_id) do update set line_count = excluded.line_count, facts = excluded.facts
			where excluded.line_count > f.line_count`,
	).execute(db);
}
