import { KeifuError } from "@keifu/sdk";
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { viewerQuery } from "../../app-shell/viewer.queries.ts";
import { faultText } from "../../ui/fault-text.ts";
import { useRoleName } from "../members/RoleSelect.tsx";
import { Entrance } from "./Entrance.tsx";
import { PasswordField, UsernameField } from "./fields.tsx";
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
	const isTaken = join.error instanceof KeifuError && join.error.code === "CONFLICT" && !viewer;
	const fault = isTaken ? undefined : faultText(offer.error ?? join.error, t);
	return (
		<Entrance title={t("invitation.title")}>
			{offer.data ? <Offered offer={offer.data} /> : null}
			{fault ? (
				<p className="notice bad" role="alert">
					{fault}
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
						<NewAccountForm
							offer={offer.data}
							join={join.mutate}
							busy={join.isPending}
							nameFault={isTaken ? faultText(join.error, t) : undefined}
						/>
					)}
					<Link to="/login" search={{ next: `/login?invite=${encodeURIComponent(token)}` }} className="link">
						{t("invitation.haveAccount")}
					</Link>
				</>
			) : null}
			{offer.error ? (
				<Link to="/" className="link">
					{t("invitation.goHome")}
				</Link>
			) : null}
		</Entrance>
	);
}

function Offered({ offer }: { offer: Invitation }): ReactNode {
	const { t } = useTranslation();
	const nameOf = useRoleName();
	const { invitedBy, organization, team } = offer;
	const role = nameOf(offer.role);
	return (
		<p>
			{team === null
				? t("invitation.toOrganization", { invitedBy, organization, role })
				: t("invitation.toTeam", { invitedBy, organization, team, role })}
		</p>
	);
}

type FormProps = {
	offer: Invitation;
	join: (account: NewAccount) => void;
	busy: boolean;
	/** What is wrong with the name that was wanted. */
	nameFault: string | undefined;
};

function NewAccountForm({ offer, join, busy, nameFault }: FormProps): ReactNode {
	const { t } = useTranslation();
	const [username, setUsername] = useState(offer.email?.split("@")[0] ?? "");
	const [email, setEmail] = useState(offer.email ?? "");
	const [password, setPassword] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		join({ username, password, ...(email === "" ? {} : { email }) });
	};
	return (
		<form onSubmit={submit}>
			<UsernameField isNew value={username} onChange={setUsername} fault={nameFault} />
			<TextInput
				label={t("invitation.email")}
				name="email"
				type="email"
				autoComplete="email"
				required={offer.email === null}
				withAsterisk={false}
				value={email}
				onChange={({ currentTarget }) => setEmail(currentTarget.value)}
			/>
			<PasswordField isNew value={password} onChange={setPassword} />
			<Button type="submit" loading={busy} fullWidth>
				{t("invitation.join")}
			</Button>
		</form>
	);
}
