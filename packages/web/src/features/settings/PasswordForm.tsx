import { KeifuError } from "@keifu/sdk";
import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "../../ui/fault-text.ts";
import { useChange } from "../../ui/use-change.ts";
import { changePassword, sessionsQuery } from "./settings.queries.ts";

/** Changes one's password; who knows the present one may. */
export function PasswordForm({ username }: { username: string }): ReactNode {
	const { t } = useTranslation();
	const [present, setPresent] = useState("");
	const [next, setNext] = useState("");
	const change = useChange(changePassword, {
		stale: [sessionsQuery.queryKey],
		inForm: true,
		done: () => ({ text: t("password.changed") }),
		onDone: () => {
			setPresent("");
			setNext("");
		},
	});
	const fault = faultText(change.error, t);
	const isPresentWrong = change.error instanceof KeifuError && change.error.code === "FORBIDDEN";
	const submit = (event: FormEvent) => {
		event.preventDefault();
		change.mutate({ present, next });
	};
	return (
		<form className="field" onSubmit={submit}>
			{/* For password managers: whose password it is. */}
			<input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
			<PasswordInput
				size="sm"
				label={t("password.present")}
				name="present"
				autoComplete="current-password"
				required
				withAsterisk={false}
				value={present}
				error={isPresentWrong ? fault : undefined}
				onChange={({ currentTarget }) => setPresent(currentTarget.value)}
			/>
			<PasswordInput
				size="sm"
				label={t("password.next")}
				description={t("invitation.passwordRule")}
				name="next"
				autoComplete="new-password"
				minLength={8}
				required
				withAsterisk={false}
				value={next}
				error={isPresentWrong ? undefined : fault}
				onChange={({ currentTarget }) => setNext(currentTarget.value)}
			/>
			<div className="field-buttons">
				<Button type="submit" size="xs" variant="default" loading={change.isPending}>
					{t("password.change")}
				</Button>
			</div>
		</form>
	);
}
