import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
	type Focus,
	type MembersQuery,
	nodeText,
	readAncestors,
	readComparison,
	readImpact,
	readMembers,
	readNeighbourhood,
	readPaths,
	searchLineage,
} from "./lineage-api.ts";
import type { LineageState } from "./lineage-state.ts";

/** All that hangs together is asked for whole; the server cuts what nobody could look at. */
export function neighbourhoodQuery(focus: Focus, { scope, up, down, group, open, extra }: LineageState) {
	const query = { scope, up, down, group, open, extra };
	return queryOptions({
		queryKey: ["lineage", nodeText(focus), query],
		queryFn: ({ signal }) => readNeighbourhood(focus, query, signal),
		placeholderData: keepPreviousData,
	});
}

export function membersQuery(key: string, query: MembersQuery) {
	return infiniteQueryOptions({
		queryKey: ["lineage-members", key, query],
		initialPageParam: "",
		queryFn: ({ pageParam, signal }) => readMembers(key, query, pageParam, signal),
		getNextPageParam: ({ endCursor }) => endCursor ?? undefined,
	});
}

export function lineageSearchQuery(focus: Focus, text: string) {
	return queryOptions({
		queryKey: ["lineage-search", nodeText(focus), text],
		queryFn: ({ signal }) => searchLineage(focus, text, signal),
		enabled: text.length > 1,
	});
}

export function pathsQuery(from: Focus, to: Focus) {
	return queryOptions({
		queryKey: ["lineage-path", nodeText(from), nodeText(to)],
		queryFn: ({ signal }) => readPaths(from, to, signal),
	});
}

/** Two nodes with their ancestors, and what of these they share. */
export function comparisonQuery(first: Focus, second: Focus) {
	return queryOptions({
		queryKey: ["lineage-compare", nodeText(first), nodeText(second)],
		queryFn: async ({ signal }) => {
			const [{ together }, comparison, ofFirst, ofSecond] = await Promise.all([
				import("./together.ts"),
				readComparison(first, second, signal),
				readAncestors(first, signal),
				readAncestors(second, signal),
			]);
			return { comparison, ...together(ofFirst, ofSecond) };
		},
	});
}

export function impactQuery(focus: Focus) {
	return infiniteQueryOptions({
		queryKey: ["lineage-impact", nodeText(focus)],
		initialPageParam: "",
		queryFn: ({ pageParam, signal }) => readImpact(focus, pageParam, signal),
		getNextPageParam: ({ endCursor }) => endCursor ?? undefined,
	});
}
