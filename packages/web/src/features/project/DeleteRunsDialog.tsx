import { Checkbox, Progress } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useChange } from "../../ui/use-change.ts";
import { DeleteRunDocument } from "../run/run.graphql.gen.ts";
import type { ListedRun, Project } from "./project.queries.ts";

type Props = { project: Project; runs: ListedRun[]; onClose: () => void; onDeleted: () => void };

const shownNames = 5;

/** Asks before runs are deleted, and says how far it has come. */
export function DeleteRunsDialog({ project, runs, onClose, onDeleted }: Props): ReactNode {
	const { t } = useTranslation();
	const [deleteArtifacts, setDeleteArtifacts] = useState(false);
	const [done, setDone] = useState(0);
	const place = [project.entityName, project.name] as const;
	const remove = async () => {
		for (const [index, { id }] of runs.entries()) {
			await ask(DeleteRunDocument, { id, deleteArtifacts });
			setDone(index + 1);
		}
	};
	const { mutate, isPending } = useChange(remove, {
		stale: [
			["project", ...place],
			["project-runs", ...place],
		],
		done: () => ({ text: t("runs.deleted", { count: runs.length }) }),
		onDone: () => {
			onDeleted();
			onClose();
		},
	});
	const names = runs.slice(0, shownNames).map(({ displayName, name }) => displayName || name);
	const rest = runs.length - names.length;
	return (
		<ConfirmDialog
			title={t("runs.deleteTitle", { count: runs.length })}
			action={t("ui.delete")}
			busy={isPending}
			onConfirm={() => mutate(undefined)}
			onClose={onClose}
		>
			<p>
				<strong>{names.join(", ")}</strong>
				{rest > 0 ? ` ${t("runs.andMore", { count: rest })}` : ""}
			</p>
			<p>{t("run.deleteWhat")}</p>
			<Checkbox
				mt="sm"
				label={t("run.deleteArtifacts")}
				description={t("run.deleteArtifactsWhat")}
				checked={deleteArtifacts}
				onChange={({ currentTarget }) => setDeleteArtifacts(currentTarget.checked)}
			/>
			{isPending ? (
				<div role="status">
					<Progress
						mt="sm"
						value={(100 * done) / runs.length}
						aria-label={t("runs.progress", { done, total: runs.length })}
					/>
					{t("runs.progress", { done, total: runs.length })}
				</div>
			) : null}
		</ConfirmDialog>
	);
}
