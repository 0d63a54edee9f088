import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { SavedField } from "../../ui/SavedField.tsx";
import { Setting } from "../../ui/Setting.tsx";
import { showToast } from "../../ui/toasts.ts";
import { DeleteTeamDialog } from "./DeleteTeamDialog.tsx";
import { type Team, updateTeam } from "./team-settings.queries.ts";

const route = "/frame/own/orgs/$org/teams/$team/settings";

/** Name and end of a team; for its admins. */
export function TeamGeneral({ team }: { team: Team }): ReactNode {
	const { t } = useTranslation();
	const { org } = useParams({ from: route });
	const navigate = useNavigate();
	const client = useQueryClient();
	const [deleting, setDeleting] = useState(false);
	const rename = async (name: string) => {
		await updateTeam({ team: team.name, name });
		await navigate({
			to: "/orgs/$org/teams/$team/settings",
			params: { org, team: name },
			search: { tab: "general" },
			replace: true,
		});
		await client.invalidateQueries();
		showToast({ tone: "done", text: t("settings.renamed", { name }) });
	};
	return (
		<div className="settings">
			<Setting title={t("team.name")} hint={t("team.nameHint")}>
				<SavedField hideLabel label={t("team.name")} value={team.name} maxLength={64} onSave={rename} />
			</Setting>
			<Setting title={t("team.delete")} hint={t("team.deleteHint")} danger>
				<Button color="red" variant="outline" size="xs" onClick={() => setDeleting(true)}>
					{t("team.delete")}
				</Button>
			</Setting>
			{deleting ? (
				<DeleteTeamDialog
					team={team.name}
					onClose={() => setDeleting(false)}
					onDeleted={() => void navigate({ to: "/orgs/$org/settings", params: { org }, search: { tab: "teams" } })}
				/>
			) : null}
		</div>
	);
}
