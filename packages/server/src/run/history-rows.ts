import type { Ctx } from "../context.ts";
import { stepOf } from "./run-history-rules.ts";
import { isJsonObject } from "./run-json-rules.ts";
import { linesOf, readHistoryChunks, type StepRange } from "./run-line-reader.ts";

export type HistoryRow = {
	readonly line: number;
	readonly step: number;
	/** As the client sent it. */
	readonly text: string;
	readonly value: Readonly<Record<string, unknown>>;
};

export type HistoryRange = Partial<StepRange> & {
	readonly runId: string;
	readonly fromLine?: number | null;
};

const chunksAtOnce = 100;
export const everyStep: StepRange = { minStep: Number.MIN_SAFE_INTEGER, endStep: Number.MAX_SAFE_INTEGER };

/** Reads a history a few chunks at a time, so that a long one is never held as a whole. */
export async function* historyRows(reading: Pick<Ctx, "db">, range: HistoryRange): AsyncGenerator<HistoryRow> {
	const { runId, minStep = everyStep.minStep, endStep = everyStep.endStep } = range;
	let afterLine = (range.fromLine ?? -(2 ** 31) + 1) - 1;
	for (;;) {
		const of = { runId, minStep, endStep, afterLine, limit: chunksAtOnce };
		const chunks = await readHistoryChunks(reading.db, of);
		for (const { number: line, text } of chunks.flatMap(linesOf)) {
			const value: unknown = JSON.parse(text);
			const step = stepOf(value, line);
			if (isJsonObject(value) && step >= minStep && step < endStep) yield { line, step, text, value };
		}
		if (chunks.length < chunksAtOnce) return;
		afterLine = chunks.at(-1)?.firstLine ?? afterLine;
	}
}
