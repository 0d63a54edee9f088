import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { ActionMenu } from "../../ui/ActionMenu.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useChange } from "../../ui/use-change.ts";
import {
	ChangePortfolioDocument,
	ChangeSequenceDocument,
	DeletePortfolioDocument,
	DeleteSequenceDocument,
	MoveSequenceDocument,
} from "./collection.graphql.gen.ts";
import type { Collection } from "./collection.queries.ts";

type Place = { type: string; name: string };
type Props = {
	collection: Pick<Collection, "__typename" | "id" | "name" | "versionCount" | "capabilities" | "defaultArtifactType">;
	/** Where it is found since; undefined: nowhere. Not wanted in a row, which is read again. */
	onMoved?: (to: Place | undefined) => void;
};
type DialogProps = Props & { onClose: () => void };

const lists = [
	["artifact-types"],
	["artifact-type"],
	["artifact-browser"],
	["memberships"],
	["registry-collections"],
] as const;

/** Another name, or another type: the same question twice. */
function TextDialog(props: DialogProps & { what: "rename" | "changeType" }): ReactNode {
	const { collection, what, onMoved, onClose } = props;
	const { t } = useTranslation();
	const now = what === "rename" ? collection.name : collection.defaultArtifactType.name;
	const [text, setText] = useState(now);
	const { id } = collection;
	const change = useChange(
		async (wanted: string) => {
			if (what === "changeType") return void (await ask(MoveSequenceDocument, { id, type: wanted }));
			const isLogged = collection.__typename === "ArtifactSequence";
			if (isLogged) await ask(ChangeSequenceDocument, { id, name: wanted });
			else await ask(ChangePortfolioDocument, { id, name: wanted });
		},
		{
			stale: lists,
			done: (_, to) => ({ text: t(`artifactCollection.${what}Done`, { from: now, to }) }),
			onDone: (_, to) => {
				const { name, defaultArtifactType: type } = collection;
				onMoved?.(what === "rename" ? { name: to, type: type.name } : { name, type: to });
				onClose();
			},
		},
	);
	const wanted = text.trim();
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (wanted === now) onClose();
		else if (wanted !== "") change.mutate(wanted);
	};
	const title = t(`artifactCollection.${what}`);
	return (
		<Dialog onClose={onClose} title={title}>
			<form onSubmit={submit}>
				<Stack gap="sm">
					<TextInput
						label={t(what === "rename" ? "ui.name" : "artifact.type")}
						description={t(`artifactCollection.${what}Hint`)}
						value={text}
						onChange={({ currentTarget }) => setText(currentTarget.value)}
						autoComplete="off"
						data-autofocus
					/>
					<Group justify="flex-end" gap="xs">
						<Button variant="default" onClick={onClose}>
							{t("ui.cancel")}
						</Button>
						<Button type="submit" disabled={wanted === ""} loading={change.isPending}>
							{t("ui.save")}
						</Button>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}

function DeleteDialog({ collection, onMoved, onClose }: DialogProps): ReactNode {
	const { t } = useTranslation();
	const isLogged = collection.__typename === "ArtifactSequence";
	const { name, versionCount: count } = collection;
	const remove = useChange(
		async () => {
			const { id } = collection;
			if (isLogged) await ask(DeleteSequenceDocument, { id });
			else await ask(DeletePortfolioDocument, { id });
		},
		{
			stale: lists,
			done: () => ({ text: t("artifactCollection.deleted", { name }) }),
			onDone: () => {
				onMoved?.(undefined);
				onClose();
			},
		},
	);
	return (
		<ConfirmDialog
			title={t("artifactCollection.deleteTitle", { name })}
			action={t("artifactCollection.delete")}
			typeName={name}
			busy={remove.isPending}
			onConfirm={() => remove.mutate(undefined)}
			onClose={onClose}
		>
			<p>{t(isLogged ? "artifactCollection.deleteText" : "artifactCollection.deleteLinksText", { count })}</p>
		</ConfirmDialog>
	);
}

/** What can be done with a collection as a whole. */
export function CollectionMenu(props: Props): ReactNode {
	const { t } = useTranslation();
	const { collection, onMoved } = props;
	const [dialog, setDialog] = useState<"rename" | "changeType" | "delete">();
	const mayEdit = collection.capabilities.includes("COLLECTION_EDIT");
	const mayDelete = collection.capabilities.includes("COLLECTION_DELETE");
	const close = () => setDialog(undefined);
	return (
		<>
			<ActionMenu
				inHead={onMoved !== undefined}
				label={onMoved ? t("ui.more") : t("artifactCollection.menuOf", { name: collection.name })}
				actions={[
					mayEdit && { icon: "edit", text: t("artifactCollection.rename"), onSelect: () => setDialog("rename") },
					mayEdit &&
						collection.__typename === "ArtifactSequence" && {
							icon: "artifact",
							text: t("artifactCollection.changeType"),
							onSelect: () => setDialog("changeType"),
						},
					mayDelete && {
						icon: "delete",
						text: t("artifactCollection.delete"),
						onSelect: () => setDialog("delete"),
						danger: true,
					},
				]}
			/>
			{dialog === "delete" ? <DeleteDialog {...props} onClose={close} /> : null}
			{dialog === "rename" || dialog === "changeType" ? <TextDialog {...props} what={dialog} onClose={close} /> : null}
		</>
	);
}
