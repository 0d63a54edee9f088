/** The steps and the values of a number, as a chart takes them. */
export type Series = { steps: number[]; values: number[] };

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMeasured(fact: unknown): boolean {
	if (!isRecord(fact) || !Array.isArray(fact.typeCounts)) return false;
	// One value is no course.
	return fact.typeCounts.some((each) => isRecord(each) && each.type === "number" && Number(each.count) > 1);
}

/** The keys of numbers that a run has a history of, by name; not the client's own, which begin with an underscore. */
export function metricKeys(historyKeys: unknown): string[] {
	if (!isRecord(historyKeys) || !isRecord(historyKeys.keys)) return [];
	const measured = Object.entries(historyKeys.keys).filter(([key, fact]) => !key.startsWith("_") && isMeasured(fact));
	return measured.map(([key]) => key).sort((a, b) => a.localeCompare(b));
}

/** Reads the sampled rows of one number; what is no finite number is left out. */
export function readSeries(rows: unknown, key: string): Series {
	const points = (Array.isArray(rows) ? rows : []).flatMap((row: unknown): [number, number][] => {
		const [step, value] = isRecord(row) ? [row._step, row[key]] : [];
		return typeof step === "number" && typeof value === "number" && Number.isFinite(value) ? [[step, value]] : [];
	});
	return { steps: points.map(([step]) => step), values: points.map(([, value]) => value) };
}
