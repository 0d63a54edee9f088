import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { viewerQuery } from "../../app-shell/viewer.queries.ts";
import { acceptInvitation, type Invitation, invitationQuery, type NewAccount } from "./invitation.ts";

/** Where the link of an invitation leads: to join as who one is, or with a new account. */
export function InvitationPage({ token }: { token: string }): ReactNode {
	const { t } = useTranslation();
	const { data: viewer, isPending } = useQuery(viewerQuery);
	const offer = useQuery(invitationQuery(token));
	const queryClient = useQueryClient();
	const router = useRouter();
	const join = useMutation({
		mutationFn: (account: NewAccount | null) => acceptInvitation(token, account),
		onSuccess: () => {
			queryClient.clear();
			router.history.push(offer.data?.team ? `/${offer.data.team}` : "/");
		},
	});
	if (offer.isPending || isPending) return null;
	const fault = offer.error ?? join.error;
	return (
		<main className="center">
			<title>{`${t("invitation.title")} · Keifu`}</title>
			<div className="narrow">
				<h1>{t("invitation.title")}</h1>
				{offer.data ? <Offered offer={offer.data} /> : null}
				{fault ? (
					<p className="notice bad" role="alert">
						{fault.message}
					</p>
				) : null}
				{offer.data && viewer ? (
					<Button loading={join.isPending} onClick={() => join.mutate(null)}>
						{t("invitation.joinAs", { name: viewer.username ?? viewer.name })}
					</Button>
				) : null}
				{offer.data && !viewer ? (
					<>
						{offer.data.forExistingUser ? null : (
							<NewAccountForm offer={offer.data} join={join.mutate} busy={join.isPending} />
						)}
						<Link to="/login" search={{ next: `/login?invite=${encodeURIComponent(token)}` }}>
							{t("invitation.haveAccount")}
						</Link>
					</>
				) : null}
			</div>
		</main>
	);
}

function Offered({ offer }: { offer: Invitation }): ReactNode {
	const { t } = useTranslation();
	const { invitedBy, organization, team, role } = offer;
	return (
		<p>
			{team === null
				? t("invitation.toOrganization", { invitedBy, organization, role })
				: t("invitation.toTeam", { invitedBy, organization, team, role })}
		</p>
	);
}

type FormProps = { offer: Invitation; join: (account: NewAccount) => void; busy: boolean };

function NewAccountForm({ offer, join, busy }: FormProps): ReactNode {
	const { t } = useTranslation();
	const [username, setUsername] = useState(offer.email?.split("@")[0] ?? "");
	const [email, setEmail] = useState(offer.email ?? "");
	const [password, setPassword] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		join({ username, password, ...(email === "" ? {} : { email }) });
	};
	return (
		<form className="narrow" onSubmit={submit}>
			<TextInput
				label={t("login.username")}
				name="username"
				autoComplete="username"
				required
				withAsterisk={false}
				value={username}
				onChange={(event) => setUsername(event.currentTarget.value)}
			/>
			<TextInput
				label={t("invitation.email")}
				name="email"
				type="email"
				autoComplete="email"
				value={email}
				onChange={(event) => setEmail(event.currentTarget.value)}
			/>
			<PasswordInput
				label={t("login.password")}
				description={t("invitation.passwordRule")}
				name="password"
				autoComplete="new-password"
				minLength={8}
				required
				withAsterisk={false}
				value={password}
				onChange={(event) => setPassword(event.currentTarget.value)}
			/>
			<Button type="submit" loading={busy} fullWidth>
				{t("invitation.join")}
			</Button>
		</form>
	);
}
