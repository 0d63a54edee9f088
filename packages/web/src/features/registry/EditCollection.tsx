import { Button, Stack, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { useChange } from "../../ui/use-change.ts";
import { UpdateCollectionDocument } from "./collection.graphql.gen.ts";
import { type CollectionRow, type RegistryHead, registryKeys } from "./registry.queries.ts";
import { printSelectionPath, registryNameOf } from "./registry-paths.ts";

export type DialogProps = {
	org: string;
	registry: RegistryHead;
	collection: CollectionRow;
	/** Asked for in a list, which then stays. */
	inRow?: boolean;
	onClose: () => void;
};

/** Another name or description; links to the old name lead on. */
export function EditCollection({ org, registry, collection, inRow, onClose }: DialogProps): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const [name, setName] = useState(collection.name);
	const [description, setDescription] = useState(collection.description ?? "");
	const save = useChange(
		() =>
			ask(UpdateCollectionDocument, {
				input: {
					artifactPortfolioID: collection.id,
					...(name.trim() === collection.name ? {} : { name: name.trim() }),
					description,
				},
			}),
		{
			stale: [registryKeys.collections, registryKeys.history, ...(inRow ? [registryKeys.collection] : [])],
			inForm: true,
			done: () => ({ text: t("registry.saved") }),
			onDone: () => {
				onClose();
				if (inRow) return;
				const path = { entity: registry.entityName, project: registry.name, collection: name.trim() };
				void navigate({
					to: "/orgs/$org/registry/$registry",
					params: { org, registry: registryNameOf(registry.name) },
					search: { selectionPath: printSelectionPath(path) },
					replace: true,
				});
			},
		},
	);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() !== "" && !save.isPending) save.mutate(undefined);
	};
	return (
		<Dialog onClose={onClose} title={t("registry.editOf", { name: collection.name })}>
			<form onSubmit={submit}>
				<Stack gap="sm">
					<TextInput
						label={t("ui.name")}
						description={t("registry.renameHint")}
						required
						data-autofocus
						maxLength={128}
						autoComplete="off"
						value={name}
						onChange={({ currentTarget }) => setName(currentTarget.value)}
						error={faultText(save.error, t)}
					/>
					<Textarea
						label={t("registry.form.description")}
						description={t("registry.form.markdown")}
						autosize
						minRows={4}
						maxRows={16}
						value={description}
						onChange={({ currentTarget }) => setDescription(currentTarget.value)}
					/>
					<div className="form-foot">
						<Button variant="default" onClick={onClose}>
							{t("ui.cancel")}
						</Button>
						<Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
							{t("ui.save")}
						</Button>
					</div>
				</Stack>
			</form>
		</Dialog>
	);
}
