import { useLocation, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { printSearch } from "../../search-params.ts";
import { type LineageState, printLineageState, readLineageState, startState } from "./lineage-state.ts";

/** `isStep`: one of several small changes, which takes the place of the last one in the history. */
export type ChangeState = (change: Partial<LineageState>, isStep?: boolean) => void;

/** What the reader chose, out of the address and back into it; what else is there stays. */
export function useLineageState(): [LineageState, ChangeState] {
	const router = useRouter();
	const search: Record<string, unknown> = useLocation({ select: (location) => location.search });
	const state = useMemo(() => readLineageState(search), [search]);
	const change = useCallback<ChangeState>(
		(part, isStep = false) => {
			const { pathname, search: now } = router.state.location;
			const others = Object.entries(now).filter(([key]) => !(key in startState));
			const next = { ...readLineageState(now), ...part };
			const address = `${pathname}${printSearch({ ...Object.fromEntries(others), ...printLineageState(next) })}`;
			if (isStep) router.history.replace(address);
			else router.history.push(address);
		},
		[router],
	);
	return [state, change];
}
