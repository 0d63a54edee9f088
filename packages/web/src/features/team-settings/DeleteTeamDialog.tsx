import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { formatBytes } from "../../ui/format.ts";
import { useChange } from "../../ui/use-change.ts";
import { deleteTeam, teamDeletionQuery } from "./team-settings.queries.ts";

type Props = { team: string; onClose: () => void; onDeleted?: () => void };

/** Deletes a team that is empty; of one that is not, says what is in it. */
export function DeleteTeamDialog({ team, onClose, onDeleted }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const { data: preview } = useQuery(teamDeletionQuery(team));
	const remove = useChange(deleteTeam, {
		stale: [["organization-settings"], ["viewer"]],
		done: () => ({ text: t("team.deleted", { name: team }) }),
		onDone: () => {
			onClose();
			onDeleted?.();
		},
	});
	if (!preview) return null;
	const title = t("team.deleteTitle", { name: team });
	if (preview.projects > 0) {
		return (
			<Dialog onClose={onClose} title={title}>
				<Stack gap="sm">
					<p>{t("team.holdsProjects", { count: preview.projects })}</p>
					<ul className="losses">
						<li>{t("team.holdsRuns", { count: preview.runs })}</li>
						<li>
							{t("team.holdsVersions", { count: preview.versions, bytes: formatBytes(preview.bytes, i18n.language) })}
						</li>
						{preview.linksElsewhere > 0 ? (
							<li>{t("team.linkedElsewhere", { count: preview.linksElsewhere })}</li>
						) : null}
					</ul>
					<p>
						<Link to="/$entity" params={{ entity: team }} className="link">
							{t("team.toProjects")}
						</Link>
					</p>
					<div className="field-buttons end">
						<Button variant="default" onClick={onClose} data-autofocus>
							{t("ui.close")}
						</Button>
					</div>
				</Stack>
			</Dialog>
		);
	}
	return (
		<ConfirmDialog
			title={title}
			action={t("team.delete")}
			typeName={team}
			busy={remove.isPending}
			onConfirm={() => remove.mutate(team, { onError: onClose })}
			onClose={onClose}
		>
			<p>{t("team.deleteLead", { count: preview.members })}</p>
		</ConfirmDialog>
	);
}
