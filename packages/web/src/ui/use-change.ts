import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { faultText } from "./fault-text.ts";
import { showToast, type Toast } from "./toasts.ts";

type Options<Input, Result> = {
	/** What to read again afterwards: every query whose key begins with one of these. */
	stale: readonly QueryKey[];
	/** What to say when it is done; nothing where the page shows it anyway. */
	done?: (result: Result, input: Input) => Omit<Toast, "id" | "tone"> | undefined;
	onDone?: (result: Result, input: Input) => void;
	/** The form shows a refusal beside its fields: no message at the edge of the page besides. */
	inForm?: boolean;
};

/** Changes something on the server: says so when asked to, reads again what it changed, and tells the server's words when refused. */
export function useChange<Input, Result>(change: (input: Input) => Promise<Result>, options: Options<Input, Result>) {
	const client = useQueryClient();
	const { t } = useTranslation();
	return useMutation({
		mutationFn: change,
		onSuccess: async (result, input) => {
			await Promise.all(options.stale.map((queryKey) => client.invalidateQueries({ queryKey })));
			const toast = options.done?.(result, input);
			if (toast) showToast({ ...toast, tone: "done" });
			options.onDone?.(result, input);
		},
		onError: (error) => {
			if (!options.inForm) showToast({ text: faultText(error, t) ?? "", tone: "failed" });
		},
	});
}
