import { useNavigate, useSearch } from "@tanstack/react-router";
import type { RegistrySearch } from "./registry.routes.ts";

/** The view state of a registry's page, which is its address; `undefined` takes a key out. */
export function useViewState() {
	const state: RegistrySearch = useSearch({ strict: false });
	const navigate = useNavigate();
	/** `replace`: what is typed letter by letter is no place to go back to. */
	const change = (patch: Partial<RegistrySearch>, options?: { replace: boolean }) =>
		void navigate({
			to: ".",
			search: (old: RegistrySearch) => ({ ...old, ...patch }),
			replace: options?.replace ?? false,
			resetScroll: false,
		});
	return { state, change };
}
