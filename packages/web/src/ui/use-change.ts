import { type QueryClient, type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
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
	/** Shows it on the page before the server has answered; gives back what takes it off again when it is refused. */
	ahead?: (client: QueryClient, input: Input) => () => void;
};

/** Changes something on the server: says so when asked to, reads again what it changed, and tells the server's words when refused. */
export function useChange<Input, Result>(change: (input: Input) => Promise<Result>, options: Options<Input, Result>) {
	const client = useQueryClient();
	const { t } = useTranslation();
	return useMutation({
		mutationFn: change,
		onMutate: async (input) => {
			if (options.ahead === undefined) return undefined;
			// What is being read now would put the old state back.
			await Promise.all(options.stale.map((queryKey) => client.cancelQueries({ queryKey })));
			return options.ahead(client, input);
		},
		onSuccess: async (result, input) => {
			await Promise.all(options.stale.map((queryKey) => client.invalidateQueries({ queryKey })));
			const toast = options.done?.(result, input);
			if (toast) showToast({ ...toast, tone: "done" });
			options.onDone?.(result, input);
		},
		onError: (error, _input, takeBack) => {
			takeBack?.();
			if (!options.inForm) showToast({ text: faultText(error, t) ?? "", tone: "failed" });
		},
	});
}
