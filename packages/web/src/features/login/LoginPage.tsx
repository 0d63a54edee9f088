import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
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
	return (
		<main className="center">
			<title>{`${t("login.title")} · Keifu`}</title>
			<form className="narrow" onSubmit={submit}>
				<h1 className="brand">
					<img src="/favicon.svg" width="28" height="28" alt="" />
					Keifu
				</h1>
				<TextInput
					label={t("login.username")}
					name="username"
					autoComplete="username"
					autoFocus
					required
					withAsterisk={false}
					value={username}
					onChange={(event) => setUsername(event.currentTarget.value)}
				/>
				<PasswordInput
					label={t("login.password")}
					name="password"
					autoComplete="current-password"
					required
					withAsterisk={false}
					value={password}
					onChange={(event) => setPassword(event.currentTarget.value)}
				/>
				{login.isError ? (
					<p className="notice bad" role="alert">
						{login.error.message}
					</p>
				) : null}
				<Button type="submit" loading={login.isPending} fullWidth>
					{t("login.submit")}
				</Button>
				<p className="quiet">{t("login.hint")}</p>
			</form>
		</main>
	);
}
