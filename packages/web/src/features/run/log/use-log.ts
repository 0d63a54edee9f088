import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ask } from "../../../graphql-client.ts";
import { RunLinesDocument, type RunLinesQueryVariables } from "../run.graphql.gen.ts";
import { foundRun, type RunPlace } from "../run.queries.ts";

export type LogLine = { cursor: string; number: number; timestamp: string | null; line: string; level: string | null };

type Page = Pick<RunLinesQueryVariables, "first" | "last" | "after" | "before">;

async function readLines(place: RunPlace, page: Page, signal?: AbortSignal) {
	const { logLineCount, logLines } = foundRun(await ask(RunLinesDocument, { ...place, ...page }, signal), place);
	const lines = logLines?.edges.map(({ cursor, node }): LogLine => ({ cursor, ...node })) ?? [];
	return { count: logLineCount ?? 0, lines };
}

const firstPage = 2000;
const laterPage = 10_000;
/** Progress bars write lines anew: so many at the end are read again. */
const rewritten = 60;
const pollMs = 3000;

function merge(known: LogLine[], more: LogLine[]): LogLine[] {
	const first = more[0];
	const last = more.at(-1);
	if (first === undefined || last === undefined) return known;
	const before = known.filter(({ number }) => number < first.number);
	const after = known.filter(({ number }) => number > last.number);
	return [...before, ...more, ...after];
}

/** The console of a run from its end backwards, as far as was asked for; grows while the run does. */
export function useLog(place: RunPlace, live: boolean) {
	const client = useQueryClient();
	const key = useMemo(() => ["run-lines", place] as const, [place]);
	const [reading, setReading] = useState(false);
	const wanted = useRef(false);
	const { data, isPending, error } = useQuery({
		queryKey: key,
		queryFn: async ({ signal }) => {
			const known = client.getQueryData<{ count: number; lines: LogLine[] }>(key);
			const from = known?.lines.at(-rewritten)?.cursor;
			if (known === undefined || from === undefined) return await readLines(place, { last: firstPage }, signal);
			const more = await readLines(place, { after: from, first: laterPage }, signal);
			return { count: more.count, lines: merge(known.lines, more.lines) };
		},
		refetchInterval: live ? pollMs : false,
		gcTime: 60_000,
	});
	const lines = data?.lines ?? [];
	const count = data?.count ?? 0;

	/** Reads on backwards: one page, or to the beginning. */
	const readEarlier = useCallback(
		async (all: boolean): Promise<LogLine[]> => {
			const current = () => client.getQueryData<{ count: number; lines: LogLine[] }>(key)?.lines ?? [];
			if (wanted.current) return current();
			wanted.current = true;
			setReading(true);
			try {
				for (
					let first = current()[0];
					wanted.current && first !== undefined && first.number > 0;
					first = current()[0]
				) {
					const page = await readLines(place, { before: first.cursor, last: laterPage });
					if (page.lines.length === 0) break;
					client.setQueryData<{ count: number; lines: LogLine[] }>(key, (old) => ({
						count: Math.max(page.count, old?.count ?? 0),
						lines: merge(old?.lines ?? [], page.lines),
					}));
					if (!all) break;
				}
			} finally {
				wanted.current = false;
				setReading(false);
			}
			return current();
		},
		[client, key, place],
	);
	// Leaving the page ends the reading.
	useEffect(
		() => () => {
			wanted.current = false;
		},
		[],
	);
	return { lines, count, isPending, error, reading, readEarlier };
}
