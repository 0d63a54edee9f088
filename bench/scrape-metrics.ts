/** Counts and sums of a histogram by its one label, from the text of `GET /metrics`. */
export type Totals = ReadonlyMap<string, { readonly count: number; readonly seconds: number }>;

export type Metrics = {
	/** By query name. */
	readonly queries: Totals;
	/** By GraphQL operation. */
	readonly operations: Totals;
};

export async function scrapeMetrics(url: string): Promise<Metrics> {
	return readMetrics(await (await fetch(`${url}/metrics`)).text());
}

/** The same from the text of the reply. */
export function readMetrics(text: string): Metrics {
	return {
		queries: totals(text, "keifu_db_query_seconds", "query"),
		operations: totals(text, "keifu_graphql_operation_seconds", "operation"),
	};
}

/** What came between two scrapes, leaving out what did not move. */
export function between(before: Totals, after: Totals): Totals {
	const moved = [...after].map(([name, { count, seconds }]) => {
		const past = before.get(name) ?? { count: 0, seconds: 0 };
		return [name, { count: count - past.count, seconds: seconds - past.seconds }] as const;
	});
	return new Map(moved.filter(([, { count }]) => count > 0));
}

export function sum(totals: Totals): { readonly count: number; readonly seconds: number } {
	let count = 0;
	let seconds = 0;
	for (const each of totals.values()) {
		count += each.count;
		seconds += each.seconds;
	}
	return { count, seconds };
}

function totals(text: string, metric: string, label: string): Totals {
	const line = new RegExp(`^${metric}_(sum|count)\\{${label}="([^"]*)"\\} (\\S+)$`, "gm");
	const found = new Map<string, { count: number; seconds: number }>();
	for (const [, kind, name = "", value] of text.matchAll(line)) {
		const entry = found.get(name) ?? { count: 0, seconds: 0 };
		found.set(name, kind === "sum" ? { ...entry, seconds: Number(value) } : { ...entry, count: Number(value) });
	}
	return found;
}
