import { useLocation, useRouter } from "@tanstack/react-router";
import { printSearch } from "../search-params.ts";

type Change = (text: string | undefined, options?: { replace?: boolean }) => void;

/** A part of the page's state that is kept in its address; what else is there stays. */
export function useSearchText(key: string): [text: string | undefined, change: Change] {
	const router = useRouter();
	const text = useLocation({ select: ({ search }: { search: Record<string, unknown> }) => search[key] });
	const change: Change = (next, { replace = false } = {}) => {
		const { pathname, search } = router.state.location;
		const address = `${pathname}${printSearch({ ...search, [key]: next })}`;
		if (replace) router.history.replace(address);
		else router.history.push(address);
	};
	return [typeof text === "string" ? text : undefined, change];
}
