import { useNavigate, useSearch } from "@tanstack/react-router";

type Change = (text: string | undefined, options?: { replace?: boolean }) => void;

/** A part of the page's state that is kept in its address; the page's route has to let its key through. */
export function useSearchText(key: string): [text: string | undefined, change: Change] {
	const search: Record<string, unknown> = useSearch({ strict: false });
	const navigate = useNavigate();
	const text = search[key];
	const change: Change = (next, { replace = false } = {}) => {
		void navigate({
			to: ".",
			search: (before: Record<string, unknown>) => ({ ...before, [key]: next }),
			replace,
			resetScroll: false,
		});
	};
	return [typeof text === "string" ? text : undefined, change];
}
