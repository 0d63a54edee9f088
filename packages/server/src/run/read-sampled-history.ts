import { z } from "zod";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { everyStep, historyRows } from "./history-rows.ts";
import { isGiven, sampleCount, toStep } from "./read-run-history.ts";
import { createThinner, flattenRow, type Thinner } from "./run-history-rules.ts";
import type { RunRow } from "./run-reader.ts";

const mostSpecs = 100;
const mostSamplesInAll = 1_000_000;
const mostRows = 1_000_000;

const specShape = z.object({
	keys: z.array(z.string()).nullish(),
	samples: z.int().nullish(),
	minStep: z.int().nullish(),
	maxStep: z.int().nullish(),
});

type Spec = z.output<typeof specShape>;

type SampledRow = Readonly<Record<string, unknown>>;
type Series = {
	readonly keys: readonly string[];
	readonly minStep: number;
	readonly endStep: number;
	readonly rows: Thinner<SampledRow>;
};

/**
 * For each spec (JSON text) the rows that have all its keys, cut down to them; nested ones by `outer.inner`.
 * wire: a spec without keys, as sweeps send it, asks for nothing.
 */
export async function readSampledHistory(
	reading: Pick<Ctx, "db">,
	run: Pick<RunRow, "id">,
	specs: readonly string[],
): Promise<SampledRow[][]> {
	if (specs.length > mostSpecs) {
		const text = `sampledHistory takes at most ${mostSpecs} specs at once, not ${specs.length}: ask for the rest in another request.`;
		throw new DomainError("INVALID_INPUT", text);
	}
	const most = Math.floor(mostSamplesInAll / Math.max(specs.length, 1));
	const series = specs.map((spec) => toSeries(parseSpec(spec), most));
	const wanted = series.filter(({ keys }) => keys.length > 0);
	if (wanted.length > 0) await gather(reading, run.id, wanted);
	return series.map(({ rows }) => rows.result());
}

async function gather(reading: Pick<Ctx, "db">, runId: string, series: readonly Series[]): Promise<void> {
	const minStep = Math.min(...series.map((one) => one.minStep));
	const endStep = Math.max(...series.map((one) => one.endStep));
	let examined = 0;
	for await (const { step, value } of historyRows(reading, { runId, minStep, endStep })) {
		examined += 1;
		if (examined > mostRows) {
			const text = `This would take more than ${mostRows} rows of history at once: narrow it down with minStep and maxStep, as scan_history does.`;
			throw new DomainError("INVALID_INPUT", text);
		}
		const flat = flattenRow(value);
		for (const one of series) {
			if (step < one.minStep || step >= one.endStep) continue;
			const pairs = one.keys.map((key) => [key, flat.has(key) ? flat.get(key) : value[key]] as const);
			if (pairs.every(([, found]) => found !== undefined)) one.rows.add(Object.fromEntries(pairs));
		}
	}
}

function toSeries(spec: Spec, most: number): Series {
	return {
		keys: spec.keys ?? [],
		minStep: toStep(spec.minStep, everyStep.minStep),
		endStep: toStep(spec.maxStep, everyStep.endStep - 1) + (isNextPage(spec) ? 0 : 1),
		rows: createThinner<SampledRow>(Math.min(sampleCount(spec.samples), most)),
	};
}

/**
 * Whether `maxStep` is where the next page begins, and not the last step that is wanted.
 * wire: scan_history of clients up to 0.25 says so, and asks for as many rows as a page has. 0.31 gives the last step,
 * asks for as many rows as there are steps, and always for `_step`.
 */
function isNextPage({ keys, minStep, maxStep, samples }: Spec): boolean {
	if (!isGiven(minStep) || !isGiven(maxStep) || !isGiven(samples)) return false;
	const steps = maxStep - minStep;
	return samples >= steps && !(samples === steps + 1 && keys?.includes("_step") === true);
}

function parseSpec(text: string): Spec {
	const parsed = specShape.safeParse(JSON.parse(text));
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw new DomainError(
		"INVALID_INPUT",
		`A spec of sampledHistory is like {"keys": ["loss"], "samples": 500}; this one is wrong at ${issue?.path.join(".") || "its top"}: ${issue?.message}.`,
	);
}
