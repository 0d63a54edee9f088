import { useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

type Change = Readonly<Record<string, string | undefined>>;

/** A part of the address's query string, for views that stand on several pages: read a word of it, or change some. */
export function useViewState<Key extends string>(keys: readonly Key[]) {
	// What a page does not name in its route is left as it stands in the address, as a text.
	const search: Readonly<Record<string, unknown>> = useLocation({ select: ({ search: all }) => all });
	const navigate = useNavigate();
	const set = useCallback(
		(change: Change, { replace = false }: { replace?: boolean } = {}) =>
			void navigate({
				to: ".",
				search: (old: Record<string, unknown>) => ({ ...old, ...change }),
				replace,
				resetScroll: false,
			}),
		[navigate],
	);
	const entries = keys.map((key): [Key, string | undefined] => {
		const value = search[key];
		return [key, typeof value === "string" ? value : undefined];
	});
	// Every key was asked for just above.
	const values = Object.fromEntries(entries) as Record<Key, string | undefined>;
	return [values, set] as const;
}
