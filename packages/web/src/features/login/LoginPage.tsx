import { KeifuError } from "@keifu/sdk";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "../../ui/fault-text.ts";
import { Entrance } from "./Entrance.tsx";
import { PasswordField, UsernameField } from "./fields.tsx";
import { InvitationPage } from "./InvitationPage.tsx";
import { safeReturnPath, signIn } from "./session.ts";

/** The way in: by an invitation where the address holds one, else by name and password. */
export function LoginPage(): ReactNode {
	const { invite } = useSearch({ from: "/login" });
	return invite === undefined ? <SignIn /> : <InvitationPage token={invite} />;
}

/** Name and password; afterwards one is where one wanted to go. */
function SignIn(): ReactNode {
	const { t } = useTranslation();
	const queryClient = useQueryClient();
	const router = useRouter();
	const search = useSearch({ from: "/login" });
	const [username, setUsername] = useState("");
	const [password, setPassword] = useState("");
	const login = useMutation({
		mutationFn: () => signIn(username, password),
		onSuccess: () => {
			queryClient.clear();
			router.history.push(safeReturnPath(search.next));
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		login.mutate();
	};
	const fault = faultText(login.error, t);
	// Of a wrong pair the server does not say which of the two is wrong: that stands below both.
	const isRefused = login.error instanceof KeifuError;
	return (
		<Entrance title={t("login.title")}>
			<form onSubmit={submit}>
				<UsernameField value={username} onChange={setUsername} />
				<PasswordField value={password} onChange={setPassword} fault={isRefused ? fault : undefined} />
				{fault && !isRefused ? (
					<p className="notice bad" role="alert">
						{fault}
					</p>
				) : null}
				<Button type="submit" loading={login.isPending} fullWidth>
					{t("login.submit")}
				</Button>
			</form>
			<p className="quiet">{t("login.hint")}</p>
		</Entrance>
	);
}
