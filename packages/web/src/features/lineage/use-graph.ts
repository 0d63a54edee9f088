import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { drawGraph } from "./drawn-graph.ts";
import { comparisonQuery, neighbourhoodQuery, pathsQuery } from "./lineage.queries.ts";
import { asNeighbourhood, type Focus, focusOf, nodeText } from "./lineage-api.ts";
import type { LineageState } from "./lineage-state.ts";
import { useLayout } from "./use-layout.ts";
import { useMovedCards } from "./use-moved-cards.ts";
import { useStill } from "./use-still.ts";

/** The way to the node that a path is asked to, whichever of the two is the upper end. */
function usePaths(focus: Focus, other: string | undefined) {
	const to = focusOf(other ?? "artifact:");
	const down = useQuery({ ...pathsQuery(focus, to), enabled: other !== undefined });
	const leadsDown = down.data !== undefined && down.data.nodes.length > 0;
	const up = useQuery({ ...pathsQuery(to, focus), enabled: other !== undefined && down.isSuccess && !leadsDown });
	return leadsDown ? down.data : up.data;
}

/** A list that stays the same one as long as it holds the same: nothing is laid out anew for a change of the address alone. */
function useSameList(list: readonly string[]): readonly string[] {
	const text = JSON.stringify(list);
	return useMemo((): readonly string[] => JSON.parse(text), [text]);
}

/** What the server answers to the reader's choices, less what they left out, and where everything stands. */
export function useGraph(focus: Focus, state: LineageState) {
	const { t } = useTranslation();
	const { path, compare, only, from, until } = state;
	const without = useSameList(state.without);
	const hidden = useSameList(state.hidden);
	const around = useQuery(neighbourhoodQuery(focus, state));
	const key = JSON.stringify(neighbourhoodQuery(focus, state).queryKey);
	const still = useStill(key, around.isPlaceholderData ? undefined : around.data);
	const paths = usePaths(focus, path);
	const other = focusOf(compare ?? "artifact:");
	const compared = useQuery({ ...comparisonQuery(focus, other), enabled: compare !== undefined });
	const answer = useMemo(() => {
		if (compare !== undefined) return compared.data?.answer;
		return path === undefined ? still.answer : paths && asNeighbourhood(paths, focus.id);
	}, [compare, compared.data, path, still.answer, paths, focus.id]);
	const sides = compare === undefined ? undefined : compared.data?.sides;
	const about = `${nodeText(focus)} ${path} ${compare}`;
	const graph = useMemo(() => {
		const words = { hidden: t("graph.hidden") };
		return answer && { ...drawGraph(answer, { without, hidden, only, from, until }, { sides, ...words }), about };
	}, [answer, without, hidden, only, from, until, sides, about, t]);
	const { scene: laidOut, isBusy } = useLayout(graph, state.axis);
	const moved = useMovedCards(laidOut);
	const error = around.error ?? compared.error;
	if (error) throw error;
	return {
		answer,
		paths,
		comparison: compare === undefined ? undefined : compared.data?.comparison,
		graph,
		...moved,
		showNews: path === undefined && compare === undefined ? still.showNews : undefined,
		isBusy: isBusy || around.isPlaceholderData || answer === undefined,
	};
}
