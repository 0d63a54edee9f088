import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { SavedField } from "../../ui/SavedField.tsx";
import { Setting } from "../../ui/Setting.tsx";
import { showToast } from "../../ui/toasts.ts";
import { useChange } from "../../ui/use-change.ts";
import { deleteOrganization, type Organization, renameOrganization } from "./organization.queries.ts";

function DeleteOrganization({ organization }: { organization: Organization }): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const client = useQueryClient();
	const [asking, setAsking] = useState(false);
	const { name, id } = organization;
	const remove = useChange(deleteOrganization, {
		stale: [],
		done: () => ({ text: t("organization.deleted", { name }) }),
		onDone: async () => {
			await navigate({ to: "/settings" });
			await client.invalidateQueries();
		},
	});
	return (
		<Setting title={t("organization.delete")} hint={t("organization.deleteHint")} danger>
			<Button color="red" variant="outline" size="xs" onClick={() => setAsking(true)}>
				{t("organization.delete")}
			</Button>
			{asking ? (
				<ConfirmDialog
					title={t("organization.deleteTitle", { name })}
					action={t("organization.delete")}
					typeName={name}
					busy={remove.isPending}
					onConfirm={() => remove.mutate(id, { onError: () => setAsking(false) })}
					onClose={() => setAsking(false)}
				>
					<p>{t("organization.deleteLead")}</p>
				</ConfirmDialog>
			) : null}
		</Setting>
	);
}

/** Name and end of an organisation. */
export function OrganizationGeneral({ organization }: { organization: Organization }): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const client = useQueryClient();
	const mayAdminister = organization.capabilities.includes("ORGANIZATION_ADMINISTER");
	const entity = organization.orgEntity?.name ?? organization.name;
	const rename = async (name: string) => {
		await renameOrganization({ id: organization.id, name });
		await navigate({ to: "/orgs/$org/settings", params: { org: name }, search: { tab: "general" }, replace: true });
		await client.invalidateQueries();
		showToast({ tone: "done", text: t("settings.renamed", { name }) });
	};
	return (
		<div className="settings">
			<Setting title={t("organization.name")} hint={t("organization.nameHint")}>
				{mayAdminister ? (
					<SavedField
						hideLabel
						label={t("organization.name")}
						value={organization.name}
						maxLength={64}
						onSave={rename}
					/>
				) : null}
				<Facts
					facts={[
						...(mayAdminister ? [] : [{ name: t("organization.name"), value: organization.name }]),
						{
							name: t("organization.entity"),
							value: (
								<span className="who-line">
									<span className="mono">{entity}</span>
									<CopyButton text={entity} label={t("organization.entity")} />
								</span>
							),
						},
					]}
				/>
			</Setting>
			{mayAdminister ? <DeleteOrganization organization={organization} /> : null}
		</div>
	);
}
