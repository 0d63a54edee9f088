import { DomainError } from "../errors.ts";
import { stepOf } from "./run-history-rules.ts";
import { parseJsonObject } from "./run-json-rules.ts";
import { storableText } from "./run-rules.ts";

export type LineStream = "history" | "events" | "log";

/** Consecutive lines of a stream, as one row keeps them. */
export type LineChunk = {
	readonly stream: LineStream;
	readonly firstLine: number;
	readonly lines: readonly string[];
	/** Least and greatest step of history lines; null elsewhere. */
	readonly firstStep: number | null;
	readonly lastStep: number | null;
};

/** Lines as a file stream request brings them. */
export type SentLines = { readonly offset: number; readonly lines: readonly string[] };

const greatestLine = 2 ** 31 - 1;

/** The line after the chunk's last. */
export function endOf(chunk: Pick<LineChunk, "firstLine" | "lines">): number {
	return chunk.firstLine + chunk.lines.length;
}

/** Checks sent lines and makes them storable; undefined where there are none. */
export function toChunk(stream: LineStream, sent: SentLines | undefined): LineChunk | undefined {
	if (sent === undefined || sent.lines.length === 0) return undefined;
	const { offset, lines } = sent;
	if (offset + lines.length > greatestLine) {
		throw new DomainError("INVALID_INPUT", `Line ${offset + lines.length} of ${stream} is beyond what a run can hold.`);
	}
	if (stream === "log") return cut({ stream, firstLine: offset, lines: lines.map(storableText) });
	const rows = lines.map((line, at) => parseJsonObject(line, `Line ${offset + at} of ${stream}`));
	const steps = stream === "history" ? rows.map((row, at) => stepOf(row.value, offset + at)) : undefined;
	return cut({ stream, firstLine: offset, lines: rows.map((row) => row.text), steps });
}

/**
 * What to keep in place of the chunks that share lines with `incoming`: their lines before and after it, and itself.
 * wire: a request sent again writes the same lines again, and the console rewrites lines it has sent before.
 */
export function overlay(existing: readonly LineChunk[], incoming: LineChunk): LineChunk[] {
	const pieces = existing.flatMap((chunk) => [
		part(chunk, chunk.firstLine, incoming.firstLine),
		part(chunk, endOf(incoming), endOf(chunk)),
	]);
	return [...pieces.filter((piece) => piece !== undefined), incoming];
}

/**
 * Whether a chunk begins a stream of records anew, so that what came after the lines it writes over goes: its first line
 * says something else than the one there. A request sent again says the same.
 * wire: a client that takes a run's id without resuming it, and one that syncs a run once more, begin at line 0. Only
 * the console goes back to lines that it has sent before.
 */
export function startsOver(overlapping: readonly LineChunk[], incoming: LineChunk): boolean {
	if (incoming.stream === "log" || incoming.firstLine !== 0) return false;
	const before = overlapping.find((chunk) => chunk.firstLine <= 0 && endOf(chunk) > 0);
	return before !== undefined && before.lines[-before.firstLine] !== incoming.lines[0];
}

/** What is left of a chunk of history without its lines beyond `step`; a chunk for every stretch without a gap. */
export function keepSteps(chunk: LineChunk, step: number): LineChunk[] {
	const kept: LineChunk[] = [];
	let from = chunk.firstLine;
	for (const [at, text] of chunk.lines.entries()) {
		const line = chunk.firstLine + at;
		if (stepOf(JSON.parse(text), line) <= step) continue;
		kept.push(...[part(chunk, from, line)].filter((piece) => piece !== undefined));
		from = line + 1;
	}
	return [...kept, ...[part(chunk, from, endOf(chunk))].filter((piece) => piece !== undefined)];
}

/** The lines of a chunk from line `from` to before line `to`, as a chunk of its own; undefined if there are none. */
function part(chunk: LineChunk, from: number, to: number): LineChunk | undefined {
	const firstLine = Math.max(from, chunk.firstLine);
	const lines = chunk.lines.slice(firstLine - chunk.firstLine, Math.max(to - chunk.firstLine, 0));
	if (lines.length === 0) return undefined;
	const steps =
		chunk.stream === "history" ? lines.map((line, at) => stepOf(JSON.parse(line), firstLine + at)) : undefined;
	return cut({ stream: chunk.stream, firstLine, lines, steps });
}

type Cut = {
	readonly stream: LineStream;
	readonly firstLine: number;
	readonly lines: readonly string[];
	readonly steps?: readonly number[] | undefined;
};

function cut({ stream, firstLine, lines, steps }: Cut): LineChunk {
	if (steps === undefined) return { stream, firstLine, lines, firstStep: null, lastStep: null };
	// Not Math.min(...steps): a request may bring more lines than a call may have arguments.
	const firstStep = steps.reduce((least, step) => Math.min(least, step), Number.MAX_SAFE_INTEGER);
	const lastStep = steps.reduce((most, step) => Math.max(most, step), Number.MIN_SAFE_INTEGER);
	return { stream, firstLine, lines, firstStep, lastStep };
}
