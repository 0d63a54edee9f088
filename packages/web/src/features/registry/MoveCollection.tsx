import { Button, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { useChange } from "../../ui/use-change.ts";
import { MoveCollectionDocument } from "./collection.graphql.gen.ts";
import type { DialogProps } from "./EditCollection.tsx";
import { registriesQuery, registryKeys } from "./registry.queries.ts";
import { printSelectionPath, registryNameOf, registryTitle } from "./registry-paths.ts";

/** Into another registry of the organisation; the old path leads on. */
export function MoveCollection({ org, registry, collection, onClose }: DialogProps): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const [target, setTarget] = useState<string | null>(null);
	const { data: organizations } = useQuery(registriesQuery(org));
	const type = collection.defaultArtifactType.name;
	// Those that cannot take it are not offered; the server has the last word.
	const targets = (organizations?.[0]?.registries ?? []).filter(
		({ id, capabilities, allowAllArtifactTypesInRegistry: all, acceptedArtifactTypes: types }) =>
			id !== registry.id && capabilities.includes("COLLECTION_CREATE") && (all || types.includes(type)),
	);
	const move = useChange(
		(destinationProjectName: string) =>
			ask(MoveCollectionDocument, {
				input: {
					artifactPortfolioID: collection.id,
					destinationEntityName: registry.entityName,
					destinationProjectName,
				},
			}),
		{
			stale: [registryKeys.collections, registryKeys.head, registryKeys.all],
			inForm: true,
			done: (_, project) => ({
				text: t("registry.moved", { name: collection.name, registry: registryTitle(registryNameOf(project)) }),
			}),
			onDone: ({ moveArtifactPortfolio: moved }, project) => {
				onClose();
				const name = moved?.artifactCollection?.name ?? collection.name;
				const path = { entity: registry.entityName, project, collection: name };
				void navigate({
					to: "/orgs/$org/registry/$registry",
					params: { org, registry: registryNameOf(project) },
					search: { selectionPath: printSelectionPath(path) },
				});
			},
		},
	);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (target !== null && !move.isPending) move.mutate(target);
	};
	return (
		<Dialog onClose={onClose} title={t("registry.moveOf", { name: collection.name })}>
			<form onSubmit={submit}>
				<Stack gap="sm">
					<p className="quiet">{t("registry.moveHint")}</p>
					<Select
						label={t("nav.registry")}
						data-autofocus
						searchable
						placeholder={t("registry.chooseRegistry")}
						nothingFoundMessage={t("registry.noTarget", { type })}
						data={targets.map(({ name }) => ({ value: name, label: registryTitle(registryNameOf(name)) }))}
						value={target}
						onChange={setTarget}
						error={faultText(move.error, t)}
					/>
					<div className="form-foot">
						<Button variant="default" onClick={onClose}>
							{t("ui.cancel")}
						</Button>
						<Button type="submit" loading={move.isPending} disabled={target === null}>
							{t("registry.moveNow")}
						</Button>
					</div>
				</Stack>
			</form>
		</Dialog>
	);
}
