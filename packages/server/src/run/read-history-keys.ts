import { z } from "zod";
import type { Ctx } from "../context.ts";
import { historyRows } from "./history-rows.ts";
import { createHistoryKeyCounter, type HistoryKeys } from "./run-history-rules.ts";
import { findHistoryFacts, saveHistoryFacts } from "./run-history-store.ts";

/** So many lines and more are not counted a second time. */
const worthKeeping = 1000;
/** A run that grows is counted whenever it has so many more lines, so that no reader has more than those to count. */
export const countedEvery = 10_000;

const keptFacts: z.ZodType<HistoryKeys> = z.object({
	keys: z.record(
		z.string(),
		z.object({
			typeCounts: z.array(z.object({ type: z.string(), count: z.number() })),
			monotonic: z.boolean(),
			previousValue: z.unknown(),
		}),
	),
	sets: z.array(z.string()),
	lastStep: z.number(),
});

/** What keys a history has, of which types, and its last step. */
export async function readHistoryKeys(reading: Pick<Ctx, "db">, runId: string): Promise<HistoryKeys> {
	const kept = await findHistoryFacts(reading.db, runId);
	const known = kept?.facts === null || kept === undefined ? undefined : keptFacts.parse(JSON.parse(kept.facts));
	const counter = createHistoryKeyCounter(known);
	let lineCount = kept?.lineCount ?? null;
	let counted = 0;
	for await (const row of historyRows(reading, { runId, fromLine: lineCount })) {
		counter.add(row.value, row.step);
		lineCount = row.line + 1;
		counted += 1;
	}
	const keys = counter.result();
	if (kept !== undefined && lineCount !== null && counted >= worthKeeping) {
		await saveHistoryFacts(reading.db, runId, { rewrites: kept.rewrites, lineCount, facts: JSON.stringify(keys) });
	}
	return keys;
}
