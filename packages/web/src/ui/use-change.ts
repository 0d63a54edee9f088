import { KeifuError } from "@keifu/sdk";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { showToast, type Toast } from "./toasts.ts";

type Options<Input, Result> = {
	/** What to read again afterwards: every query whose key begins with one of these. */
	stale: readonly QueryKey[];
	/** What to say when it is done; nothing where the page shows it anyway. */
	done?: (result: Result, input: Input) => Omit<Toast, "id" | "tone"> | undefined;
	onDone?: (result: Result, input: Input) => void;
	/** A form shows the refusal beside its fields (`useRefusalOf`); others leave it to a message. */
	refusedInForm?: boolean;
};

/** Why the server did not do it, in its own words; undefined while nothing went wrong. */
export function useRefusalOf(): (error: unknown) => string | undefined {
	const { t } = useTranslation();
	return (error) => {
		if (error === null || error === undefined) return undefined;
		return error instanceof KeifuError && error.code !== "NETWORK" ? error.message : t("failure.network");
	};
}

/** Changes something on the server: says so when asked to, reads again what it changed, and tells the server's words when refused. */
export function useChange<Input, Result>(change: (input: Input) => Promise<Result>, options: Options<Input, Result>) {
	const client = useQueryClient();
	const refusalOf = useRefusalOf();
	return useMutation({
		mutationFn: change,
		onSuccess: async (result, input) => {
			await Promise.all(options.stale.map((queryKey) => client.invalidateQueries({ queryKey })));
			const toast = options.done?.(result, input);
			if (toast) showToast({ ...toast, tone: "done" });
			options.onDone?.(result, input);
		},
		onError: (error) => {
			if (!options.refusedInForm) showToast({ text: refusalOf(error) ?? "", tone: "failed" });
		},
	});
}
