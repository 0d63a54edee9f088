import type { Ctx } from "../context.ts";
import { everyStep, historyRows } from "./history-rows.ts";
import { createThinner, evenlySpaced } from "./run-history-rules.ts";
import { findStepBounds, readLines, readNumberedLines } from "./run-line-reader.ts";
import type { RunRow } from "./run-reader.ts";

type Reading = Pick<Ctx, "db">;

const defaultSamples = 500;
const mostSamples = 100_000;

export type ReadHistoryInput = {
	readonly samples?: number | null | undefined;
	readonly minStep?: number | null | undefined;
	/** Exclusive. */
	readonly maxStep?: number | null | undefined;
};

/** Rows of a run's history as the client sent them; evenly spaced ones where there are more than `samples`. */
export async function readRunHistory(reading: Reading, run: RunRow, input: ReadHistoryInput): Promise<string[]> {
	const samples = sampleCount(input.samples);
	const { minStep, maxStep } = input;
	if (!isGiven(minStep) && !isGiven(maxStep)) return await readEvenly(reading, run, { stream: "history", samples });
	const steps = { minStep: toStep(minStep, everyStep.minStep), endStep: toStep(maxStep, everyStep.endStep) };
	const texts = createThinner<string>(samples);
	for await (const row of historyRows(reading, { runId: run.id, ...steps })) texts.add(row.text);
	return texts.result();
}

/** The same of the system metrics. */
export async function readRunEvents(
	reading: Reading,
	run: RunRow,
	input: { readonly samples?: number | null | undefined },
): Promise<string[]> {
	return await readEvenly(reading, run, { stream: "events", samples: sampleCount(input.samples) });
}

/**
 * The first and the last step of a history, each as `{"_step": n}`; nothing of one without rows.
 * wire: from the least of them on, the client reads pages of live rows; it does not look at those between.
 */
export async function readLiveSteps(reading: Reading, run: RunRow): Promise<Array<{ _step: number }>> {
	const bounds = await findStepBounds(reading.db, run.id);
	if (bounds === undefined) return [];
	return [...new Set([bounds.first, bounds.last])].map((step) => ({ _step: step }));
}

async function readEvenly(
	reading: Reading,
	run: RunRow,
	of: { readonly stream: "history" | "events"; readonly samples: number },
): Promise<string[]> {
	const { stream, samples } = of;
	const from = stream === "history" ? -run.inheritedLineCount : 0;
	const to = stream === "history" ? run.historyLineCount : run.eventsLineCount;
	const count = to - from;
	if (count <= samples) return textsOf(await readLines(reading.db, { runId: run.id, stream, from, to }));
	const numbers = evenlySpaced(count, samples).map((number) => number + from);
	return textsOf(await readNumberedLines(reading.db, { runId: run.id, stream, numbers }));
}

function textsOf(lines: ReadonlyArray<{ readonly text: string }>): string[] {
	return lines.map((line) => line.text);
}

/** How many rows to give: what was asked for, within reason. */
export function sampleCount(samples: number | null | undefined): number {
	return Math.min(Math.max(samples ?? defaultSamples, 0), mostSamples);
}

export function isGiven<T>(value: T | null | undefined): value is T {
	return value !== null && value !== undefined;
}

/** The step as a bound that the database can hold. */
export function toStep(step: number | null | undefined, fallback: number): number {
	if (!isGiven(step)) return fallback;
	return Math.min(Math.max(step, everyStep.minStep), everyStep.endStep - 1);
}
