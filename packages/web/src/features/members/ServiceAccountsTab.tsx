import { Button, Modal, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionMenu } from "../../ui/ActionMenu.tsx";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { Section } from "../../ui/Section.tsx";
import { useChange } from "../../ui/use-change.ts";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import { KeyTable } from "../settings/ApiKeys.tsx";
import { NewApiKey, ShownKey } from "../settings/NewApiKey.tsx";
import { createServiceAccount, type Place, peopleKey, serviceAccountsQuery } from "./members.queries.ts";
import { RemoveMemberDialog } from "./RemoveMemberDialog.tsx";
import { Who } from "./Who.tsx";

function NewServiceAccount({ place }: { place: Place }): ReactNode {
	const { t } = useTranslation();
	const [description, setDescription] = useState("");
	const create = useChange(createServiceAccount, {
		stale: [peopleKey(place.entity)],
		inForm: true,
		done: ({ username }) => ({ text: t("service.made", { name: username ?? "" }) }),
		onDone: () => setDescription(""),
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		create.mutate({ entity: place.entity, description });
	};
	return (
		<>
			<form className="field-row" onSubmit={submit}>
				<TextInput
					size="xs"
					label={t("service.description")}
					placeholder={t("service.descriptionHint")}
					required
					withAsterisk={false}
					maxLength={128}
					autoComplete="off"
					value={description}
					error={faultText(create.error, t)}
					onChange={({ currentTarget }) => setDescription(currentTarget.value)}
				/>
				<Button type="submit" size="xs" loading={create.isPending}>
					{t("service.create")}
				</Button>
			</form>
			{create.data?.key ? <ShownKey apiKey={create.data.key} withLines /> : null}
		</>
	);
}

function KeysDialog({ place, username, onClose }: { place: Place; username: string; onClose: () => void }): ReactNode {
	const { t } = useTranslation();
	useReturnFocus();
	const { data: accounts } = useSuspenseQuery(serviceAccountsQuery(place.entity));
	const keys = accounts.find((account) => account.username === username)?.keys ?? [];
	return (
		<Modal
			opened
			centered
			size="xl"
			onClose={onClose}
			title={t("service.keysOf", { name: username })}
			closeButtonProps={{ "aria-label": t("ui.close") }}
		>
			<div className="section">
				<NewApiKey username={username} stale={peopleKey(place.entity)} withLines />
				<KeyTable keys={keys} stale={peopleKey(place.entity)} />
			</div>
		</Modal>
	);
}

/** The accounts of machines: they sign in with keys alone, and belong to one place. */
export function ServiceAccountsTab({ place }: { place: Place }): ReactNode {
	const { t } = useTranslation();
	const { data: accounts } = useSuspenseQuery(serviceAccountsQuery(place.entity));
	const [keysOf, setKeysOf] = useState<string>();
	const [removing, setRemoving] = useState<string>();
	return (
		<Section title={t("service.title")} count={accounts.length}>
			<p className="lead">{t(place.kind === "team" ? "service.leadTeam" : "service.leadOrganization")}</p>
			{place.mayAdminister ? <NewServiceAccount place={place} /> : null}
			{accounts.length === 0 ? (
				<p className="quiet">{t("service.none")}</p>
			) : (
				<div className="people">
					<DataTable
						label={t("service.title")}
						rows={accounts}
						rowKey={({ id }) => id}
						columns={[
							{
								id: "who",
								title: t("service.account"),
								kind: "main",
								cell: ({ username, name, isOff }) => (
									<Who name={username} under={name}>
										{isOff ? <Chips kind="type" texts={[t("members.isOff")]} /> : null}
									</Who>
								),
							},
							...(place.kind === "organization"
								? [
										{
											id: "teams",
											title: t("service.worksFor"),
											cell: ({ teams }: (typeof accounts)[number]) => teams.join(", ") || place.name,
										},
									]
								: []),
							{
								id: "keys",
								title: t("keys.title"),
								kind: "tight",
								cell: ({ keys, username, isOff }) =>
									keys === null || isOff ? null : (
										<Button
											variant="default"
											size="compact-xs"
											aria-label={t("service.keysFor", { count: keys.length, name: username })}
											onClick={() => setKeysOf(username)}
										>
											{t("service.keys", { count: keys.length })}
										</Button>
									),
							},
							{
								id: "menu",
								title: "",
								kind: "number",
								cell: ({ username }) => (
									<ActionMenu
										label={t("members.actionsFor", { name: username })}
										actions={[
											place.mayAdminister && {
												text: t("members.remove"),
												onSelect: () => setRemoving(username),
												danger: true,
											},
										]}
									/>
								),
							},
						]}
					/>
				</div>
			)}
			{keysOf ? <KeysDialog place={place} username={keysOf} onClose={() => setKeysOf(undefined)} /> : null}
			{removing ? (
				<RemoveMemberDialog place={place} username={removing} isSelf={false} onClose={() => setRemoving(undefined)} />
			) : null}
		</Section>
	);
}
