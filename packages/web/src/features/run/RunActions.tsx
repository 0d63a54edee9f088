import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { ActionMenu } from "../../ui/ActionMenu.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useChange } from "../../ui/use-change.ts";
import { DeleteRunDocument, StopRunDocument } from "./run.graphql.gen.ts";
import { isLive, type Run, type RunPlace } from "./run.queries.ts";
import { useSaveRun } from "./use-run-changes.ts";

type DialogProps = { run: Run; place: RunPlace; onClose: () => void };

function StopDialog({ run, place, onClose }: DialogProps): ReactNode {
	const { t } = useTranslation();
	const { mutate, isPending } = useChange(() => ask(StopRunDocument, { id: run.id }), {
		stale: [["run", place]],
		done: () => ({ text: t("run.stopAsked") }),
		onDone: onClose,
	});
	return (
		<ConfirmDialog
			title={t("run.stopTitle")}
			action={t("run.stop")}
			busy={isPending}
			onConfirm={() => mutate(undefined)}
			onClose={onClose}
		>
			{t("run.stopWhat")}
		</ConfirmDialog>
	);
}

function DeleteDialog({ run, place, onClose }: DialogProps): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const [deleteArtifacts, setDeleteArtifacts] = useState(false);
	const name = run.displayName || run.name;
	const { mutate, isPending } = useChange(() => ask(DeleteRunDocument, { id: run.id, deleteArtifacts }), {
		stale: [["project", place.entity, place.project]],
		done: () => ({ text: t("run.deleted", { name }) }),
		onDone: () => navigate({ to: "/$entity/$project", params: { entity: place.entity, project: place.project } }),
	});
	return (
		<ConfirmDialog
			title={t("run.deleteTitle", { name })}
			action={t("ui.delete")}
			busy={isPending}
			onConfirm={() => mutate(undefined)}
			onClose={onClose}
		>
			<p>{t("run.deleteWhat")}</p>
			<Checkbox
				mt="sm"
				label={t("run.deleteArtifacts")}
				description={t("run.deleteArtifactsWhat")}
				checked={deleteArtifacts}
				onChange={({ currentTarget }) => setDeleteArtifacts(currentTarget.checked)}
			/>
		</ConfirmDialog>
	);
}

function RenameDialog({ run, place, onClose }: DialogProps): ReactNode {
	const { t } = useTranslation();
	const save = useSaveRun(run, place);
	const [name, setName] = useState(run.displayName || run.name);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const displayName = name.trim();
		if (displayName !== "" && displayName !== run.displayName) save({ displayName });
		onClose();
	};
	return (
		<Modal opened onClose={onClose} title={t("run.rename")} closeButtonProps={{ "aria-label": t("ui.close") }} centered>
			<form onSubmit={submit} className="stack">
				<TextInput
					label={t("ui.name")}
					value={name}
					onChange={({ currentTarget }) => setName(currentTarget.value)}
					data-autofocus
				/>
				<Group justify="flex-end" gap="xs">
					<Button variant="default" onClick={onClose}>
						{t("ui.cancel")}
					</Button>
					<Button type="submit">{t("ui.save")}</Button>
				</Group>
			</form>
		</Modal>
	);
}

/** What can be done to a run: stop, rename, delete. */
export function RunActions({ run, place }: { run: Run; place: RunPlace }): ReactNode {
	const { t } = useTranslation();
	const [dialog, setDialog] = useState<"stop" | "rename" | "delete">();
	const close = () => setDialog(undefined);
	if (!run.capabilities.includes("PROJECT_WRITE")) return null;
	return (
		<>
			{isLive(run) && run.stopped !== true ? (
				<Button size="compact-sm" variant="default" onClick={() => setDialog("stop")}>
					{t("run.stop")}
				</Button>
			) : null}
			<ActionMenu
				inHead
				label={t("ui.more")}
				actions={[
					{ icon: "edit", text: t("run.rename"), onSelect: () => setDialog("rename") },
					{ icon: "delete", text: t("run.delete"), onSelect: () => setDialog("delete"), danger: true },
				]}
			/>
			{dialog === "stop" ? <StopDialog run={run} place={place} onClose={close} /> : null}
			{dialog === "rename" ? <RenameDialog run={run} place={place} onClose={close} /> : null}
			{dialog === "delete" ? <DeleteDialog run={run} place={place} onClose={close} /> : null}
		</>
	);
}
