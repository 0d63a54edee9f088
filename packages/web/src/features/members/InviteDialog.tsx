import { Button, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { TimeText } from "../../ui/TimeText.tsx";
import { useChange } from "../../ui/use-change.ts";
import { createInvite, type Invite, type Place, peopleKey } from "./members.queries.ts";
import { placeRoles, RoleSelect } from "./RoleSelect.tsx";

/** The link of an invitation: no mail is sent, whoever invites passes it on. */
function Made({ invite }: { invite: Invite }): ReactNode {
	const { t } = useTranslation();
	if (invite.link === null) return <p role="status">{t("invites.joined", { name: invite.name ?? "" })}</p>;
	return (
		<div role="status" className="section">
			<p>{t("invites.passOn")}</p>
			<CodeBlock code={invite.link} label={t("invites.link")} />
			<p className="quiet">
				{t("invites.goodUntil")} <TimeText at={invite.expiresAt} full />
			</p>
		</div>
	);
}

type Props = {
	place: Place;
	/** Names of the teams that somebody can be invited into from the page of their organisation. */
	teams?: string[];
	onClose: () => void;
};

/** Invites somebody: whom, where to, as what; then the link to pass on. */
export function InviteDialog({ place, teams = [], onClose }: Props): ReactNode {
	const { t } = useTranslation();
	const [who, setWho] = useState("");
	const [role, setRole] = useState("member");
	const [entity, setEntity] = useState(place.entity);
	const invite = useChange(createInvite, { stale: [peopleKey(place.entity), peopleKey(entity)], inForm: true });
	const submit = (event: FormEvent) => {
		event.preventDefault();
		invite.mutate({ entity, who, role });
	};
	return (
		<Dialog onClose={onClose} title={t("invites.title", { place: place.name })}>
			{invite.data ? (
				<Stack gap="sm">
					<Made invite={invite.data} />
					<Button onClick={onClose} data-autofocus>
						{t("invites.done")}
					</Button>
				</Stack>
			) : (
				<form onSubmit={submit}>
					<Stack gap="sm">
						<TextInput
							label={t("invites.who")}
							description={t("invites.whoHint")}
							value={who}
							autoComplete="off"
							maxLength={320}
							error={faultText(invite.error, t)}
							onChange={({ currentTarget }) => setWho(currentTarget.value)}
							data-autofocus
						/>
						{teams.length > 0 ? (
							<NativeSelect
								size="xs"
								label={t("invites.into")}
								data={[
									{ value: place.entity, label: t("invites.organizationOnly", { name: place.name }) },
									...teams.map((team) => ({ value: team, label: t("invites.team", { name: team }) })),
								]}
								value={entity}
								onChange={({ currentTarget }) => setEntity(currentTarget.value)}
							/>
						) : null}
						<RoleSelect roles={placeRoles} value={role} label={t("settings.role")} labelled onChange={setRole} />
						<div className="field-buttons end">
							<Button variant="default" onClick={onClose}>
								{t("ui.cancel")}
							</Button>
							<Button type="submit" loading={invite.isPending}>
								{t("invites.create")}
							</Button>
						</div>
					</Stack>
				</form>
			)}
		</Dialog>
	);
}
