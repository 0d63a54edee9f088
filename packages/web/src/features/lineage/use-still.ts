import { useState } from "react";
import type { Neighbourhood } from "./lineage-api.ts";

function hasSameShape(a: Neighbourhood, b: Neighbourhood): boolean {
	const idsOf = ({ nodes, groups }: Neighbourhood) => [...nodes, ...groups].map(({ id }) => id).join();
	return (
		a.edges.length === b.edges.length &&
		idsOf(a) === idsOf(b) &&
		a.edges.every(([from, to], edge) => from === b.edges[edge]?.[0] && to === b.edges[edge]?.[1])
	);
}

/**
 * Nothing moves by itself: what the server tells anew about the same question is kept back until the reader asks to see it,
 * unless everything stays where it is. `key` is the question.
 */
export function useStill(key: string, data: Neighbourhood | undefined) {
	const [held, setHeld] = useState<{ key: string; answer: Neighbourhood }>();
	const isAccepted = data && (held === undefined || held.key !== key || hasSameShape(held.answer, data));
	if (isAccepted && (held?.answer !== data || held.key !== key)) setHeld({ key, answer: data });
	const answer = isAccepted ? data : held?.answer;
	const showNews = data && !isAccepted ? () => setHeld({ key, answer: data }) : undefined;
	return { answer, showNews };
}
